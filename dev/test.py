"""The whole test suite: on SQLite, then on PostgreSQL (but for what reads pages without any database), then check_data
on a database with the seeds published.

Words given are handed to pytest. REQUIRE_ALL=1 makes anything missing or skipped a failure.
PYTEST_WORKERS says how many processes run tests (default: one a processor, at most 4).
"""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import postgres

ROOT = Path(__file__).resolve().parent.parent
WORKERS = os.environ.get("PYTEST_WORKERS") or str(min(4, os.cpu_count() or 1))
PYTEST = [sys.executable, "-m", "pytest", "-n", WORKERS, "--durations", "25"]
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


class Run:
    """What failed and what was left out, gathered over all steps."""

    def __init__(self):
        self.failed: list[str] = []
        self.missing: list[str] = []

    def step(self, title: str, command: list, **environment: str):
        print(f"\n== {title}", flush=True)
        if subprocess.run(command, env=os.environ | environment, check=False).returncode:
            self.failed.append(title)

    def close(self) -> int:
        if self.missing:
            print("\n" + "!" * 78 + "\nNOT EVERYTHING WAS TESTED 有测试未运行")
            for sentence in self.missing:
                print(f"  MISSING: {sentence}")
            print("!" * 78)
            if os.environ.get("REQUIRE_ALL") == "1":
                self.failed.append("REQUIRE_ALL=1 allows nothing to be missing")
        print("\nFAILED: " + "; ".join(self.failed) if self.failed else "\nAll test runs passed.")
        return bool(self.failed)


def install_node_modules(run: Run):
    """npm ci, when the lock file has changed since the last time."""
    if not (shutil.which("node") and shutil.which("npm")):
        run.missing.append(
            "NODE AND NPM, so no page was validated as HTML and none checked by axe: apt-get install nodejs npm"
        )
        return
    digest = hashlib.sha256(Path("package-lock.json").read_bytes()).hexdigest()
    stamp = Path("node_modules/.installed")
    if not stamp.exists() or stamp.read_text() != digest:
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        if subprocess.run(command, check=False).returncode:
            run.missing.append("NODE MODULES: npm ci failed (see above)")
            return
        stamp.write_text(digest)


@contextmanager
def database(run: Run):
    """Yield the PostgreSQL to test on: the one DATABASE_URL names, else a throw-away one, else None."""
    given = os.environ.get("DATABASE_URL", "")
    binaries = postgres.find_binaries()
    if given.startswith("postgres"):
        yield given
    elif binaries:
        with postgres.throwaway(binaries) as url:
            yield url
    else:
        run.missing.append(f"POSTGRESQL {postgres.OLDEST} OR NEWER, so nothing ran on it: apt-get install postgresql")
        yield None


def check_seed_data(run: Run):
    """Import the seeds into a new database as `make run` does, then look for broken rules in the data."""
    manage = [sys.executable, "manage.py"]
    with tempfile.TemporaryDirectory(prefix="unioncms-data-") as folder:
        environment = {
            "SECRET_KEY": "tests-only-" + "k" * 50,
            "VAR_DIR": folder,
            "MEDIA_ROOT": f"{folder}/media",
            "DATABASE_URL": f"sqlite:///{folder}/data.sqlite3",
        }
        for words in (["migrate", "--verbosity=0"], ["set_up"], ["import_pages", "--publish"], ["check_data"]):
            run.step("seed data: manage.py " + " ".join(words), manage + words, **environment)
            if run.failed:
                return


def main() -> int:
    os.chdir(ROOT)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a hundred processes start the site: it is compiled once
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the throw-away cluster is taken down
    words = sys.argv[1:]
    run = Run()
    install_node_modules(run)
    if not any(map(shutil.which, CHROMIUM_NAMES)):
        run.missing.append("CHROMIUM, so no browser test ran: apt-get install chromium")
    with tempfile.TemporaryDirectory(prefix="unioncms-test-") as folder:
        run.step(
            "pytest on SQLite",
            PYTEST + words,
            UNIONCMS_TEST_DIR=folder,
            DATABASE_URL=f"sqlite:///{folder}/main.sqlite3",
        )
        with database(run) as url:
            if url:
                command = [*PYTEST, "--second-database", *words]
                run.step("pytest on PostgreSQL", command, UNIONCMS_TEST_DIR=folder, DATABASE_URL=url)
    if not run.failed:
        check_seed_data(run)
    return run.close()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
