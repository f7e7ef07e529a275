"""Lighthouse over the public pages on an emulated phone: make lighthouse (ARGS="article front" RUNS=5).

Starts the seeded site as production serves it, asks Lighthouse for every page RUNS times and prints the median of each
category beside what it must reach, with the audits that fall short and the bytes of the page. Exits with 1 where one
does. Needs node, npm and Chromium; Lighthouse comes by npm ci into this folder.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT))

import tests.settings  # noqa: E402, F401  fixes the environment before anything reads it
from tests.conftest import CHROMIUM_NAMES  # noqa: E402
from tests.live_site import LiveSite  # noqa: E402

TRIES = 4
RUNS = int(os.environ.get("RUNS", "5"))
REACH = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
ARTICLE_BYTES = 40 * 1024
PROGRAM = HERE / "node_modules/lighthouse/cli/index.js"
LOOK_UP = """
from articles.models import Article, Collection
from plans.models import WorkPlan
plan = WorkPlan.objects.in_force().filter(targets__isnull=False).order_by("-starts_on", "pk").first()
print(plan.article_id, plan.organization.slug, Collection.objects.published().first().slug)
"""
PAGES = {
    "front": "/",
    "channels": "/channels/",
    "channel": "/channels/jihua/",
    "article": "/articles/{article}/",
    "organizations": "/organizations/",
    "organization": "/organizations/{organization}/",
    "collection": "/collections/{collection}/",
    "archive": "/archive/",
    "search": "/search/?q=技能",
}
UNINDEXED = {"search": {"is-crawlable"}}
"""Audits that speak against what a page is meant to be: results of a search are not for search engines."""


def install() -> None:
    """npm ci, unless it has been done for this lock file."""
    lock, done = HERE / "package-lock.json", HERE / "node_modules/.lock"
    if not (done.exists() and done.read_bytes() == lock.read_bytes()):
        subprocess.run(
            ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=HERE, check=True
        )
        done.write_bytes(lock.read_bytes())


def ask(url: str, chromium: str) -> dict:
    """One report of Lighthouse, its default phone emulated; a trace that was not recorded is asked for anew."""
    command = ["node", str(PROGRAM), url, "--quiet", "--output=json", "--output-path=stdout"]
    command += ["--chrome-flags=--headless=new --no-sandbox --disable-gpu", f"--only-categories={','.join(REACH)}"]
    for _attempt in range(TRIES):
        done = subprocess.run(
            command, capture_output=True, text=True, env=os.environ | {"CHROME_PATH": chromium}, check=False
        )
        if not done.returncode:
            return json.loads(done.stdout)
    raise SystemExit(f"Lighthouse failed on {url}:\n{done.stderr[-2000:]}")


def short_of(report: dict, but: set[str]) -> set[str]:
    """The audits with weight in their category that are not passed, as "category: audit"."""
    found = set()
    for name, category in report["categories"].items():
        for part in category["auditRefs"]:
            score = report["audits"][part["id"]]["score"]
            if part["weight"] and score is not None and score < 0.9 and part["id"] not in but:
                found.add(f"{name}: {part['id']}")
    return found


def score(report: dict, category: str, but: set[str]) -> float:
    """The category's score out of 100 without the audits in `but`."""
    parts = [part for part in report["categories"][category]["auditRefs"] if part["id"] not in but and part["weight"]]
    known = [(report["audits"][part["id"]]["score"], part["weight"]) for part in parts]
    known = [(value, weight) for value, weight in known if value is not None]
    return 100 * sum(value * weight for value, weight in known) / sum(weight for _value, weight in known)


def main(names: list[str]) -> int:
    if unknown := set(names) - set(PAGES):
        print(f"No such page: {', '.join(sorted(unknown))}. There are: {', '.join(PAGES)}.")
        return 2
    chromium = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if chromium is None or shutil.which("node") is None or shutil.which("npm") is None:
        print("Chromium, node or npm is missing: apt-get install chromium nodejs npm")
        return 2
    install()
    low = []
    with tempfile.TemporaryDirectory() as folder, LiveSite(Path(folder)) as site:
        words = site.manage("shell", "--no-imports", "-c", LOOK_UP).split()[-3:]
        places = dict(zip(("article", "organization", "collection"), words, strict=True))
        print(f"{'page':14}" + "".join(f"{name:>16}" for name in REACH) + f"{'bytes':>10}")
        for name in names or PAGES:
            but = UNINDEXED.get(name, set())
            reports = [ask(site.url + PAGES[name].format(**places), chromium) for _ in range(RUNS)]
            medians = {key: statistics.median(score(report, key, but) for report in reports) for key in REACH}
            size = statistics.median(report["audits"]["total-byte-weight"]["numericValue"] for report in reports)
            print(f"{name:14}" + "".join(f"{medians[key]:16.1f}" for key in REACH) + f"{size:10.0f}", flush=True)
            audits = sorted(set.intersection(*(short_of(report, but) for report in reports)))
            low += [f"{name}: {key} {medians[key]:.1f} < {REACH[key]}" for key in REACH if medians[key] < REACH[key]]
            low += [f"{name}: {size:.0f} bytes > {ARTICLE_BYTES}"] if name == "article" and size > ARTICLE_BYTES else []
            if audits:
                print("  short of: " + ", ".join(audits))
    print("\n".join(low) or f"Every page reaches {', '.join(f'{key} {value}' for key, value in REACH.items())}.")
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
