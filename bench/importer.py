"""How quick the importer is, beside the least that any program would have to do with the same bytes."""

import argparse
import io
import itertools
import re
import resource
import sqlite3
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from . import report

ROOT = Path(__file__).resolve().parent.parent

LENGTH = 3_000  # characters of a text page
MARKUP = 160_000  # bytes of a saved web page
LINE = 5_000_000  # bytes of the one long line
VARIETY = 200  # different pages before the first comes again
REPEATS = 3


def page_texts() -> list[list[str]]:
    """The lines of the project's own text pages."""
    files = [*sorted((ROOT / "fixtures/seeds").iterdir()), *sorted((ROOT / "tests/importer/pages").glob("*.txt"))]
    texts = []
    for file in files:
        try:
            texts.append(file.read_text("utf-8").split("\n"))
        except UnicodeDecodeError:
            continue  # some are kept in another encoding on purpose
    return texts


def text_pages(count: int, length: int = LENGTH) -> Iterator[str]:
    """Pages of `length` characters: a kept page whole, filled up before its last lines with paragraphs of others.

    A number in each makes no two the same, so that nothing is known from an earlier page.
    """
    texts = page_texts()
    paragraphs = [line for lines in texts for line in lines if 60 <= len(line) <= 400]
    for number in range(count):
        random = Random(number)
        lines = list(texts[number % len(texts)])
        while (size := sum(map(len, lines))) < length:
            lines.insert(max(1, len(lines) - 3), f"{random.choice(paragraphs)}第{number}号文件另行通知。")
        while size > length and len(lines) > 1:
            size -= len(lines.pop(len(lines) // 2))
        yield "\n".join(lines)


def web_pages(count: int, size: int = MARKUP) -> Iterator[bytes]:
    """Portal pages of `size` bytes: menus and link lists of nested tables and lists around a page of text."""
    menu = "".join(
        f'<li class="nav-{at}"><a href="/col/{at}/index.html" title="栏目">工会动态{at}</a></li>' for at in range(40)
    )
    for number, text in enumerate(text_pages(count)):
        title, *rest = [line for line in text.split("\n") if line.strip()]
        body = "".join(
            f'<p style="text-indent: 2em;"><span style="font-size: 16px;">{line}</span></p>' for line in rest
        )
        head = f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title></head>"
        article = f'<div class="article"><h1>{title}</h1><div class="TRS_Editor">{body}</div></div>'
        page = f"{head}<body><div class='header'><ul>{menu}</ul></div>{article}<div class='footer'>{number}"
        room = max(0, size - len(page.encode()))
        side = f"<table width='100%'><tr><td><ul>{menu}</ul></td><td><script>var a={number};</script></td></tr></table>"
        yield (page + side * (room // len(side.encode()) + 1) + "</div></body></html>").encode()


def rate(work: Callable[[list], object], rows: list) -> float:
    """Rows a second of processor time, the best of some rounds: the others were disturbed."""
    best = 0.0
    for _ in range(REPEATS):
        started = time.process_time()
        work(rows)
        best = max(best, len(rows) / (time.process_time() - started))
    return best


def propose_all(raws: list[bytes]) -> None:
    from importer.proposal import propose

    for number, raw in enumerate(raws):
        propose(raw, f"{number}.txt")


def reading() -> list[str]:
    raws = [text.encode() for text in text_pages(VARIETY)]
    propose_all(raws[:20])
    floor = rate(lambda rows: [raw.decode().split("\n") for raw in rows], raws * 20)
    return row(
        "Text pages of 3,000 characters, read", rate(propose_all, raws), 150, "decoding and cutting into lines", floor
    )


def markup() -> list[str]:
    from lxml import html

    raws = list(web_pages(30))
    propose_all(raws[:2])
    floor = rate(lambda rows: [html.fromstring(raw) for raw in rows], raws)
    return row("Web pages of 160 KB, read", rate(propose_all, raws), 60, "lxml.html parsing them", floor)


def filing(count: int) -> list[str]:
    """Filed with organisation, plan, revision and search index; the floor puts the same texts into bare tables."""
    from importer.filing.files import Filer, Page
    from importer.management.commands.import_pages import TOGETHER
    from importer.proposal import RULES_VERSION, output, propose
    from organizations.models import SiteSettings

    raws = [text.encode() for text in text_pages(count)]
    rows = [output(propose(raw, f"{number}.txt")) for number, raw in enumerate(raws)]
    filer = Filer(owner=SiteSettings.load().organization, place="bench", publish=True)
    pages = [Page(*one, f"bench/{number}.txt") for number, one in enumerate(zip(raws, rows, strict=True))]
    started = time.process_time()
    for some in itertools.batched(pages, TOGETHER, strict=False):
        list(filer.file_all(some, rules_version=int(RULES_VERSION)))
    filed = count / (time.process_time() - started)
    return row(
        "Text pages, filed with search index", filed, 60, "one insert and commit a page in SQLite", inserts(raws)
    )


def inserts(raws: list[bytes]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        database = sqlite3.connect(f"{folder}/floor.sqlite3")
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE page (id INTEGER PRIMARY KEY, raw BLOB, text TEXT)")
        database.execute("CREATE VIRTUAL TABLE words USING fts5(text)")

        def insert(rows: list[bytes]) -> None:
            for raw in rows:
                text = raw.decode()
                database.execute("INSERT INTO page (raw, text) VALUES (?, ?)", (raw, text))
                database.execute("INSERT INTO words (text) VALUES (?)", (" ".join(text),))
                database.commit()

        try:
            return rate(insert, raws)
        finally:
            database.close()


def one_line() -> list[str]:
    """A page of 5 MB on one line: seconds, beside those of decoding it."""
    paragraphs = "".join(line for text in text_pages(40) for line in text.split("\n"))
    raw = (paragraphs * (LINE // len(paragraphs.encode()) + 1)).encode()[:LINE].decode(errors="ignore").encode()
    seconds, floor = 1 / rate(propose_all, [raw]), 1 / rate(lambda rows: [raw.decode() for raw in rows], [raw])
    return [
        f"One line of {LINE // 1_000_000} MB",
        f"{seconds:.2f} s",
        "< 5 s",
        "decoding it",
        f"{floor:.4f} s",
        f"1 : {seconds / floor:,.0f}",
    ]


def memory(count: int) -> list[str]:
    """What is held after a few pages and after many: caches may fill, nothing may grow with the pages read."""
    from importer.proposal import propose

    early = min(count // 2, max(1_000, count // 20))
    tracemalloc.start()
    held = []
    for number, text in enumerate(itertools.islice(text_pages(count, 600), count)):
        propose(text.encode(), "page.txt")
        if number + 1 in (early, count):
            held.append(tracemalloc.get_traced_memory()[0] / 2**20)
    tracemalloc.stop()
    top = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    return [
        f"Memory held after {count:,} pages (most ever: {top:,.0f} MB)",
        f"{held[-1]:.1f} MB",
        "flat",
        f"after {early:,} pages",
        f"{held[0]:.1f} MB",
        f"1 : {held[0] / held[-1]:.2f}",
    ]


def row(name: str, figure: float, aim: int, floor_name: str, floor: float) -> list[str]:
    return [name, f"{figure:,.0f}/s", f"{aim}/s", floor_name, f"{floor:,.0f}/s", f"1 : {floor / figure:,.0f}"]


MEASURES: dict[str, Callable[[argparse.Namespace], list[str]]] = {
    "reading": lambda options: reading(),
    "markup": lambda options: markup(),
    "filing": lambda options: filing(options.filed),
    "line": lambda options: one_line(),
    "memory": lambda options: memory(options.pages),
}
TITLES = ["What", "Figure", "Aim", "Floor", "Floor's figure", "Figure to floor"]
ABOUT = "Processor time of one core. The nightly size for memory: `--pages 100000 --only memory`."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pages", type=int, default=2_000, help="pages read for the memory's figure")
    parser.add_argument("--filed", type=int, default=300, help="pages filed")
    parser.add_argument("--only", help="measures of the importer whose name holds this word: " + ", ".join(MEASURES))


def measure(options: argparse.Namespace) -> None:
    """Print the figures as they come; on a migrated database with the vocabularies and the site's organisation."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("set_up", stdout=io.StringIO())
    rows = []
    for name, figure in MEASURES.items():
        if not options.only or re.search(options.only, name):
            rows.append(figure(options))
            print(" | ".join(rows[-1]), flush=True)
    if options.write:
        report.write("The importer", ABOUT, TITLES, rows)
