"""Which readings count, what the beacon answers, how they reach the database, and what is kept of readers."""

import datetime
import threading
from collections import Counter
from contextlib import closing

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from articles import readers, view_counts
from articles.models import DailyViewCount, ViewCount
from articles.readers import RecentReaders, is_robot
from articles.views import beacon
from tests.factories import make_article

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:115.0) Gecko/20100101 Firefox/115.0"
WECHAT = (
    "Mozilla/5.0 (Linux; Android 12; CUBOT NOTE 20) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    "Chrome/109.0.5414.86 Mobile Safari/537.36 MicroMessenger/8.0.30"
)
ROBOTS = [
    "",
    "curl/8.5.0",
    "python-requests/2.31",
    "Go-http-client/1.1",
    "Mozilla/5.0 (compatible; Baiduspider-render/2.0; +http://www.baidu.com/search/spider.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Mobile Safari/537.36 (compatible; "
    "Bytespider; spider-feedback@bytedance.com)",
    "Sogou web spider/4.0(+http://www.sogou.com/docs/help/webmasters.htm#07)",
    "Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/120.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/95.0 Safari/537.36; 360Spider",
]


@pytest.fixture
def waiting(monkeypatch):
    """Readings of a process that has just begun and writes nothing by itself; no reader is remembered."""
    begun = view_counts.Waiting()
    monkeypatch.setattr(view_counts.Waiting, "_start", lambda waiting: threading.current_thread())
    monkeypatch.setattr(beacon, "waiting", begun)
    with closing(RecentReaders(":memory:")) as recent:
        monkeypatch.setattr(readers, "recent", lambda: recent)
        yield begun


