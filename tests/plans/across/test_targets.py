"""The page of all targets."""

import csv
import io
import json

import lxml.html
import pytest
from django.test import Client

from plans.across import target_counts
from plans.models import Indicator, SavedView, Target
from tests.factories import make_article, make_organization, make_plan, make_theme, make_user
from tests.plans.progress.targets import bare_plan, make_report, make_target
from tests.plans.register.reading_pages import facet, queries

pytestmark = pytest.mark.django_db
ADDRESS = "/plans/targets/"


def shown(response) -> list[str]:
    """What is counted by the targets of the table, top down."""
    cells = lxml.html.fromstring(response.content).xpath("//tr[@class='tg']/td[@class='what']/a")
    return [cell.text_content() for cell in cells]


@pytest.fixture
def world(client):
    """Four targets of two bodies: people in 万人 and 名, a rate, and a figure that was achieved."""
    skills, rights = make_theme("skills", "素质"), make_theme("rights", "权益")
    city = make_organization("青岛市总工会", level="city")
    district = make_organization("胶州市总工会", parent=city)
    older, newer = bare_plan(2019, organization=city), bare_plan(2021, organization=district)
    indicator = Indicator.objects.create(name="培训职工")
    return {
        "trained": make_target(older, "1.2", "万人", object="培训职工", theme=skills, indicator=indicator),
        "members": make_target(newer, 300, "名", object="发展会员", theme=skills),
        "rate": make_target(newer, 90, "%", object="签订率", theme=rights),
        "done": make_target(older, 5, "家", object="已建工会", kind=Target.Kind.ACHIEVED),
    }


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", ["发展会员", "签订率", "培训职工"]),
        ("?theme=skills", ["发展会员", "培训职工"]),
        ("?family=people&sort=-amount", ["培训职工", "发展会员"]),
        ("?family=people&sort=amount", ["发展会员", "培训职工"]),
        ("?level=city", ["培训职工"]),
        ("?year=2021", ["发展会员", "签订率"]),
        ("?organization=青岛市总工会", ["发展会员", "签订率", "培训职工"]),
        ("?organization=青岛市总工会&own=1", ["培训职工"]),
        ("?q=发展会员", ["发展会员"]),
        ("?what=achieved", ["已建工会"]),
        ("?group=theme", ["发展会员", "培训职工", "签订率"]),
        ("?unit=名", ["发展会员"]),
    ],
)
def test_targets_are_found_and_put_in_order(client, world, query, wanted):
    assert sorted(shown(client.get(ADDRESS + query))) == sorted(wanted)
    if "sort" in query:
        assert shown(client.get(ADDRESS + query)) == wanted


def test_an_indicator_chooses_its_targets(client, world):
    pk = world["trained"].indicator_id
    response = client.get(f"{ADDRESS}?indicator={pk}")
    assert shown(response) == ["培训职工"]
    assert [chip.label for chip in response.context["found"].chips] == ["Indicator: 培训职工"]


def test_a_row_says_the_sentence_and_leads_to_it(client, world):
    page = lxml.html.fromstring(client.get(f"{ADDRESS}?q=签订率").content)
    (row,) = page.xpath("//tr[@class='tg']")
    target = world["rate"]
    assert row.xpath("td[@class='what']/a/@href") == [f"/plans/{target.plan_id}/#t{target.pk}"]
    assert row.xpath("td[@class='what']/q")[0].text_content() == target.quote
    assert row.xpath("td[@class='val']")[0].text_content().strip() == "90%"


def test_a_row_says_how_far_it_has_come(client, world):
    make_report(world["rate"], 95)
    text = lxml.html.fromstring(client.get(f"{ADDRESS}?q=签订率").content).xpath("//td[@class='state']")[0]
    assert text.text_content().strip() == "met"


def test_groups_have_headings(client, world):
    page = lxml.html.fromstring(client.get(f"{ADDRESS}?group=theme").content)
    headings = [one.text_content() for one in page.xpath("//tr[@class='plan']/th")]
    assert sorted(headings) == ["权益", "素质"]


def test_facets_count_what_choosing_would_show(client, world):
    response = client.get(f"{ADDRESS}?theme=skills")
    assert facet(response, "theme") == {"skills": 2, "rights": 1}
    assert facet(response, "family") == {"people": 2}
    assert facet(response, "what") == {
        "target": 2,
        "recurring": 0,
        "implied": 0,
        "placeholder": 0,
        "standard": 0,
        "achieved": 0,
    }


