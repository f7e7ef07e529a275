"""python -m bench [importer] [plans] [--write]: make bench runs them all."""

import argparse
import os
import tempfile

from . import importer, plans

SETS = {"importer": importer, "plans": plans}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", help=f"what to measure: {', '.join(SETS)}; all unless told")
    parser.add_argument("--write", action="store_true", help="keep the tables in docs/bench.md")
    for one in SETS.values():
        one.add_arguments(parser)
    options = parser.parse_args()
    if unknown := set(options.sets) - set(SETS):
        parser.error(f"unknown: {', '.join(unknown)}; there are {', '.join(SETS)}")
    with tempfile.TemporaryDirectory(prefix="unioncms-bench-") as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        os.environ |= {"UNIONCMS_TEST_DIR": folder, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        for name in options.sets or SETS:
            SETS[name].measure(options)


if __name__ == "__main__":
    main()
