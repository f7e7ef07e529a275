"""What is suggested while somebody types."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import publishing
from tests.factories import make_article, make_channel, make_organization

pytestmark = pytest.mark.django_db


def suggested(client, text):
    response = client.get("/search/suggest", {"q": text})
    assert response.status_code == 200
    return [(item["kind"], item["text"]) for item in response.json()["items"]]


@pytest.fixture
def site():
    union = make_organization("胶州市总工会", level="district")
    make_article("胶州工会技能大赛", organization=union, text={"tags": ["技能大赛", "膠州"]})
    make_article("草稿里的技能", public=False, text={"tags": ["技能草稿"]})
    gone = make_article("撤下的技能")
    publishing.withdraw(gone, None, "有误")
    make_organization("技能公司工会", origin="别处")


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("胶州", [("区县", "胶州市总工会"), ("文章", "胶州工会技能大赛")]),
        ("膠州", [("区县", "胶州市总工会"), ("文章", "胶州工会技能大赛"), ("标签", "膠州")]),
        ("jiaozhou", [("区县", "胶州市总工会")]),
        ("jzszgh", [("区县", "胶州市总工会")]),
        ("技能", [("文章", "胶州工会技能大赛"), ("标签", "技能大赛")]),
        ("工会技", [("文章", "胶州工会技能大赛")]),  # half a word
        ("技工会", []),
        ("没有", []),
        ("", []),
        ("' OR 1", []),
        ("%", []),
    ],
)
def test_public_unions_titles_and_tags_are_suggested(client, site, typed, wanted):
    kinds = {"Article": "文章", "Tag": "标签", "Union": "工会"}
    assert [(kinds.get(kind, kind), text) for kind, text in suggested(client, typed)] == wanted


def test_an_item_leads_to_its_page(client, site):
    for item in client.get("/search/suggest", {"q": "膠州"}).json()["items"]:
        assert client.get(item["url"]).status_code == 200


def test_at_most_eight_the_newest_titles_first(client):
    for number in range(4):
        make_organization(f"技能{number}区总工会")
    for number in range(9):
        make_article(f"技能第{number}", text={"tags": [f"技能{number}"]})
    kinds = [text for _kind, text in suggested(client, "技能")]
    assert kinds == [
        "技能0区总工会",
        "技能1区总工会",
        "技能2区总工会",
        "技能第8",
        "技能第7",
        "技能第6",
        "技能0",
        "技能1",
    ]


def test_any_cache_may_keep_it(client, site):
    response = client.get("/search/suggest", {"q": "胶州"})
    assert (response.headers["Cache-Control"], response.cookies) == ("public, max-age=60", {})
    assert "Cookie" not in response.headers.get("Vary", "")
    assert client.post("/search/suggest").status_code == 405


def test_it_asks_as_often_for_thirty_as_for_one(client):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert suggested(client, "技能")
        return len(queries)

    channel = make_channel()
    make_article("技能", channel=channel, text={"tags": ["技能"]})
    one = cost()
    for number in range(29):
        make_organization(f"技能{number}工会")
        make_article("技能", channel=channel, text={"tags": [f"技能{number}"]})
    assert cost() == one == 3
