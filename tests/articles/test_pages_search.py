"""The search page: what it finds, narrows, offers instead, and what it costs."""

import datetime

import lxml.html
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import finding
from tests.factories import make_article, make_channel, make_organization

pytestmark = pytest.mark.django_db
AT = datetime.datetime(2019, 1, 3, 8, 5, tzinfo=timezone.get_default_timezone())
MOST_QUERIES = 8


def page(client, query, **asked):
    response = client.get("/search/", {"q": query, **asked})
    assert response.status_code == 200
    return response


def links(response, xpath):
    return {
        " ".join(a.text_content().split()): a.get("href") for a in lxml.html.fromstring(response.content).xpath(xpath)
    }


def found(response):
    return [hit["article"].title for hit in response.context.get("hits", [])]


@pytest.fixture
def varied():
    city = make_organization("青岛市总工会", level="city", slug="qingdao")
    district = make_organization("胶州市总工会", parent=city, slug="jiaozhou")
    other = make_organization("盐城市总工会", level="city", slug="yancheng")
    news = make_channel("要闻", slug="news")
    below = make_channel("基层", slug="below", parent=news)
    plans = make_channel("计划", slug="plans")
    make_article("甲技能", organization=city, channel=news, published_at=AT, kind="plan")
    make_article("乙技能", organization=district, channel=below, published_at=AT.replace(year=2018))
    make_article("丙技能", organization=other, channel=plans, published_at=AT)


def test_public_texts_are_found_and_their_words_marked(client):
    make_article("技能大赛启动", body="<p>全区举行。</p><p>组织职工参加<b>技能</b>大赛，评选工匠。</p>")
    make_article("草稿技能大赛", public=False)
    response = page(client, "技能 大賽")
    (hit,) = response.context["hits"]
    assert hit["title"] == "<mark>技能</mark><wbr><mark>大赛</mark><wbr>启动"
    assert hit["said"] == "组织职工参加<mark>技能大赛</mark>，评选工匠。"
    assert response.context["count"] == 1
    assert lxml.html.fromstring(response.content).xpath("//input[@id='q']/@value") == ["技能 大賽"]


@pytest.mark.parametrize("query", ["", " ", "没有的词语", "'\"*() OR NEAR", "<script>", "a" * 5000, "“", "《》", "%_"])
def test_any_query_is_answered(client, query):
    assert "<script>" not in page(client, query).content.decode()


def test_a_page_that_is_not_there_is_not_found(client):
    for number in ("0", "2", "x", "-1", "99999999999999999999"):
        assert client.get("/search/", {"q": "没有的词语", "page": number}).status_code == 404


@pytest.mark.parametrize("query", ["胶州", "jiaozhou", "jiao zhou", "jzszgh", "膠州"])
def test_unions_are_found_by_name_pinyin_and_initials(client, varied, query):
    assert [row.name for row in page(client, query).context["unions"]] == ["胶州市总工会"]


def test_a_union_whose_place_is_not_known_is_not_named(client):
    make_organization("胶东区总工会", origin="别处")
    assert page(client, "胶东").context["unions"] == []


def test_the_matches_are_counted_by_what_narrows_them_and_each_choice_is_a_link(client, varied):
    response = page(client, "技能", order="date")
    kinds = list(links(response, "//aside[@id='filters']/dl[1]//a").values())
    assert kinds == ["?q=%E6%8A%80%E8%83%BD&order=date&kind=news", "?q=%E6%8A%80%E8%83%BD&order=date&kind=plan"]
    groups = {group.name: [(one.value, one.count) for one in group.choices] for group in response.context["groups"]}
    assert groups == {
        "kind": [("news", 2), ("plan", 1)],
        "channel": [("plans", 1), ("news", 1), ("below", 1)],
        "level": [("city", 2), ("district", 1)],
        "organization": [("yancheng", 1), ("qingdao", 1), ("jiaozhou", 1)],
        "year": [("2019", 2), ("2018", 1)],
    }


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({"channel": "news"}, ["甲技能", "乙技能"]),
        ({"channel": "below"}, ["乙技能"]),
        ({"organization": "qingdao"}, ["甲技能", "乙技能"]),
        ({"level": "city", "year": "2019"}, ["甲技能", "丙技能"]),
        ({"kind": "plan"}, ["甲技能"]),
        ({"year": "2018"}, ["乙技能"]),
        ({"year": "2018", "kind": "plan"}, []),
    ],
)
def test_filters_in_the_address_narrow_and_each_in_force_is_a_chip_that_removes_itself(client, varied, asked, titles):
    response = page(client, "技能", **asked)
    assert sorted(found(response)) == sorted(titles)
    tree = lxml.html.fromstring(response.content)
    addresses = tree.xpath("//a[@class='chip']/@href")
    assert len(addresses) == len(asked)
    for address, name in zip(addresses, [chip.name for chip in response.context["narrowing"].chips], strict=True):
        rest = page(client, "技能", **{key: value for key, value in asked.items() if key != name})
        assert found(client.get("/search/" + address)) == found(rest)
    kept = {one.get("name"): one.get("value") for one in tree.xpath("//form[@class='bigseek']/input[@type='hidden']")}
    assert kept == asked


