"""The running site beside its floors: python -m bench site --count N, on what `load` puts into DATABASE_URL.

An empty database is loaded first. What is asked stands in asked.py, how in wrk.py, of whom in servers.py.
"""

import argparse
import gzip
import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from statistics import median, quantiles

from bench import load, report

from . import asked, servers
from .asked import Asked
from .wrk import RUNS, Load, ask, ask_plainly

SERVING = {"DJANGO_SETTINGS_MODULE": "unioncms.settings"}
PAGE = report.ROOT / "docs/performance.md"
TITLES = ["Asked", "A second", "p50", "p95", "p99", "Floor", "To the floor", "Queries", "Reach"]
PROCESS = ["Beside", "Figure", "Reach"]
SEARCH_SECONDS = {"postgresql": 0.04, "sqlite": 0.08}
LARGE, LARGE_SEARCH_SECONDS = 1_000_000, 0.12
COLD_START, MEMORY, PUBLISH = 1.5, 220, 0.08
STARTS = 3
WARMING, WARMING_SECONDS = 10, 120
MANY, MANY_SECONDS = 1_000_000, 120
"""So many requests the workers are to have answered before their memory is looked at; in so many seconds at most."""
INDEX = {"postgresql": 0.5, "sqlite": 1.0}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seconds", type=int, default=9, help=f"of each figure (site), {RUNS} runs together")


