"""The directory of unions: by level, place and letter, found by name, below one union."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organizations.audit import record
from organizations.directory import Directory
from tests.factories import make_organization

pytestmark = pytest.mark.django_db


def names(client, query: str) -> list[str]:
    response = client.get(f"/organizations/?{query}")
    assert response.status_code == 200, query
    return [row.name for row in response.context["page"]]


@pytest.fixture
def shandong():
    province = make_organization("山东省总工会", level="province", division_code="370000")
    qingdao = make_organization("青岛市总工会", level="city", division_code="3702", parent=province)
    jiaozhou = make_organization("胶州市总工会", division_code="370281", parent=qingdao)
    make_organization("某厂工会", level="enterprise", parent=jiaozhou)
    make_organization("济南市总工会", level="city", division_code="370100", parent=province)
    return province


def test_the_directory_lists_the_tree_by_level(client):
    city = make_organization("青山市总工会", level="city")
    for number in range(40):
        make_organization(f"第{number}区总工会", parent=city)
    make_organization("未归位工会", level="district", origin="某站")
    levels = client.get("/organizations/").context["levels"]
    assert [(level.code, len(rows), level.total) for level, rows in levels] == [("city", 1, 1), ("district", 30, 40)]
    page = client.get("/organizations/?level=district").context["page"]
    assert (page.paginator.count, page.object_list[0].name) == (40, "第0区总工会")
    assert client.get("/organizations/?level=x").status_code == 404


def test_places_lead_from_province_to_county_with_all_that_stands_there(client, shandong):
    places = client.get("/organizations/").context["places"]
    assert [(place.name, total) for place, total in places] == [("山东省", 5)]
    found = client.get("/organizations/?place=37").context
    assert [(place.name, total) for place, total in found["places"]] == [("济南市", 1), ("青岛市", 3)]
    assert found["page"].paginator.count == 5
    assert names(client, "place=3702") == ["青岛市总工会", "胶州市总工会", "某厂工会"]
    assert names(client, "place=370281") == ["胶州市总工会", "某厂工会"]
    assert names(client, "place=370281&level=enterprise") == ["某厂工会"]
    assert names(client, "place=3703") == []
    for unknown in ("99", "x", "370281101", "3702;"):
        assert client.get("/organizations/", {"place": unknown}).status_code == 404, unknown


def test_a_place_whose_own_union_is_not_there_has_those_below_it(client):
    make_organization("胶州市总工会", division_code="370281")
    make_organization("平度市总工会", division_code="370283")
    assert Directory().places["3702"].total == 2
    assert names(client, "place=37") == ["胶州市总工会", "平度市总工会"]


def test_letters_are_those_of_the_pinyin_of_names(client, shandong):
    make_organization("重庆市总工会", level="province")
    make_organization("12351工会", level=None)
    assert client.get("/organizations/").context["letters"].keys() == set("CJMQS0")
    assert names(client, "letter=J") == ["济南市总工会", "胶州市总工会"]
    assert names(client, "letter=0") == ["12351工会"]
    for unknown in ("Z", "q", "JJ"):
        assert client.get("/organizations/", {"letter": unknown}).status_code == 404


def test_names_are_found_by_characters_pinyin_and_initials(client, shandong):
    for typed in ("青岛", "qingdao", "qdsz"):
        assert names(client, f"q={typed}") == ["青岛市总工会"]
    assert names(client, "q=没有") == []
    assert 'class="empty"' in client.get("/organizations/?q=没有").content.decode()
    assert names(client, "q=qingdao&place=3701") == []


def test_below_one_union(client, shandong):
    assert names(client, f"under={shandong.slug}") == ["青岛市总工会", "济南市总工会"]
    assert client.get("/organizations/?under=nowhere").status_code == 404


def test_a_new_union_is_counted_at_once(client, shandong):
    assert Directory().places["3702"].total == 3
    make_organization("市南区总工会", division_code="370202", parent=shandong)
    assert Directory().places["3702"].total == 4


def test_a_union_that_a_form_changes_is_counted_anew_at_once(client, shandong):
    assert names(client, "letter=S") == ["山东省总工会"]
    shandong.name = "鲁省总工会"
    shandong.save()
    record("change", shandong)
    assert names(client, "letter=L") == ["鲁省总工会"]
    assert client.get("/organizations/?letter=S").status_code == 404


@pytest.mark.parametrize(
    "query", ["", "?place=37", "?letter=D", "?level=district", "?q=第", "?place=37&level=district"]
)
def test_the_directory_costs_the_same_with_one_and_thirty(client, query):
    costs = []
    for number in (1, 29):
        for _ in range(number):
            make_organization(division_code="370281")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/organizations/{query}").status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 8
