"""What is most read, for readers and for editors, and the file of views."""

import csv
import datetime
import io

import pytest
from django.utils import timezone

from articles import publishing
from articles.models import Article, DailyViewCount, ViewCount
from articles.most_read import most_read
from organizations.models import AuditEntry
from tests.factories import make_article, make_channel, make_organization, make_user

pytestmark = pytest.mark.django_db
PAGE = "/admin/articles/article/views/"
FILE = "/admin/articles/article/views/csv/"


def read(article: Article, count: int, *, days_ago: int = 0) -> Article:
    day = timezone.localdate() - datetime.timedelta(days=days_ago)
    DailyViewCount.objects.create(article=article, day=day, count=count)
    return article


def titles(period: str, limit: int = 10, **narrowed) -> list[tuple[str, int]]:
    return [(row.title, row.readings) for row in most_read(period, limit, **narrowed)]


def test_each_period_sums_its_days():
    article = make_article("甲")
    for days_ago, count in ((0, 1), (1, 10), (6, 100), (7, 1000), (29, 10_000), (30, 100_000)):
        read(article, count, days_ago=days_ago)
    assert [titles(period) for period in ("day", "week", "month")] == [[("甲", 1)], [("甲", 111)], [("甲", 11_111)]]


def test_the_most_read_stand_first_and_only_public_ones():
    for title, count in (("二", 5), ("一", 9), ("三", 5)):
        read(make_article(title), count)
    publishing.withdraw(read(make_article("撤下"), 99), None, "有误")
    later = read(make_article("还没到时间"), 50)
    Article.objects.filter(pk=later.pk).update(publish_at=timezone.now() + datetime.timedelta(days=1))
    make_article("没人读")
    assert titles("week") == [("一", 9), ("三", 5), ("二", 5)]
    assert titles("week", 2) == [("一", 9), ("三", 5)]


def test_a_list_may_be_of_some_channels():
    news, notices = make_channel("要闻"), make_channel("通知")
    for title, channel, count in (("闻", news, 3), ("告", notices, 4)):
        read(make_article(title, channel=channel), count)
    assert titles("week", channels=[news.pk]) == [("闻", 3)]
    assert titles("week", channels=[notices.pk, news.pk]) == [("告", 4), ("闻", 3)]
    assert titles("week", channels=range(news.pk, news.pk + 500)) == [("告", 4), ("闻", 3)]  # too many for a key


@pytest.mark.parametrize("count", [1, 30])
def test_it_costs_two_queries_then_one(count, django_assert_num_queries):
    for number in range(count):
        read(make_article(organization=make_organization(f"工会{number}")), number + 1)
    for queries in (2, 1):
        with django_assert_num_queries(queries):
            [str(row.channel) + str(row.organization) for row in most_read("week", 30)]


def test_a_withdrawal_shows_at_once():
    article = read(make_article(), 3)
    assert titles("week") == [(article.title, 3)]
    publishing.withdraw(article, None, "有误")
    assert titles("week") == []


# At the desk


def taken(desk, **asked) -> list[list[str]]:
    today = timezone.localdate()
    response = desk.post(
        FILE, {"first": today - datetime.timedelta(days=29), "last": today, "line": "article", **asked}
    )
    assert response.status_code == 200
    assert response.streaming
    return list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))


@pytest.fixture
def elsewhere():
    return make_article("别家的稿件", owner=make_organization("别家工会"))


def test_the_page_shows_what_is_most_read_of_what_the_editor_may_see(desk, owner, elsewhere):
    read(make_article("自家的稿件", owner=owner), 7, days_ago=3)
    read(elsewhere, 99)
    response = desk.get(PAGE)
    shown = [[(str(row), row.readings) for row in rows] for _, rows in response.context["lists"]]
    assert shown == [[], [("自家的稿件", 7)], [("自家的稿件", 7)]]
    assert "别家的稿件" not in response.content.decode()
    assert PAGE in desk.get("/admin/articles/article/").content.decode()


def test_the_file_holds_what_the_editor_may_see_and_is_recorded(desk, owner, editor, elsewhere):
    often, seldom = (make_article(title, owner=owner, channel=make_channel(title)) for title in ("多", "少"))
    for article, count, days_ago in (
        (often, 5, 0),
        (often, 6, 29),
        (often, 100, 30),
        (seldom, 2, 1),
        (elsewhere, 9, 0),
    ):
        read(article, count, days_ago=days_ago)
    ViewCount.objects.filter(article=often).update(count=222)
    header, *rows = taken(desk)
    assert len(header) == 9
    assert [row[:5] + row[7:] for row in rows] == [
        [str(often.pk), "多", "多", "", "胶州市总工会", "11", "222"],
        [str(seldom.pk), "少", "少", "", "胶州市总工会", "2", "0"],
    ]
    entry = AuditEntry.objects.get(verb="export")
    assert (entry.actor_id, entry.organization_id) == (editor.pk, owner.pk)
    assert str(timezone.localdate()) in entry.note


def test_a_line_for_each_day(desk, owner):
    article = make_article("甲", owner=owner)
    for days_ago, count in ((0, 5), (3, 6)):
        read(article, count, days_ago=days_ago)
    rows = taken(desk, line="day")[1:]
    today = timezone.localdate()
    assert [(row[0], row[2], row[8]) for row in rows] == [
        (str(today - datetime.timedelta(days=3)), "甲", "6"),
        (str(today), "甲", "5"),
    ]


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "＝"])
def test_no_title_becomes_a_formula(desk, owner, begin):
    read(make_article(f"{begin}HYPERLINK(1)", owner=owner), 1)
    assert taken(desk)[1][1] == f"'{begin}HYPERLINK(1)"


def test_days_the_wrong_way_round_are_refused(desk):
    response = desk.post(FILE, {"first": "2026-11-21", "last": "2026-11-20", "line": "day"})
    assert list(response.context["form"].errors) == ["last"]
    assert not AuditEntry.objects.filter(verb="export").exists()


def test_they_are_for_those_who_may_see_articles(client):
    client.force_login(make_user(is_staff=True))
    assert client.get(PAGE).status_code in (302, 403)
    assert client.post(FILE).status_code in (302, 403)


def test_the_page_costs_the_same_for_one_article_and_thirty(desk, owner, django_assert_max_num_queries):
    def queries():
        with django_assert_max_num_queries(40) as asked:
            desk.get(PAGE)
        return len(asked)

    read(make_article(owner=owner), 1)
    one = queries()
    for number in range(30):
        read(make_article(owner=owner, channel=make_channel()), number + 1)
    assert queries() == one
