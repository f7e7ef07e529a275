"""The coverage page: what it shows to whom, where its cells lead, what it costs."""

import csv
import datetime
import io
import json
from urllib.parse import parse_qs, urlsplit

import lxml.html
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from organizations.models import AuditEntry, SiteSettings
from plans.models import Reminder, Target
from tests.factories import make_organization, make_user

from .rows import expect, put_plan

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
YEAR = TODAY.year - 1
"""Long due."""


@pytest.fixture
def client():
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def tree():
    city = make_organization("青岛市总工会", level="city")
    jiaozhou = make_organization("胶州市总工会", parent=city)
    pingdu = make_organization("平度市总工会", parent=city)
    town = make_organization("洋河镇总工会", level="township", parent=jiaozhou)
    expect(city, level="district", first_year=YEAR - 1)
    return {"city": city, "jiaozhou": jiaozhou, "pingdu": pingdu, "town": town}


def table(client, **data):
    """{body: {year: text of the cell}} and the answer."""
    response = client.get(reverse("plan-coverage"), data)
    assert response.status_code == 200
    page = lxml.html.fromstring(response.content)
    years = [head.text for head in page.xpath("//div[@class and contains(@class, 'cov')]//thead//th")[1:-1]]
    found = {}
    for row in page.xpath("//div[contains(@class, 'cov')]//tbody/tr[td]"):
        cells = [" ".join(cell.xpath(".//*[@aria-hidden]/text()")) for cell in row.xpath("td")[:-1]]
        found[row.xpath("string(th/a)")] = dict(zip(years, cells, strict=True))
    return found, response


def cell(response, body: str, year: int):
    page = lxml.html.fromstring(response.content)
    at = [head.text for head in page.xpath("//thead//th")].index(str(year))
    return page.xpath(f"//tr[th/a[string()='{body}']]/td")[at - 1][0]


def test_bodies_by_level_and_years_with_the_newest_first(client, tree):
    put_plan(tree["jiaozhou"], YEAR)
    put_plan(tree["town"], YEAR)
    client.force_login(make_user(is_superuser=True, is_staff=True))
    found, response = table(client)
    assert list(found) == ["胶州市总工会", "平度市总工会", "洋河镇总工会"]
    assert list(found["胶州市总工会"]) == [str(year) for year in range(TODAY.year, TODAY.year - 10, -1)]
    assert found["胶州市总工会"][str(YEAR)] == "full 0"
    assert found["平度市总工会"][str(YEAR)] == "gap"
    assert found["平度市总工会"][str(YEAR - 2)] == "—"
    assert found["洋河镇总工会"][str(YEAR)] == "(full) 0"
    totals = {name: by_year[1] for name, by_year, _ in response.context["totals"]}
    assert {name: (tally.filed, tally.expected, tally.apart, tally.percent) for name, tally in totals.items()} == {
        "区县": (1, 2, 0, 50),
        "乡镇街道": (0, 0, 1, None),
        "all levels": (1, 2, 1, 50),
    }
    assert response.context["this_year"][0] in (TODAY.year, YEAR)


@pytest.mark.parametrize(
    ("asked", "bodies"),
    [
        ({"organization": "胶州市总工会"}, ["胶州市总工会", "洋河镇总工会"]),
        ({"level": "district"}, ["胶州市总工会", "平度市总工会"]),
        ({"level": "township"}, ["洋河镇总工会"]),
        ({"show": "gaps"}, ["胶州市总工会", "平度市总工会"]),
        ({"show": "drafts"}, ["平度市总工会"]),
        ({"show": "inferred"}, ["洋河镇总工会"]),
        ({"subject": "经审"}, []),
        ({"everybody": "1"}, ["青岛市总工会", "胶州市总工会", "平度市总工会", "洋河镇总工会"]),
        ({"year_from": str(YEAR - 3), "year_to": str(YEAR - 2)}, []),
    ],
)
def test_filters(client, tree, asked, bodies):
    put_plan(tree["jiaozhou"], YEAR)
    put_plan(tree["pingdu"], YEAR, state="draft")
    put_plan(tree["town"], YEAR, year_stated=False)
    client.force_login(make_user(is_superuser=True, is_staff=True))
    assert list(table(client, **asked)[0]) == bodies


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"year_from": "19"}, "“19” is not a year. Write four digits such as 2019; the condition was left out."),
        (
            {"year_from": "2019", "year_to": "2018"},
            "The first year 2019 lies after the last year 2018. Exchange the two.",
        ),
        ({"year_from": "1950", "year_to": "2020"}, "The table holds 30 years at most; the earlier ones were left out."),
        ({"level": "x"}, "“x” is not known as “level”; the condition was left out."),
        ({"show": "x"}, "“x” is not known as “only”; the condition was left out."),
        ({"organization": "x"}, "No organization is called “x”. Write its full name, or a part of it."),
        ({"organization": "市总工会"}, "Several organizations match “市总工会”. Choose one of them."),
    ],
)
def test_what_cannot_be_read_is_left_out_and_said(client, tree, asked, said):
    client.force_login(make_user(is_superuser=True, is_staff=True))
    response = table(client, **asked)[1]
    assert response.context["asked"].complaints == [said]


