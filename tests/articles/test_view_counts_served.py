"""Readings counted by real server processes: stopped, crashed, two at once, beside an editor at work."""

import itertools
import json
import sqlite3
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager

import pytest

from tests.live_site import LiveSite

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:115.0) Gecko/20100101 Firefox/115.0"
MAKE = """
from tests.factories import make_article
print(*[make_article().pk for _ in range(3)])
"""
COUNTS = """
SELECT article_id, count, (SELECT coalesce(sum(d.count), 0) FROM articles_dailyviewcount d
WHERE d.article_id = v.article_id) FROM articles_viewcount v
"""


class ReadSite(LiveSite):
    """A site with three articles; two processes serve it, and every reader's address is the one they say."""

    template = "migrated"

    def fill(self):
        self.articles = [int(pk) for pk in self.manage("shell", "--no-imports", "-c", MAKE).split()]
        self.addresses = (f"2001:db8:0:{number:x}::1" for number in itertools.count(1))

    def connect(self):
        if self.database:
            import psycopg

            return psycopg.connect(self.environment["DATABASE_URL"])
        return sqlite3.connect(self.folder / "site.sqlite3")

    def counts(self) -> dict[int, int]:
        """The count of each article, which is that of its days."""
        with closing(self.connect()) as connection:
            rows = list(connection.execute(COUNTS))
        assert [of_days for _, _, of_days in rows] == [count for _, count, _ in rows]
        return {article: count for article, count, _ in rows}

    def read(self, article: int, address: str = "") -> int:
        """Read it from another address than all before, and return the number the page would show."""
        headers = {"User-Agent": FIREFOX, "X-Forwarded-For": address or next(self.addresses)}
        asked = urllib.request.Request(f"{self.url}/articles/{article}/views", method="POST", headers=headers)
        with urllib.request.urlopen(asked, timeout=30) as answer:
            return json.load(answer)["count"]

    def restart(self, *, write_seconds: float):
        self.stop()
        self.environment["VIEWS_WRITE_SECONDS"] = str(write_seconds)
        self.serve()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with ReadSite(tmp_path_factory.mktemp("read_site"), workers=2, PROXY_COUNT="1") as site:
        yield site


def read_at_once(site, articles: list[int]) -> None:
    addresses = list(itertools.islice(site.addresses, len(articles)))
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(site.read, articles, addresses))


@contextmanager
def locked(site):
    """Every article's row held as an editor's verb holds it; SQLite has no locks on rows."""
    with closing(site.connect()) as connection:
        if site.database:
            connection.execute("SELECT 1 FROM articles_article FOR UPDATE")
        yield


def test_a_clean_stop_loses_nothing(site):
    before, article = site.counts(), site.articles[0]
    site.restart(write_seconds=3600)
    read_at_once(site, [article] * 100)
    assert site.counts() == before
    started = time.monotonic()
    site.stop()
    assert time.monotonic() - started < 5
    assert site.counts() == before | {article: before[article] + 100}


def test_a_crash_loses_the_last_seconds_at_most(site):
    before, article = site.counts(), site.articles[0]
    site.restart(write_seconds=1)
    read_at_once(site, [article] * 20)
    time.sleep(3)
    read_at_once(site, [article] * 5)
    site.stop(crash=True)
    after = site.counts()[article] - before[article]
    assert 20 <= after <= 25


def test_two_processes_add_up_while_an_editor_holds_the_articles(site):
    before = site.counts()
    site.restart(write_seconds=0.3)
    with locked(site):
        for _ in range(3):
            read_at_once(site, site.articles * 20)
            time.sleep(0.5)
        time.sleep(1)
        assert site.counts() == {article: before[article] + 60 for article in site.articles}


def test_a_reader_is_known_by_every_process(site):
    article, address = site.articles[1], next(site.addresses)
    site.restart(write_seconds=0.2)
    before = site.read(article, address)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: site.read(article, address), range(40)))
    time.sleep(1)
    assert site.counts()[article] == before
