"""A throw-away PostgreSQL for tests: made in a temporary folder, on a socket there, removed at the end.

As a program: `dev/postgres.py COMMAND...` runs the command with DATABASE_URL set to it.
"""

import glob
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

OLDEST = 15  # what Django 6.1 supports
INITDB = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
OPTIONS = ["fsync=off", "full_page_writes=off", "synchronous_commit=off", "listen_addresses=", "timezone=UTC"]


def find_binaries() -> Path | None:
    """The folder of the newest server binaries on PATH or in Debian's place, or None."""
    folders = [Path(found).resolve().parent for found in [shutil.which("initdb")] if found]
    folders += [Path(path).parent for path in glob.glob("/usr/lib/postgresql/*/bin/initdb")]
    versions = [(version, folder) for folder in folders if (version := _version(folder)) >= OLDEST]
    return max(versions)[1] if versions else None


def _version(folder: Path) -> int:
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"(\d+)", said)
    return int(found[1]) if found else 0


@contextmanager
def throwaway(binaries: Path):
    """Yield the DATABASE_URL of a new, empty cluster; stop and remove it afterwards."""
    folder = tempfile.mkdtemp(prefix="unioncms-pg-")
    owner = _unprivileged()
    if owner:
        os.chown(folder, owner["user"], owner["group"])
    server = None
    try:
        subprocess.run(
            [binaries / "initdb", "-D", f"{folder}/data", *INITDB],
            stdout=subprocess.DEVNULL,
            check=True,
            cwd=folder,
            **owner,
        )
        with open(f"{folder}/log", "w") as log:
            server = subprocess.Popen(
                [binaries / "postgres", "-D", f"{folder}/data", "-k", folder, *(f"-c{option}" for option in OPTIONS)],
                stdout=log,
                stderr=log,
                cwd=folder,
                start_new_session=True,  # Ctrl-C reaches it through us, after the tests have ended
                **owner,
            )
        _wait_until_ready(binaries, folder, server)
        yield f"postgres://postgres@{quote(folder, safe='')}/postgres"
    finally:
        if server:
            server.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged() -> dict:
    """Popen's words for another user where this one is root, whom PostgreSQL refuses."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise RuntimeError("PostgreSQL will not run as root, and there is no user postgres or nobody to run it as.")


def _wait_until_ready(binaries: Path, folder: str, server: subprocess.Popen):
    for _ in range(150):
        ready = subprocess.run([binaries / "pg_isready", "-q", "-h", folder], check=False)
        if ready.returncode == 0:
            return
        if server.poll() is not None:
            break
        time.sleep(0.2)
    raise RuntimeError(f"The throw-away PostgreSQL did not start:\n{Path(folder, 'log').read_text()}")


def main() -> int:
    binaries = find_binaries()
    if binaries is None:
        sys.exit(f"No PostgreSQL server of version {OLDEST} or newer was found: apt-get install postgresql")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with throwaway(binaries) as url:
        try:
            return subprocess.run(sys.argv[1:], env=os.environ | {"DATABASE_URL": url}, check=False).returncode
        except KeyboardInterrupt:
            return 130


if __name__ == "__main__":
    sys.exit(main())