# Where cells lead


def test_a_plan_several_plans_and_a_gap_lead_to_different_places(client, tree):
    plan = put_plan(tree["jiaozhou"], YEAR)
    Target.objects.create(
        plan=plan, position=1, quote="建会5家", quote_hash="0" * 64, start=0, end=5, number=5, unit="家", kind="target"
    )
    for half in ("first_half", "second_half"):
        put_plan(tree["jiaozhou"], YEAR - 1, half)
    client.force_login(make_user(is_superuser=True, is_staff=True))
    found, response = table(client)
    assert found["胶州市总工会"][str(YEAR)] == "full 1"
    assert cell(response, "胶州市总工会", YEAR).get("href") == plan.get_absolute_url()
    several = urlsplit(cell(response, "胶州市总工会", YEAR - 1).get("href"))
    assert several.path == reverse("plans")
    assert parse_qs(several.query)["year"] == [str(YEAR - 1)]
    gap = urlsplit(cell(response, "平度市总工会", YEAR).get("href"))
    assert gap.path == reverse("admin:plans_workplan_add")
    assert parse_qs(gap.query) == {"organization": [str(tree["pingdu"].pk)], "year": [str(YEAR)], "subject": ["综合"]}
    form_page = client.get(cell(response, "平度市总工会", YEAR).get("href"))
    form = form_page.context["adminform"].form
    assert (form.initial["organization"], form.initial["year"]) == (str(tree["pingdu"].pk), str(YEAR))
    onward = lxml.html.fromstring(form_page.text).xpath("//form//a[contains(@href, 'importbatch/add')]/@href")
    upload = client.get(onward[0]).context["wanted"]
    assert upload == (tree["pingdu"], YEAR)


def test_a_gap_leads_nowhere_for_those_who_may_not_file_there(client, tree):
    client.force_login(make_user(role="editor", organization=tree["jiaozhou"], is_staff=True))
    response = table(client)[1]
    assert cell(response, "胶州市总工会", YEAR).get("href") is not None
    assert cell(response, "平度市总工会", YEAR).tag == "span"


def test_editors_of_the_site_may_file_for_everybody(client, tree):
    editors = make_organization("编辑部", level=None, origin="site")
    SiteSettings.objects.update_or_create(pk=1, defaults={"organization": editors})
    client.force_login(make_user(role="editor", organization=editors, is_staff=True))
    assert cell(table(client)[1], "平度市总工会", YEAR).get("href") is not None


# What may be seen


def test_a_draft_of_others_looks_as_if_nothing_were_there(client, tree):
    put_plan(tree["jiaozhou"], YEAR, state="draft")
    put_plan(tree["pingdu"], YEAR)
    client.force_login(make_user(role="editor", organization=tree["pingdu"]))
    found, response = table(client)
    assert (found["胶州市总工会"][str(YEAR)], found["平度市总工会"][str(YEAR)]) == ("gap", "full 0")
    assert "Drafts of other organizations" in response.text
    client.force_login(make_user(role="editor", organization=tree["city"]))
    assert table(client)[0]["胶州市总工会"][str(YEAR)] == "draft 0"


def test_outsiders_go_to_the_sign_in_and_accounts_without_a_role_are_refused(client, tree):
    for name in ("plan-coverage", "plan-coverage-expected"):
        assert client.get(reverse(name)).status_code == 302
    client.force_login(make_user())
    assert client.get(reverse("plan-coverage")).status_code == 403


# Exports


def test_the_whole_narrowed_table_is_taken_away_and_recorded(client, tree):
    put_plan(tree["jiaozhou"], YEAR)
    make_organization("=1+1", parent=tree["city"])
    client.force_login(make_user(is_superuser=True, is_staff=True))
    asked = {"level": "district", "year_from": str(YEAR), "year_to": str(YEAR), "format": "csv"}
    answer = client.get(reverse("plan-coverage"), asked)
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert rows == [
        ["organization", "level", str(YEAR), "filed", "expected", "%"],
        ["胶州市总工会", "区县", "full", "1", "1", "100"],
        ["平度市总工会", "区县", "gap", "0", "1", "0"],
        ["'=1+1", "区县", "gap", "0", "1", "0"],
        ["filed: 区县", "区县", "1", "1", "3", "33"],
        ["expected: 区县", "区县", "3", "1", "3", "33"],
        ["percent filed: 区县", "区县", "33", "1", "3", "33"],
    ]
    assert AuditEntry.objects.filter(verb="export").get().after == {"count": 3}
    taken = json.loads(client.get(reverse("plan-coverage"), asked | {"format": "json"}).getvalue())
    assert [row["organization"] for row in taken["rows"]][:3] == ["胶州市总工会", "平度市总工会", "=1+1"]
    assert client.get(reverse("plan-coverage"), asked | {"format": "xlsx"}).getvalue()[:2] == b"PK"