def test_numbers_of_one_family_are_spread_in_its_base_unit(client, world):
    found = client.get(f"{ADDRESS}?family=people").context["counts"].distribution
    assert (found.unit, found.spread.least, found.spread.median, found.spread.greatest) == ("人", 300, 6150, 12000)
    assert [(one.number, one.target.pk) for one in found.extremes] == [
        (12000, world["trained"].pk),
        (300, world["members"].pk),
    ]


def test_numbers_of_different_units_are_not_compared(client, world):
    response = client.get(f"{ADDRESS}?sort=amount")
    assert response.context["counts"].distribution is None
    assert response.context["found"].complaints == [
        "Numbers of different units are not put in an order. Choose one unit first."
    ]
    links = lxml.html.fromstring(response.content).xpath("//p[@class='units']/a/@href")
    assert f"{ADDRESS}?sort=amount&family=people" in links


def test_a_target_without_a_number_is_no_zero(client, world):
    make_target(world["rate"].plan, None, "%", object="覆盖率", kind=Target.Kind.PLACEHOLDER)
    found = client.get(f"{ADDRESS}?family=percent").context["counts"].distribution
    assert (found.spread.count, found.spread.least, found.without) == (1, 90, 1)


def test_files_hold_exactly_what_is_shown(client, world):
    target = world["members"]
    Target.objects.filter(pk=target.pk).update(object="=1+1", quote="=发展会员")
    answer = client.get(f"{ADDRESS}?theme=skills&format=csv")
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert [(row[0], row[6], row[8], row[9], row[10]) for row in rows[1:]] == [
        (str(target.pk), "'=1+1", "300", "名", "'=发展会员"),
        (str(world["trained"].pk), "培训职工", "1.2", "万人", world["trained"].quote),
    ]
    found = json.loads(client.get(f"{ADDRESS}?theme=skills&format=json").getvalue())
    assert [row["target"] for row in found["rows"]] == [target.pk, world["trained"].pk]
    assert client.get(f"{ADDRESS}?format=xlsx").getvalue().startswith(b"PK")


def test_bad_parameters_are_named_and_left_out(client, world):
    response = client.get(f"{ADDRESS}?family=none&indicator=x&year=abc&page=99")
    assert response.status_code == 200
    assert len(shown(response)) == 3
    assert len(response.context["found"].complaints) == 3


def test_drafts_of_other_bodies_are_not_shown(world):
    draft = make_plan(make_article("草稿", public=False), in_force=False)
    make_target(draft, 1, object="别人的")
    other = make_user("stranger", role="contributor", organization=make_organization("另一家"))
    client = Client(headers={"accept-language": "en"})
    client.force_login(other)
    assert "别人的" not in shown(client.get(ADDRESS))


def test_above_the_cap_the_page_speaks_of_those_filed_last(client, world, monkeypatch):
    monkeypatch.setattr(target_counts, "CAP", 2)
    response = client.get(ADDRESS)
    assert response.context["counts"].capped
    assert shown(response) == ["发展会员", "签订率"]
    themes = response.context["found"].facets[0]
    assert [(option.value, option.count) for option in themes.options] == [("skills", None), ("rights", None)]


def test_a_state_of_the_page_is_kept_and_opened(client, world):
    kept = client.post("/plans/views/save/", {"name": "技能", "page": "plan-targets", "query": "theme=skills"})
    assert kept["Location"] == f"{ADDRESS}?theme=skills"
    assert SavedView.objects.get().page == SavedView.Page.TARGETS
    links = lxml.html.fromstring(client.get(ADDRESS).content).xpath("//details[@id='tool-views']//li/a/@href")
    assert links == [f"{ADDRESS}?theme=skills"]


def test_outsiders_are_sent_to_sign_in(world):
    for page in (ADDRESS, "/plans/themes/", "/plans/phrases/"):
        assert Client().get(page)["Location"] == f"/accounts/login/?next={page}"


@pytest.mark.parametrize("query", ["", "?family=people&group=indicator&sort=-amount", "?theme=skills&level=district"])
def test_the_page_costs_the_same_for_one_target_and_for_thirty(client, editors, query):
    theme = make_theme("skills", "素质")
    make_target(bare_plan(), 5, "人", theme=theme)
    one = queries(client, ADDRESS + query)
    for number in range(29):
        target = make_target(bare_plan(), 10 + number, "人", theme=theme)
        make_report(target, 3)
    thirty = queries(client, ADDRESS + query)
    assert len(shown(client.get(ADDRESS + query))) == 30
    assert len(one) == len(thirty) <= 16
    assert not any('"body"' in sql or '"plans_clause"."text" AS' in sql for sql in thirty)