def read(article, agent=FIREFOX, address="203.0.113.7", **headers) -> int:
    headers = {"User-Agent": agent, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return Client().post(f"/articles/{article.pk}/views", headers=headers, REMOTE_ADDR=address).json()["count"]


def counted(article) -> tuple[int, int]:
    """The article's count and today's."""
    days = dict(DailyViewCount.objects.filter(article=article).values_list("day", "count"))
    return ViewCount.objects.get(article=article).count, days.get(timezone.localdate(), 0)


# What counts


@pytest.mark.parametrize("agent", ROBOTS)
def test_a_robot_that_says_so_is_answered_and_not_counted(waiting, agent):
    article = make_article()
    assert is_robot(agent)
    assert read(article, agent) == 0


@pytest.mark.parametrize("agent", [FIREFOX, WECHAT, "Opera/9.80 (J2ME/MIDP; Opera Mini/7) Presto/2.8 Version/11.10"])
def test_browsers_count(waiting, agent):
    assert not is_robot(agent)
    assert read(make_article(), agent) == 1


@pytest.mark.parametrize(
    "header", [{"Sec_Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}, {"X_Moz": "prefetch"}]
)
def test_a_page_fetched_ahead_does_not_count_until_it_is_read(waiting, header):
    article = make_article()
    assert read(article, **header) == 0
    assert read(article) == 1


def test_a_reader_counts_once_an_article_and_window(waiting, monkeypatch):
    article, other = make_article(), make_article()
    assert [read(article), read(article)] == [1, 1]
    assert read(other) == 1
    assert [read(article, WECHAT), read(article, address="203.0.113.8")] == [2, 3]
    now = readers.time.time()
    monkeypatch.setattr(readers.time, "time", lambda: now + 29 * 60)
    assert read(article) == 3
    monkeypatch.setattr(readers.time, "time", lambda: now + 31 * 60)
    assert [read(article), read(article)] == [4, 4]


def test_without_a_window_every_reading_counts(waiting, settings):
    settings.VIEWS_WINDOW_MINUTES = 0
    article = make_article()
    assert [read(article), read(article)] == [1, 2]


def test_a_cache_that_machines_share_remembers_as_well(waiting, settings, monkeypatch):
    settings.REDIS_URL = "redis://cache"  # the cache of the tests is this process's own
    monkeypatch.setattr(readers, "recent", None)
    article = make_article()
    assert [read(article), read(article), read(article, WECHAT)] == [1, 1, 2]


def test_where_readers_cannot_be_remembered_they_are_counted(waiting, caplog):
    readers.recent()._rows.execute("DROP TABLE reader")
    article = make_article()
    assert [read(article), read(article)] == [1, 2]
    assert "counted again" in caplog.text


# What is remembered of readers


@pytest.fixture
def recent():
    with closing(RecentReaders(":memory:")) as made:
        yield made


def remembered(recent) -> list[bytes]:
    return [digest for (digest,) in recent._rows.execute("SELECT digest FROM reader ORDER BY id")]


def test_nothing_of_a_reader_is_legible_and_the_same_one_looks_different_on_another_day(recent):
    assert recent.add(b"203.0.113.7 Firefox", "2026-11-21", 1800)
    [first] = remembered(recent)
    assert len(first) == 16
    assert recent.add(b"203.0.113.7 Firefox", "2026-11-22", 1800)
    [second] = remembered(recent)
    assert first != second


def test_memory_is_bounded_and_the_oldest_go_first(recent, monkeypatch):
    monkeypatch.setattr(readers, "MOST", 10)
    assert all(recent.add(b"%d" % number, "2026-11-21", 1800) for number in range(25))
    assert len(remembered(recent)) == 10
    assert not recent.add(b"24", "2026-11-21", 1800)
    assert recent.add(b"0", "2026-11-21", 1800)


def test_processes_of_a_machine_know_each_others_readers(tmp_path):
    place = str(tmp_path / "readers")
    with closing(RecentReaders(place)) as first, closing(RecentReaders(place)) as second:
        assert first.add(b"a", "2026-11-21", 1800)
        assert not second.add(b"a", "2026-11-21", 1800)


def test_the_shared_memory_is_for_the_site_alone(monkeypatch, tmp_path):
    monkeypatch.setattr(readers, "MEMORY", tmp_path)
    readers.recent.__wrapped__().close()
    [made] = tmp_path.iterdir()
    assert made.stat().st_mode & 0o777 == 0o600


# What the beacon answers


def test_the_answer_counts_what_waits_and_costs_one_query(waiting, django_assert_num_queries):
    article = make_article()
    ViewCount.objects.filter(article=article).update(count=41)
    client = Client(enforce_csrf_checks=True)
    with django_assert_num_queries(1):
        response = client.post(f"/articles/{article.pk}/views", headers={"User-Agent": FIREFOX})
    assert response.json()["count"] == 42
    assert "42" in response.json()["text"]
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies
    assert counted(article) == (41, 0)
    waiting.write()
    assert counted(article) == (42, 1)
    assert read(article, address="127.0.0.1") == 42


def test_only_public_articles_are_counted(waiting, client):
    draft = make_article(public=False)
    for number in (draft.pk, 987654321):
        assert client.post(f"/articles/{number}/views", headers={"User-Agent": FIREFOX}).status_code == 404
    assert client.get(f"/articles/{make_article().pk}/views").status_code == 405
    assert waiting._how_many() == 0


# How they are written


def test_a_batch_is_two_statements_however_much_is_in_it(waiting, django_assert_num_queries):
    articles = [make_article() for _ in range(20)]
    view_counts.prune.enqueue()
    waiting._pruned = timezone.localdate()
    for number, article in enumerate(articles, 1):
        for _ in range(number):
            waiting.add(article.pk)
    with django_assert_num_queries(4) as queries:  # with the two of the transaction
        waiting.write()
    assert "articles_article" not in "".join(query["sql"] for query in queries).replace("articles_article_", "")
    assert [counted(article) for article in articles] == [(number, number) for number in range(1, 21)]


def test_a_count_that_is_missing_is_made(waiting):
    article = make_article()
    ViewCount.objects.all().delete()
    assert read(article) == 1
    waiting.write()
    assert counted(article) == (1, 1)


def test_batches_of_several_processes_add_up():
    article, day = make_article(), timezone.localdate()
    for count in (3, 4):
        view_counts.store(
            {day: Counter({article.pk: count}), day - datetime.timedelta(days=1): Counter({article.pk: 1})}
        )
    assert counted(article) == (9, 7)
    assert list(DailyViewCount.objects.order_by("day").values_list("count", flat=True)) == [2, 7]


def test_what_cannot_be_written_waits_on(waiting, monkeypatch):
    article = make_article()
    waiting.add(article.pk)

    def fail(readings):
        assert waiting.of(article.pk) == 1
        waiting.add(article.pk)
        raise DatabaseError

    with monkeypatch.context() as broken:
        broken.setattr(view_counts, "store", fail)
        with pytest.raises(DatabaseError):
            waiting.write()
    assert waiting.of(article.pk) == 2
    waiting.write()
    assert (waiting.of(article.pk), counted(article)) == (0, (2, 2))


def test_the_day_is_that_of_the_site(waiting, monkeypatch):
    late = datetime.datetime(2026, 11, 20, 16, 30, tzinfo=datetime.UTC)  # past midnight in Beijing
    article = make_article()
    monkeypatch.setattr(timezone, "now", lambda: late)
    waiting.add(article.pk)
    waiting.write()
    assert DailyViewCount.objects.get(article=article).day == datetime.date(2026, 11, 21)


def test_days_grown_old_go_once_a_day(waiting, settings):
    settings.VIEWS_KEEP_DAYS = 400
    article, today = make_article(), timezone.localdate()
    for age in (0, 399, 400, 500):
        DailyViewCount.objects.create(article=article, day=today - datetime.timedelta(days=age), count=1)
    waiting.add(article.pk)
    waiting.write()
    ages = {(today - day).days for day in DailyViewCount.objects.values_list("day", flat=True)}
    assert ages == {0, 399}
