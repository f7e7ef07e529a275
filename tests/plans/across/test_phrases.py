"""The phrase tracker."""

import lxml.html
import pytest

from plans.across import phrases
from plans.across.concordance import places, split
from plans.across.rising import rising
from tests.factories import make_article, make_organization, make_plan
from tests.plans.register.reading_pages import queries

pytestmark = pytest.mark.django_db
ADDRESS = "/plans/phrases/"


def plan(words: str, year: int, organization=None, **fields):
    organization = organization or make_organization()
    body = f"<h2>一、加强组织建设</h2><p>{words}</p>"
    article = make_article(f"{organization.name}{year}年要点", body=body, owner=organization, organization=organization)
    return make_plan(article, year=year, organization=organization, **fields)


@pytest.fixture
def world(client):
    city = make_organization("青岛市总工会", level="city")
    one, two = (make_organization(name, parent=city) for name in ("胶州市总工会", "平度市总工会"))
    return {
        "first": plan("推进产业工人队伍建设改革，产业工人队伍建设改革走深走实。", 2019, city),
        "same": plan("继续推进产业工人队伍建设改革。", 2020, city),
        "lower": plan("落实<b>产业工人</b>队伍建设改革。", 2020, one),
        "other": plan("产业工人的队伍，建设好、改革好。", 2020, two),
    }


def test_phrases_stand_between_spaces_or_commas():
    assert split("“智慧工会”、产改 产改,工会") == (["智慧工会", "产改", "工会"], [])
    assert split("一 二二 三三 四四 五五 六六 七七") == (["二二", "三三", "四四", "五五", "六六"], ["一", "七七"])
    assert split("——") == ([], ["——"])


def test_a_place_has_the_words_of_its_line_on_both_sides():
    found = list(places("<p>第一行。</p><p>推进<b>智慧</b>工会建设。</p>", ["智慧工会"]))
    assert [(phrase, place.left, place.word, place.right) for phrase, place in found] == [
        ("智慧工会", "推进", "智慧工会", "建设。")
    ]


def test_long_lines_are_cut_on_both_sides():
    ((_phrase, place),) = places(f"<p>{'前' * 40}智慧工会{'后' * 40}</p>", ["智慧工会"])
    assert (place.left, place.right) == ("…" + "前" * 28, "后" * 28 + "…")


def test_other_widths_cases_and_characters_are_found():
    ((_phrase, place),) = places("<p>推广ＡＰＰ應用</p>", ["app应用"])
    assert place.word == "ＡＰＰ應用"


def test_use_is_counted_by_bodies_of_each_level_and_year(client, world):
    tracked = client.get(f"{ADDRESS}?phrase=产业工人队伍建设改革").context["tracked"]
    (use,) = tracked.uses
    assert tracked.years == [(2019, 1, False), (2020, 3, False)]
    assert {line.label: line.numbers for line in use.lines} == {
        "all levels": [1, 2],
        "设区市": [1, 1],
        "区县": [0, 1],
    }
    assert (use.bodies, use.times) == (2, 4)


def test_the_first_who_wrote_it_is_named_with_the_words(client, world):
    (use,) = client.get(f"{ADDRESS}?phrase=产业工人队伍建设改革").context["tracked"].uses
    assert [(hit.plan, hit.year, hit.place.left) for hit in use.first] == [(world["first"].pk, 2019, "推进")]


def test_every_place_is_listed_and_leads_to_its_clause(client, world):
    response = client.get(f"{ADDRESS}?phrase=产业工人队伍建设改革")
    rows = lxml.html.fromstring(response.content).xpath("//div[@class='kwic']//tbody/tr")
    assert len(rows) == 4
    clause = world["lower"].clauses.get()
    links = [row.xpath("td[@class='who']/a/@href")[0] for row in rows]
    assert f"/plans/{world['lower'].pk}/#{clause.anchor}" in links


