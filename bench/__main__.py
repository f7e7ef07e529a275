"""python -m bench [importer] [plans] [--write]: make bench runs them all. Tools by name: records, load."""

import argparse
import os
import tempfile

from . import importer, load, plans, records

SETS = {"importer": importer, "plans": plans}
TOOLS = {"records": records, "load": load}
ALL = SETS | TOOLS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "sets", nargs="*", help=f"what to measure: {', '.join(SETS)}; all unless told. Or: {', '.join(TOOLS)}"
    )
    parser.add_argument("--write", action="store_true", help="keep the tables in docs/bench.md")
    for one in ALL.values():
        one.add_arguments(parser)
    options = parser.parse_args()
    if unknown := set(options.sets) - set(ALL):
        parser.error(f"unknown: {', '.join(unknown)}; there are {', '.join(ALL)}")
    with tempfile.TemporaryDirectory(prefix="unioncms-bench-") as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        os.environ |= {"UNIONCMS_TEST_DIR": folder, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        for name in options.sets or SETS:
            ALL[name].measure(options)


if __name__ == "__main__":
    main()