@pytest.mark.parametrize(
    "asked", [{"channel": "x"}, {"organization": "x"}, {"level": "x"}, {"kind": "x"}, {"year": "9"}]
)
def test_a_value_that_nothing_has_narrows_nothing(client, varied, asked):
    response = page(client, "技能", **asked)
    assert len(found(response)) == 3
    assert response.context["narrowing"].chips == []


def test_of_too_many_matches_everything_is_offered_and_nothing_counted(client, varied, monkeypatch):
    monkeypatch.setattr(finding, "CAP", 1)
    response = page(client, "技能")
    groups = {group.name: [(one.value, one.count) for one in group.choices] for group in response.context["groups"]}
    assert groups["year"] == [("2019", None), ("2018", None)]
    assert groups["channel"] == [("news", None), ("below", None), ("plans", None)]
    assert ("notice", None) in groups["kind"]


def test_many_choices_are_a_list_to_choose_from_that_keeps_the_rest(client):
    for number in range(9):
        make_article("技能", channel=make_channel(f"栏目{number}", slug=f"c{number}"))
    tree = lxml.html.fromstring(page(client, "技能", kind="news", order="date").content)
    (form,) = tree.xpath("//aside//form")
    assert len(form.xpath(".//option")) == 10
    kept = {one.get("name"): one.get("value") for one in form.xpath(".//input[@type='hidden']")}
    assert kept == {"q": "技能", "kind": "news", "order": "date"}


def test_a_search_that_finds_nothing_says_what_would(client):
    make_article("技能大赛启动", channel=make_channel("竞赛", slug="jingsai"))
    make_article("帮扶中心挂牌")
    response = page(client, "技能 帮扶 能级工资制")
    ways = response.context["ways_out"]
    assert ways.whole is None
    assert [(one.query, one.count) for one in ways.words] == [("技能", 1), ("帮扶", 1)]
    assert [row.name for row in page(client, "竞 没有").context["channels"]] == ["竞赛"]
    assert links(response, "//section[@class='ways']//a[starts-with(@href, '/search/')]")["技能"] == (
        "/search/?q=%E6%8A%80%E8%83%BD"
    )


def test_nothing_within_filters_or_quotes_leads_to_the_search_without_them(client):
    make_article("技能大赛启动", published_at=AT)
    (narrowed, quoted) = page(client, "技能", year="2018"), page(client, "“启动技能大赛”")
    assert (narrowed.context["ways_out"].whole.query, narrowed.context["ways_out"].whole.count) == ("技能", 1)
    assert (quoted.context["ways_out"].whole.query, quoted.context["ways_out"].whole.count) == ("启动技能大赛", 1)
    three = page(client, "技能 启动 没有")
    assert [one.query for one in three.context["ways_out"].shorter] == ["技能 启动"]


# Cost


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "工会"},
        {"q": "“工会组织”"},
        {"q": "工会", "organization": "jia", "year": "2019", "order": "date"},
        {"q": "“工会没有”", "level": "district"},
        {"q": "没有 工会"},
        {},
    ],
)
def test_a_page_costs_the_same_with_one_and_thirty(client, asked):
    organization = make_organization("甲区总工会", slug="jia")
    channel = make_channel("要闻", slug="yaowen")

    def cost(count):
        for _number in range(count):
            below = make_organization(parent=organization, level="township")
            make_article("工会组织", channel=channel, organization=below, published_at=AT)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/search/", asked).status_code == 200
        return len(queries)

    one = cost(1)
    assert cost(29) == one <= MOST_QUERIES
