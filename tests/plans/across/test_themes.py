"""The heat map of themes."""

import lxml.html
import pytest

from plans.across import emphasis
from plans.models import ClauseTheme, WorkPlan
from tests.factories import make_organization, make_theme
from tests.plans.progress.targets import bare_plan, make_target
from tests.plans.register.reading_pages import queries

pytestmark = pytest.mark.django_db
ADDRESS = "/plans/themes/"


def clauses(plan, **themes: int) -> None:
    """Give `plan` so many clauses of each theme."""
    for code, number in themes.items():
        for _at in range(number):
            position = 1024 * (plan.clauses.count() + 1)
            clause = plan.clauses.create(position=position, heading="标题")
            ClauseTheme.objects.create(clause=clause, theme_id=code, rank=0)


@pytest.fixture
def world(client):
    make_theme("skills", "素质")
    make_theme("rights", "权益")
    city = make_organization("青岛市总工会", level="city")
    district = make_organization("胶州市总工会", parent=city)
    plans = {
        "older": bare_plan(2019, organization=city),
        "newer": bare_plan(2020, organization=district),
    }
    clauses(plans["older"], skills=3, rights=1)
    clauses(plans["newer"], rights=2)
    make_target(plans["older"], 5, theme_id="skills")
    make_target(plans["older"], 6, theme_id="skills")
    make_target(plans["newer"], 7, theme_id="rights")
    return plans


def cells(response) -> dict[str, list[str]]:
    page = lxml.html.fromstring(response.content)
    rows = page.xpath("//div[contains(@class,'heat')]//tbody/tr")
    return {
        row.xpath("th")[0].text_content().strip(): [" ".join(td.text_content().split()) for td in row.xpath("td")]
        for row in rows
    }


def test_a_cell_says_percent_and_count_newest_year_first(client, world):
    response = client.get(ADDRESS)
    assert [column.label for column in response.context["map"].columns] == ["2020", "2019"]
    assert cells(response) == {"素质": ["0", "75% 3", "50% 3"], "权益": ["100% 2", "25% 1", "50% 3"]}


def test_columns_may_be_levels_and_what_is_counted_targets(client, world):
    response = client.get(f"{ADDRESS}?by=level&of=targets")
    assert [column.label for column in response.context["map"].columns] == ["设区市", "区县"]
    assert cells(response) == {"素质": ["100% 2", "0", "67% 2"], "权益": ["0", "100% 1", "33% 1"]}


def test_a_cell_of_targets_leads_to_what_it_counts(client, world):
    page = lxml.html.fromstring(client.get(f"{ADDRESS}?of=targets").content)
    for link in page.xpath("//div[contains(@class,'heat')]//td/a"):
        count = int(link.xpath("span")[0].text)
        assert client.get(link.get("href")).context["counts"].found == count


def test_a_cell_of_clauses_leads_to_the_plans_that_have_them(client, world):
    page = lxml.html.fromstring(client.get(ADDRESS).content)
    links = page.xpath("//div[contains(@class,'heat')]//td/a/@href")
    assert [client.get(link).context["register"].plans for link in links] == [1, 1, 1, 1, 2]


def test_drafts_replaced_plans_reports_and_long_plans_do_not_count(client, world):
    plan = world["older"]
    for change in (
        {"state": WorkPlan.State.DRAFT},
        {"state": WorkPlan.State.REPLACED},
        {"role": WorkPlan.Role.REPORT},
        {"period": WorkPlan.Period.YEARS},
    ):
        before = {name: getattr(plan, name) for name in change}
        WorkPlan.objects.filter(pk=plan.pk).update(**change)
        assert [column.label for column in client.get(ADDRESS).context["map"].columns] == ["2020"]
        WorkPlan.objects.filter(pk=plan.pk).update(**before)


def test_conditions_narrow_and_stay_when_the_columns_change(client, world):
    response = client.get(f"{ADDRESS}?organization=胶州市总工会&level=district&year_from=2020")
    assert cells(response) == {"素质": ["0", "0"], "权益": ["100% 2", "100% 2"]}
    links = lxml.html.fromstring(response.content).xpath("//p[@class='views']/a/@href")
    assert all("year_from=2020" in link for link in links if "themes" in link and "?" in link)


def test_the_tint_follows_the_printed_percentage(client, world):
    found = client.get(ADDRESS).context["map"]
    assert {cell.step for _name, row in found.rows for cell in row} == {0, 5}
    assert [emphasis._step(share) for share in (0.4, 3.6, 4, 7.6, 12, 19.7, 50)] == [1, 2, 2, 3, 4, 5, 5]


def test_above_the_cap_the_newest_plans_are_counted(client, world, monkeypatch):
    monkeypatch.setattr(emphasis, "CAP", 1)
    response = client.get(ADDRESS)
    assert response.context["map"].capped
    assert cells(response)["权益"][0] == "100% 2"


def test_nothing_to_count_is_said(client):
    assert "No plan in force meets these conditions." in client.get(ADDRESS).content.decode()


@pytest.mark.parametrize("query", ["", "?of=targets&by=level"])
def test_the_page_costs_the_same_for_one_plan_and_for_thirty(client, editors, query):
    make_theme("skills", "素质")
    clauses(bare_plan(), skills=1)
    one = queries(client, ADDRESS + query)
    for _number in range(29):
        clauses(bare_plan(), skills=1)
    assert len(one) == len(queries(client, ADDRESS + query)) <= 8