def measure(options: argparse.Namespace) -> None:
    """Print the tables, with --write keep them on PAGE."""
    servers.require_tools()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the servers are stopped
    count = _prepare(options)
    from django.conf import settings
    from django.db import connection

    name = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}[connection.vendor]
    with tempfile.TemporaryDirectory(prefix="unioncms-site-") as folder, ExitStack() as running:
        site = Site(Path(folder), running, max(1, options.seconds // RUNS), asked.drawn(count, options.seed))
        before = site.server.memory()
        rows = list(site.figures(LARGE_SEARCH_SECONDS if count >= LARGE else SEARCH_SECONDS[connection.vendor]))
        site.ask_many()
        beside = [*site.beside(before), *site.index(INDEX[connection.vendor])]
    shown = report.table(PROCESS, beside)
    print(shown)
    if options.write:
        about = f"{options.seconds} seconds a figure, {settings.PAGE_CACHE_MEGABYTES} megabytes of pages a worker."
        about = f"{about}\n\n{shown}"
        report.write(f"{name}, {count:,} articles", about, TITLES, rows, PAGE)


def _prepare(options: argparse.Namespace) -> int:
    """Have the database loaded and up to date, the static files collected; how many articles the province has."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from importer.records.rows import ForeignRecord

    there = ForeignRecord._meta.db_table in connection.introspection.table_names()
    if not there or not ForeignRecord.objects.exists():
        load.measure(options)
    call_command("migrate", interactive=False, verbosity=0)
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
    subprocess.run(collect, cwd=report.ROOT, env=os.environ | SERVING, check=True)
    return ForeignRecord.objects.filter(origin=load.records.SITE).count()


class Site:
    """The servers side by side, and what was measured of them by the names of the rows."""

    def __init__(self, folder: Path, running: ExitStack, seconds: int, articles: list[str]):
        from . import inside

        self.seconds, self.articles, self.requests = seconds, articles, 0
        self.loads: dict[str, Load] = {}
        self.inside, self.by = inside, inside.administrator()
        pages = folder / "pages"
        pages.mkdir()
        self.starts = [self._start_once(folder) for _ in range(STARTS - 1)]
        self.server = running.enter_context(servers.granian("unioncms.wsgi:application", "/", folder, **SERVING))
        self.starts.append(self.server.started_in)
        response, body = servers.get(self.server.port, articles[0], {})
        self.etag = response.headers["ETag"]
        (pages / "article.html.gz").write_bytes(body)
        (pages / "article.html").write_bytes(gzip.decompress(body))
        floor = {"BENCH_PAGES": str(pages)}
        bare = running.enter_context(servers.granian("bench.site.bare:application", "/hello", folder, **floor))
        hello = running.enter_context(
            servers.granian("bench.site.django_hello:application", "/article", folder, **floor)
        )
        static, front = running.enter_context(servers.nginx(folder, pages, self.server.port))
        self.ports = {
            "site": self.server.port,
            "bare": bare.port,
            "django": hello.port,
            "static": static,
            "nginx": front,
        }

    @staticmethod
    def _start_once(folder: Path) -> float:
        with servers.granian("unioncms.wsgi:application", "/", folder, **SERVING) as server:
            return server.started_in

    def figures(self, search_seconds: float):
        """A row of the table after the other."""
        print(" | ".join(TITLES))
        for one in (
            *asked.floors(),
            *asked.hits(self.articles, self.etag),
            *asked.misses(self.articles),
            *asked.searches(search_seconds),
            *asked.desk(),
            *asked.readings(self.articles),
        ):
            try:
                row = self._row(one)
            except ValueError as error:  # the others are worth having
                row = [one.name, *[""] * (len(TITLES) - 2), str(error)]
            print(" | ".join(row), flush=True)
            yield row

    def _row(self, one: Asked) -> list[str]:
        found = self.loads[one.name] = self._load(one)
        floor = self.loads.get(one.floor)
        ratio = found.rate / floor.rate if floor else None
        within = [f"{seconds * 1000:.1f} ms" for seconds in (found.p50, found.p95, found.p99)]
        queries = ""
        if one.made:
            queries = str(self.inside.queries(self.by if one.person else None, one.method, one.addresses))
        return [
            one.name,
            f"{found.rate:,.0f}",
            *within,
            one.floor,
            "" if ratio is None else f"{ratio:.3f}",
            queries,
            one.reach.told(found, ratio) if one.reach and (floor or one.reach.what != "ratio") else "",
        ]

    def _load(self, one: Asked) -> Load:
        """The middle one of RUNS runs."""
        headers = (*one.headers, self.inside.session(self.by)) if one.person else one.headers
        self._check(one, headers)
        if one.warm:
            self._warm(one, headers)
        runs = sorted((self._run(one, headers) for _ in range(RUNS)), key=lambda run: run.rate)
        return runs[RUNS // 2]

    def _warm(self, one: Asked, headers: tuple[str, ...]) -> None:
        """Ask so often that by chance each worker was asked for nearly every page, and keeps it."""
        answers, until = 0, time.monotonic() + WARMING_SECONDS
        while answers < WARMING * len(one.addresses) and time.monotonic() < until:
            answers += self._run(one, headers).requests

    def _run(self, one: Asked, headers: tuple[str, ...]) -> Load:
        port = self.ports[one.server]
        if one.plain:
            found = ask_plainly(port, one.addresses[0], self.seconds, method=one.method)
        else:
            found = ask(
                port,
                one.addresses,
                self.seconds,
                headers=headers,
                method=one.method,
                connections=one.connections,
            )
        if one.server == "site":
            self.requests += found.requests
        return found

    def _check(self, one: Asked, headers: tuple[str, ...]) -> None:
        """Raise ValueError where the first address is no page: wrk takes a way elsewhere for an answer."""
        if one.method == "POST":
            return
        sent = dict(header.split(": ", 1) for header in headers)
        response, _body = servers.get(self.ports[one.server], one.addresses[0], sent)
        if response.status != (304 if "If-None-Match" in sent else 200):
            raise ValueError(f"{one.addresses[0]} answered {response.status}.")

    def ask_many(self) -> None:
        """Ask for kept pages until MANY requests were answered."""
        one, until = Asked("", "site", self.articles), time.monotonic() + MANY_SECONDS
        while self.requests < MANY and time.monotonic() < until:
            with suppress(ValueError):  # a run in which nothing was answered in time
                self._run(one, ())

    def index(self, most: float) -> list[list[str]]:
        """The size of the search index, and whether what was planted is found; `most`: of the text."""
        index, text = self.inside.index_size()
        share = index / text
        found = self.inside.found(asked.planted())
        told = ", ".join(f"{word} {there:,}, held by {ought:,}" for word, (there, ought) in found.items())
        whole = all(there >= ought for there, ought in found.values())
        return [
            [
                "Search index beside the text",
                f"{index / 2**20:,.0f} of {text / 2**20:,.0f} MiB: {share:.2f}",
                f"≤ {most}: {'met' if share <= most else 'not'}",
            ],
            ["Planted words found, as far as is counted", told, f"all: {'met' if whole else 'not'}"],
        ]

    def beside(self, before: dict[str, float]) -> list[list[str]]:
        """Memory, cold start and publishing."""
        after = self.server.memory()
        times = self.inside.publishing(self.by)
        within = quantiles(times, n=20)[-1]

        def told(limit: str, met: bool) -> str:
            return f"{limit}: {'met' if met else 'not'}"

        def said(memory: dict[str, float]) -> str:
            return f"{memory['Pss']:.0f} MiB ({memory['Pss_Anon']:.0f} their own; Rss {memory['Rss']:.0f})"

        return [
            [
                "Cold start to the front page",
                f"{median(self.starts):.2f} s",
                told(f"< {COLD_START} s", median(self.starts) < COLD_START),
            ],
            ["Two workers at the start", said(before), ""],
            [
                f"Two workers after {self.requests:,} requests",
                said(after),
                told(f"< {MEMORY} MiB", after["Pss"] < MEMORY),
            ],
            [
                "Publish, with purge",
                f"{median(times) * 1000:.0f} ms, p95 {within * 1000:.0f} ms",
                told(f"p95 < {PUBLISH * 1000:.0f} ms", within < PUBLISH),
            ],
        ]
