"""The invented province in a database: python -m bench load --count N fills the one that DATABASE_URL names.

With --kept FILE (PostgreSQL) what was loaded is dumped to it, or taken from it where it is there already. With
--times N what was taken in, or what the dump --base FILE holds, is multiplied inside PostgreSQL (multiply.py).
"""

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from . import records, report

TITLES = ["Records", "Records a second", "Aim", "Processor time a record", "Of it in this process", "Database"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--kept", type=Path, metavar="FILE", help="a dump of the loaded database (PostgreSQL)")
    parser.add_argument("--base", type=Path, metavar="FILE", help="a dump to be multiplied, instead of loading")
    parser.add_argument("--times", type=int, default=1, help="how often the records are to be there (PostgreSQL)")
    parser.add_argument("--workers", type=int, help="processes that read records (load)")


def measure(options: argparse.Namespace) -> None:
    """Fill the database, and print how many records a second it took in."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    postgresql = connection.vendor == "postgresql"
    if (options.kept or options.base or options.times > 1) and not postgresql:
        sys.exit("--kept, --base and --times need PostgreSQL: copy the file of SQLite instead")
    if options.kept and options.kept.exists():
        _restore(options.kept)
        return
    if options.base:
        _restore(options.base)
    call_command("migrate", interactive=False, verbosity=0)
    if not options.base:
        _take_in(options)
    if options.times > 1:
        from . import multiply

        began = time.perf_counter()
        multiply.multiply(options.times)
        print(f"{options.times} times as many: {time.perf_counter() - began:.0f} s", flush=True)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if postgresql else "ANALYZE")
    if options.kept:
        _run("pg_dump", "--format=directory", "--jobs=2", f"--file={options.kept}", os.environ["DATABASE_URL"])


def _restore(dump: Path) -> None:
    from django.db import connection

    _run("pg_restore", "--no-owner", "--jobs=2", f"--dbname={os.environ['DATABASE_URL']}", str(dump))
    with connection.cursor() as cursor:  # a dump has no statistics
        cursor.execute("VACUUM ANALYZE")


def _take_in(options: argparse.Namespace) -> None:
    """Fill an empty database by import_records, and tell how quickly."""
    from django.conf import settings
    from django.core.management import call_command

    call_command("set_up", verbosity=0)
    with tempfile.TemporaryDirectory(prefix="unioncms-records-") as folder:
        path = Path(folder, "records.jsonl")
        with path.open("wb") as stream:
            stream.writelines(records.lines(options.count, options.seed))
        more = {} if options.workers is None else {"workers": options.workers}
        started, before = time.perf_counter(), _times()
        call_command("import_records", str(path), **more)
        took, (own, others) = time.perf_counter() - started, (b - a for a, b in zip(before, _times(), strict=True))
    row = [
        f"{options.count:,}",
        f"{options.count / took:.0f}",
        "500",
        f"{1000 * (own + others) / options.count:.2f} ms",
        f"{1000 * own / options.count:.2f} ms",
        settings.DATABASES["default"]["ENGINE"].rpartition(".")[2],
    ]
    print(" | ".join(row), flush=True)
    if options.write:
        report.write(f"Records taken in, {row[-1]}", "Processor time without the database server's.", TITLES, [row])


def _times() -> tuple[float, float]:
    """Seconds of processor time of this process, and of those it began that have ended."""
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime, others.ru_utime + others.ru_stime


def _run(*command: str) -> None:
    subprocess.run(command, check=True)


def addresses(many: int, seed: int = 1) -> Iterator[str]:
    """Addresses of `many` articles of the province, drawn at random; each is /articles/<number>/."""
    from importer.records.rows import ForeignRecord

    numbers = ForeignRecord.objects.filter(origin=records.SITE).order_by("pk").values_list("article", flat=True)
    first, count = numbers.first(), numbers.count()
    chance = random.Random(seed)
    for _ in range(many):
        yield f"/articles/{first + chance.randrange(count)}/"
