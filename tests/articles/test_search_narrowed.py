"""Exact phrases, filters, order and Traditional characters, the same on both databases."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import finding, search
from articles.models import Article
from articles.search import Filters
from tests.factories import make_article, make_channel, make_organization

pytestmark = pytest.mark.django_db


def titles(query, **options):
    found = search.search(query, **options)
    rows = Article.objects.in_bulk(found.ids)
    return [rows[pk].title for pk in found.ids]


def at(year, month=6, day=1):
    return datetime.datetime(year, month, day, 9, tzinfo=timezone.get_default_timezone())


# Exact phrases


@pytest.fixture
def homes():
    make_article("整句", body="<p>推进<b>职工</b>之家 建设，学习《中华人民共和国工会法》。</p>")
    make_article("散词", body="<p>职工很多，大家之家，建设不少。</p><p>开会的人，读者。</p>")
    make_article("跨段", body="<p>推进职工</p><p>之家建设</p>")
    make_article("标题里有职工之家建设", body="<p>正文。</p>", text={"author": "王新慧", "tags": ["会议精神"]})
    make_article("另一位", body="<p>国王新来，智慧很多，慧眼。</p>")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("“职工之家建设”", ["整句", "标题里有职工之家建设"]),
        ('"职工之家 建设"', ["整句", "标题里有职工之家建设"]),
        ("「職工之家建設」", ["整句", "标题里有职工之家建设"]),
        ("“职工之家建设” 推进", ["整句"]),
        ("《中华人民共和国工会法》", ["整句"]),
        ("《工会法》", []),
        ("王新慧", ["标题里有职工之家建设"]),
        ("“会议精神”", ["标题里有职工之家建设"]),
        ("会者", []),
    ],
)
def test_a_phrase_is_found_as_it_stands(homes, query, found):
    assert sorted(titles(query)) == sorted(found)
    assert search.search(query).count == len(found)


def test_staff_find_phrases_of_drafts(homes):
    make_article("草稿", public=False, body="<p>职工之家建设</p>")
    assert titles("“职工之家建设”", public=False, order="date") == ["草稿", "标题里有职工之家建设", "整句"]


# Filters


@pytest.fixture
def varied():
    city = make_organization("青岛市总工会", level="city")
    district = make_organization("胶州市总工会", parent=city)
    other = make_organization("盐城市总工会", level="city")
    news, deep = make_channel("要闻", slug="news"), make_channel("深处", slug="deep")
    make_article("甲技能", organization=city, channel=news, published_at=at(2019), kind="plan")
    make_article("乙技能", organization=district, channel=deep, published_at=at(2018, 12, 31))
    make_article("丙技能", organization=other, channel=deep, published_at=at(2019, 1, 1))
    make_article("丁技能", channel=deep, organization_as_written="xx镇总工会", level=district.level)
    return {"city": city, "district": district, "other": other, "news": news, "deep": deep}


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (lambda v: Filters(), "甲乙丙丁"),
        (lambda v: Filters(channels=(v["news"].pk,)), "甲"),
        (lambda v: Filters(channels=(v["news"].pk, v["deep"].pk)), "甲乙丙丁"),
        (lambda v: Filters(organization=v["city"]), "甲乙"),
        (lambda v: Filters(organization=v["district"]), "乙"),
        (lambda v: Filters(level="city"), "甲丙"),
        (lambda v: Filters(level="district"), "乙丁"),
        (lambda v: Filters(kind="plan"), "甲"),
        (lambda v: Filters(year=2019), "甲丙"),
        (lambda v: Filters(year=2018), "乙"),
        (lambda v: Filters(year=2018, level="city"), ""),
    ],
)
def test_a_search_is_narrowed(varied, given, found):
    result = search.search("技能", filters=given(varied))
    rows = Article.objects.in_bulk(result.ids)
    assert sorted(rows[pk].title[0] for pk in result.ids) == sorted(found)
    assert result.count == len(found)


def test_filters_narrow_before_the_cap(varied, monkeypatch):
    monkeypatch.setattr(finding, "CAP", 1)
    everything, one = search.search("技能"), search.search("技能", filters=Filters(year=2018))
    assert (everything.count, everything.capped, len(everything.matches)) == (2, True, 1)
    assert (one.count, one.capped, [match.title for match in one.matches]) == (1, False, ["乙技能"])


def test_many_searches_are_counted_by_one_query(varied, django_assert_num_queries):
    asked = [("技能", Filters()), ("没有", Filters()), ("，", Filters()), ("技能", Filters(year=2019))]
    with django_assert_num_queries(1):
        assert search.counts(asked) == [4, 0, 0, 2]
    assert search.counts([]) == []


# Order


def test_of_two_alike_the_newer_is_more_relevant_and_an_undated_one_the_least():
    make_article("技能大赛启动", published_at=at(2010))
    make_article("技能大赛启动", published_at=timezone.now())
    make_article("技能大赛启动", imported=True)
    dated = [row.dated and row.dated.year for row in search.search("技能").matches]
    assert dated == [timezone.now().year, 2010, None]


def test_a_title_that_holds_all_as_typed_stands_before_one_that_holds_the_words():
    make_article("技能大赛", published_at=at(2015), body="<p>正文。</p>")
    make_article("大赛里的技能", published_at=at(2015), body="<p>正文。</p>")
    assert titles("技能大赛") == ["技能大赛", "大赛里的技能"]
    assert titles("技能大赛", order="date") == ["大赛里的技能", "技能大赛"]


# Characters


def test_both_sets_of_characters_find_the_same():
    make_article("简体的标题", body="<p>职工权益与劳动竞赛，之后于厂里开展。</p>")
    make_article("繁體的標題", body="<p>職工權益與勞動競賽，之後於廠裡開展。</p>")
    both = ["简体的标题", "繁體的標題"]
    for query in ("职工权益", "職工權益", "“劳动竞赛，之后于厂里”", "「勞動競賽，之後於廠裡」", "标题", "標題"):
        assert sorted(titles(query)) == both, query


def test_one_character_is_found_in_titles_and_names_alone():
    make_article("工匠评选", body="<p>评出工匠。</p>", text={"author": "王慧", "tags": ["班组"]})
    make_article("别的事", body="<p>慧 匠 组</p>")
    assert [titles(one) for one in ("匠", "慧", "组", "没")] == [["工匠评选"], ["工匠评选"], ["工匠评选"], []]
    assert titles("匠 评选") == ["工匠评选"]


def test_a_document_number_is_found():
    make_article("通知", text={"document_number": "青工发〔2019〕3号"})
    make_article("另一个通知", body="<p>青工发，2019，3号</p>")
    assert titles("青工发〔2019〕3号") == ["通知", "另一个通知"]
    assert titles("“青工发〔2019〕3号”") == ["通知"]


# Cost


@pytest.mark.parametrize("query", ["技能", "“技能大赛”", "技"])
def test_a_search_asks_as_often_for_thirty_as_for_one(query):
    make_article("技能大赛")
    with CaptureQueriesContext(
        connection,
    ) as one:
        assert search.search(query).count == 1
    for _number in range(29):
        make_article("技能大赛")
    with CaptureQueriesContext(connection) as thirty:
        assert search.search(query).count == 30
    assert len(thirty) == len(one) <= 3