# One body


def test_the_page_of_a_body_names_every_plan_and_the_rule(client, tree):
    put_plan(tree["jiaozhou"], YEAR, state="replaced")
    now = put_plan(tree["jiaozhou"], YEAR)
    expect(tree["jiaozhou"], first_year=YEAR - 1, last_year=YEAR - 1, expected=False, note="机构改革")
    Reminder.objects.create(organization=tree["jiaozhou"], year=YEAR, note="请抓紧")
    client.force_login(make_user(role="editor", organization=tree["city"], is_staff=True))
    response = client.get(reverse("plan-coverage-body", args=[tree["jiaozhou"].slug]))
    years = {row.year: row for row in response.context["years"]}
    assert years[YEAR].plans[0] == now
    assert len(years[YEAR].plans) == 2
    assert years[YEAR].rule.organization == tree["city"]
    assert (years[YEAR - 1].cell.due, years[YEAR - 1].rule.note) == (None, "机构改革")
    assert "请抓紧" in response.text
    gap = client.get(reverse("plan-coverage-body", args=[tree["pingdu"].slug]))
    onward = lxml.html.fromstring(gap.text).xpath("//a[contains(@href, 'importbatch/add')]/@href")
    years = [parse_qs(urlsplit(address).query)["year"][0] for address in onward]
    assert years == [str(YEAR + 1), str(YEAR), str(YEAR - 1)]
    assert client.get(onward[1]).context["wanted"] == (tree["pingdu"], YEAR)


def test_bodies_that_stand_nowhere_in_the_tree_are_named(client, tree):
    apart = make_organization("海滨县总工会", origin="import:旧站")
    put_plan(apart, YEAR)
    put_plan(tree["jiaozhou"], YEAR)
    make_organization("山前县总工会", origin="import:旧站")
    client.force_login(make_user(is_superuser=True, is_staff=True))
    found, response = table(client)
    assert "海滨县总工会" not in found
    assert response.context["without_row"] == [apart]
    assert reverse("plan-coverage-body", args=[apart.slug]) in response.text
    assert table(client, organization="青岛市总工会")[1].context["without_row"] == []


# What it costs


@pytest.mark.parametrize("asked", [{}, {"show": "gaps"}, {"remind": str(YEAR)}, {"organization": "胶州市总工会"}])
@pytest.mark.parametrize("role", ["superuser", "manager"])
def test_one_body_costs_as_many_queries_as_thirty(client, tree, asked, role):
    if role == "superuser":
        user = make_user(is_superuser=True, is_staff=True)
    else:
        user = make_user(role="manager", organization=tree["city"], is_staff=True)
    client.force_login(user)
    put_plan(tree["jiaozhou"], YEAR)
    client.get(reverse("plan-coverage"), asked)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(reverse("plan-coverage"), asked)
    for number in range(30):
        body = make_organization(f"第{number}镇总工会", level="township", parent=tree["jiaozhou"])
        expect(body, first_year=YEAR)
        put_plan(body, YEAR - number % 3)
        Reminder.objects.create(organization=body, year=YEAR)
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("plan-coverage"), asked)
    assert len(many) == len(few) <= 17


@pytest.mark.parametrize("name", ["plan-coverage-body", "plan-coverage-expected"])
def test_the_other_pages_cost_the_same_for_many_rows(client, tree, name):
    address = reverse(name, args=[tree["jiaozhou"].slug] if name == "plan-coverage-body" else [])
    client.force_login(make_user(role="manager", organization=tree["city"], is_staff=True))

    def fill(years):
        for year in years:
            put_plan(tree["jiaozhou"], year)
            expect(tree["jiaozhou"], first_year=year)
            Reminder.objects.create(organization=tree["jiaozhou"], year=year)

    fill([YEAR])
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    fill(range(YEAR - 8, YEAR))
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few) <= 14


def test_sixty_bodies_a_page_and_totals_over_all(client, tree):
    for number in range(61):
        expect(make_organization(f"第{number}镇总工会", level="township", parent=tree["pingdu"]), first_year=YEAR)
    client.force_login(make_user(is_superuser=True, is_staff=True))
    found, response = table(client)
    assert (len(found), response.context["page"].paginator.num_pages) == (60, 2)
    assert response.context["totals"][-1][1][1].expected == 63
    assert len(table(client, page=2)[0]) == 3
    assert datetime.date(YEAR, 3, 31) == response.context["groups"][0][1][0].cells[1].cell.due