def test_several_phrases_stand_below_each_other_with_those_nobody_uses(client, world):
    response = client.get(f"{ADDRESS}?phrase=产业工人队伍建设改革、走深走实、没有此提法")
    assert [(use.phrase, use.times) for use in response.context["tracked"].uses] == [
        ("产业工人队伍建设改革", 4),
        ("走深走实", 1),
        ("没有此提法", 0),
    ]
    assert "No plan that you may see uses this phrase." in response.content.decode()


@pytest.mark.parametrize(
    ("query", "times"), [("&level=district", 1), ("&year_from=2020", 2), ("&organization=胶州市总工会", 1)]
)
def test_conditions_narrow_what_is_looked_through(client, world, query, times):
    (use,) = client.get(f"{ADDRESS}?phrase=产业工人队伍建设改革{query}").context["tracked"].uses
    assert use.times == times


def test_many_texts_are_narrowed_by_the_index_to_the_same_places(client, world, monkeypatch):
    monkeypatch.setattr(phrases, "FEW", 0)
    asked = f"{ADDRESS}?phrase=产业工人队伍建设改革、走深走实、没有此提法"
    assert [(use.phrase, use.times) for use in client.get(asked).context["tracked"].uses] == [
        ("产业工人队伍建设改革", 4),
        ("走深走实", 1),
        ("没有此提法", 0),
    ]


def test_places_are_put_in_order_by_the_words_around(client, world):
    def rights(sort):
        page = client.get(f"{ADDRESS}?phrase=产业工人队伍建设改革&sort={sort}").context["tracked"].page
        return [hit.place.right for hit in page.object_list]

    assert rights("right") == sorted(rights("year"))


def test_drafts_and_other_bodies_unpublished_plans_do_not_count(client, world):
    plan("产业工人队伍建设改革。", 2018, in_force=False)
    (use,) = client.get(f"{ADDRESS}?phrase=产业工人队伍建设改革").context["tracked"].uses
    assert use.times == 4


def test_of_too_many_texts_a_part_of_each_year_is_looked_through(client, world, monkeypatch):
    monkeypatch.setattr(phrases, "FEW", 0)
    monkeypatch.setattr(phrases, "CAP", 2)
    response = client.get(f"{ADDRESS}?phrase=产业工人队伍建设改革")
    tracked = response.context["tracked"]
    assert tracked.years == [(2019, 1, False), (2020, 3, True)]
    assert "≥1" in response.content.decode()


def test_what_cannot_be_looked_for_is_named(client, world):
    response = client.get(f"{ADDRESS}?phrase=工")
    assert response.context["found"].complaints == [
        "“工” was left out: up to 5 phrases of 2 to 30 characters are looked for."
    ]


def test_what_more_bodies_write_than_the_year_before_rises():
    before = [("加强组织建设", body) for body in range(4)]
    now = [*before, *(("打造智慧工会平台", body) for body in range(3)), ("独家提法内容", 9)]
    assert [(one.phrase, one.now, one.before) for one in rising(now, before)] == [("打造智慧工会平台", 3, 0)]


def test_what_is_new_in_a_year_is_told_where_no_phrase_is_asked_for(client):
    bodies = [make_organization() for _number in range(3)]
    for body in bodies:
        plan("做好工作。", 2019, body)
        article = make_article(
            f"{body.name}2020", body="<h2>一、建设智慧工会平台</h2><p>做好。</p>", owner=body, organization=body
        )
        make_plan(article, year=2020, organization=body)
    response = client.get(ADDRESS)
    assert response.context["found"].year == 2020
    assert [(one.phrase, one.now, one.before) for one, _url in response.context["rising"]] == [
        ("建设智慧工会平台", 3, 0)
    ]
    assert client.get(f"{ADDRESS}?new=2019").context["found"].year == 2019


@pytest.mark.parametrize("query", ["", "?phrase=做好工作、组织建设"])
def test_the_page_costs_the_same_for_one_plan_and_for_thirty(client, query):
    plan("做好工作。", 2019)
    one = queries(client, ADDRESS + query)
    for _number in range(29):
        plan("做好工作。", 2019)
    assert len(one) == len(queries(client, ADDRESS + query)) <= 10
