"""python -m bench [importer] [plans] [site] [--write]: make bench runs them all. Tools by name: records, load."""

import argparse
import os
import subprocess
import sys
import tempfile

from . import importer, load, plans, records, site

SETS = {"importer": importer, "plans": plans, "site": site}
TOOLS = {"records": records, "load": load}
ALL = SETS | TOOLS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "sets", nargs="*", help=f"what to measure: {', '.join(SETS)}; all unless told. Or: {', '.join(TOOLS)}"
    )
    parser.add_argument("--write", action="store_true", help="keep the tables in docs/bench.md (site: performance.md)")
    for one in ALL.values():
        one.add_arguments(parser)
    options = parser.parse_args()
    if unknown := set(options.sets) - set(ALL):
        parser.error(f"unknown: {', '.join(unknown)}; there are {', '.join(ALL)}")
    names = options.sets or list(SETS)
    if len(names) > 1:  # each in a process and, unless DATABASE_URL names one, a database of its own
        given = [word for word in sys.argv[1:] if word not in names]
        codes = [subprocess.run([sys.executable, "-m", "bench", name, *given]).returncode for name in names]
        sys.exit(max(codes))
    with tempfile.TemporaryDirectory(prefix="unioncms-bench-") as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        os.environ |= {"UNIONCMS_TEST_DIR": folder, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        ALL[names[0]].measure(options)


if __name__ == "__main__":
    main()
