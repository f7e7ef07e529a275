"""The truth table of a cell, through the database: what is filed, what is expected, and what day it is."""

import datetime

import pytest

from plans.coverage.cells import Mark
from plans.coverage.matrix import cells_of, read_matrix
from plans.models import WorkPlan
from tests.factories import make_organization

from .rows import expect, put_plan

pytestmark = pytest.mark.django_db
YEAR = 2019
DUE = datetime.date(YEAR, 3, 31)
DAY = datetime.timedelta(days=1)
HALVES = ("first_half", "second_half")
QUARTERS = ("q1", "q2", "q3", "q4")


def plans(spans, state="in_force", **fields):
    return [(span, state, fields) for span in ((spans,) if isinstance(spans, str) else spans)]


GUESSED = {"year_stated": False}
FILED = {  # what stands there: plans (span, state, fields) and the mark they make; None: as if there were none
    "nothing": ([], None),
    "in force": (plans("year"), Mark.IN_FORCE),
    "in force, year inferred": (plans("year", **GUESSED), Mark.INFERRED),
    "draft": (plans("year", "draft"), Mark.DRAFT),
    "draft, year inferred": (plans("year", "draft", **GUESSED), Mark.INFERRED),
    "closed": (plans("year", "closed"), Mark.CLOSED),
    "closed, year inferred": (plans("year", "closed", **GUESSED), Mark.CLOSED),
    "replaced": (plans("year", "replaced"), Mark.REPLACED),
    "replaced twice": (plans("year", "replaced") * 2, Mark.REPLACED),
    "replaced and the one in force": (plans("year", "replaced") + plans("year"), Mark.IN_FORCE),
    "replaced and a draft": (plans("year", "replaced") + plans("year", "draft"), Mark.DRAFT),
    "in force beside a draft": (plans("year") + plans("year", "draft"), Mark.IN_FORCE),
    "in force, inferred, beside a stated draft": (plans("year", **GUESSED) + plans("year", "draft"), Mark.INFERRED),
    "closed beside a draft": (plans("year", "closed") + plans("year", "draft"), Mark.CLOSED),
    "in force beside a closed one": (plans("year", "closed") + plans("year"), Mark.IN_FORCE),
    "two drafts, one stated": (plans("year", "draft", **GUESSED) + plans("year", "draft"), Mark.DRAFT),
    "first half": (plans("first_half"), Mark.PARTIAL),
    "second half": (plans("second_half"), Mark.PARTIAL),
    "a draft of a half": (plans("first_half", "draft"), Mark.PARTIAL),
    "a half, inferred": (plans("first_half", **GUESSED), Mark.PARTIAL),
    "a replaced half": (plans("first_half", "replaced"), Mark.REPLACED),
    "a half and a replaced half": (plans("first_half") + plans("second_half", "replaced"), Mark.PARTIAL),
    "a quarter": (plans("q2"), Mark.PARTIAL),
    "three quarters": (plans(QUARTERS[:3]), Mark.PARTIAL),
    "both halves": (plans(HALVES), Mark.IN_FORCE),
    "both halves, one a draft": (plans("first_half") + plans("second_half", "draft"), Mark.DRAFT),
    "both halves, one inferred": (plans("first_half") + plans("second_half", **GUESSED), Mark.INFERRED),
    "both halves closed": (plans(HALVES, "closed"), Mark.CLOSED),
    "both halves, one closed": (plans("first_half", "closed") + plans("second_half"), Mark.IN_FORCE),
    "four quarters": (plans(QUARTERS), Mark.IN_FORCE),
    "a half and two quarters": (plans("first_half") + plans(("q3", "q4")), Mark.IN_FORCE),
    "both halves beside a yearly draft": (plans(HALVES) + plans("year", "draft"), Mark.IN_FORCE),
    "a half beside the year": (plans("first_half") + plans("year"), Mark.IN_FORCE),
    "a half beside a yearly draft": (plans("first_half") + plans("year", "draft"), Mark.DRAFT),
    "a half beside a replaced year": (plans("first_half") + plans("year", "replaced"), Mark.PARTIAL),
    "several years": (plans("years"), None),
    "several years, a draft": (plans("years", "draft"), None),
    "several years and a half": (plans("years") + plans("first_half"), Mark.PARTIAL),
    "several years and the year": (plans("years") + plans("year"), Mark.IN_FORCE),
    "a report": (plans("year", role="report"), None),
    "another subject": (plans("year", subject="经审"), None),
    "another body's": (plans("year", stranger=True), None),
    "the year before": (plans("year", starts_on=DUE.replace(YEAR - 1), ends_on=DUE.replace(YEAR - 1)), None),
    "most of the year before": (plans("year", starts_on=DUE.replace(YEAR - 1), ends_on=DUE - DAY * 80), None),
    "begun in the year before": (
        plans("year", starts_on=datetime.date(YEAR - 1, 12, 20), ends_on=datetime.date(YEAR, 12, 19)),
        Mark.IN_FORCE,
    ),
    "without days": (plans("year", "draft", starts_on=None, ends_on=None), None),
}
EXPECTED = {  # rules, fields of the body, today -> what an empty cell says, and whether something is expected
    "not due": ([{}], {}, DUE - DAY, Mark.PENDING),
    "due today": ([{}], {}, DUE, Mark.PENDING),
    "overdue": ([{}], {}, DUE + DAY, Mark.MISSING),
    "no rule": ([], {}, DUE + DAY, Mark.NONE),
    "exempt": ([{}, {"expected": False}], {}, DUE + DAY, Mark.NONE),
    "another subject's rule": ([{"subject": "经审"}], {}, DUE + DAY, Mark.NONE),
    "before the rule": ([{"first_year": YEAR + 1}], {}, DUE + DAY, Mark.NONE),
    "after the rule": ([{"last_year": YEAR - 1}], {}, DUE + DAY, Mark.NONE),
    "founded on the day": ([{}], {"valid_from": DUE}, DUE + DAY, Mark.MISSING),
    "founded later": ([{}], {"valid_from": DUE + DAY}, DUE + DAY, Mark.NONE),
    "gone since": ([{}], {"valid_to": DUE}, DUE + DAY, Mark.MISSING),
    "gone before": ([{}], {"valid_to": DUE - DAY}, DUE + DAY, Mark.NONE),
}


@pytest.mark.parametrize("filed", FILED)
@pytest.mark.parametrize("expected", EXPECTED)
def test_a_cell(filed, expected):
    rows, mark = FILED[filed]
    rules, body, today, empty = EXPECTED[expected]
    organization = make_organization("胶州市总工会", **body)
    for rule in rules:
        expect(organization, **rule)
    for span, state, fields in rows:
        whose = make_organization("平度市总工会") if "stranger" in fields else organization
        put_plan(whose, YEAR, span, state, **{k: v for k, v in fields.items() if k != "stranger"})
    cell = cells_of([organization], [YEAR], "综合", today)[organization.pk, YEAR]
    due = None if empty == Mark.NONE else DUE
    assert (cell.mark, cell.due) == (mark or empty, due)
    assert cell.apart is (due is None and mark is not None)
    table = read_matrix(WorkPlan.objects.all(), [YEAR], today, within=organization, everybody=True)
    assert [row.cells for row in table.bodies] == [[cell]]


@pytest.mark.parametrize("years", [range(YEAR, YEAR + 5)])
def test_a_plan_of_several_years_is_named_in_each_of_them_and_fills_none(years):
    organization = make_organization()
    plan = put_plan(organization, YEAR, "years")
    found = cells_of([organization], list(years), "综合", DUE)
    assert [(found[organization.pk, year].mark, found[organization.pk, year].others) for year in years] == [
        (Mark.NONE, (plan.pk,))
    ] * 5


def test_the_best_plans_decide_and_the_others_are_named():
    organization = make_organization()
    old, now = put_plan(organization, YEAR, state="replaced"), put_plan(organization, YEAR)
    half = put_plan(organization, YEAR, "first_half")
    cell = cells_of([organization], [YEAR], "综合", DUE)[organization.pk, YEAR]
    assert (cell.plans, set(cell.others)) == ((now.pk,), {old.pk, half.pk})


# Which expectation wins


@pytest.fixture
def tree():
    city = make_organization("青岛市总工会", level="city")
    district = make_organization("胶州市总工会", parent=city)
    town = make_organization("洋河镇总工会", level="township", parent=district)
    return {"city": city, "district": district, "town": town}


RULES = {  # rules as they were made, in order -> the month the town's plan is due in, None where none is expected
    "of its level from above": ([("city", "township", 3, True)], 3),
    "of another level": ([("city", "district", 3, True)], None),
    "about the upper body alone": ([("city", None, 3, True)], None),
    "the lower organisation's": ([("district", "township", 4, True), ("city", "township", 3, True)], 4),
    "its own": ([("town", None, 5, True), ("district", "township", 4, True)], 5),
    "its own by level": ([("town", "township", 6, True), ("district", "township", 4, True)], 6),
    "its own before its own by level": ([("town", None, 5, True), ("town", "township", 6, True)], 5),
    "the latest": ([("city", "township", 3, True), ("city", "township", 4, True)], 4),
    "the latest of its own": ([("town", None, 3, True), ("town", None, 4, True)], 4),
    "exempt itself": ([("town", None, 3, False), ("city", "township", 4, True)], None),
    "exempt by the district": ([("district", "township", 3, False), ("city", "township", 4, True)], None),
    "exempt above, expected below": ([("city", "township", 3, False), ("district", "township", 4, True)], 4),
    "expected again": ([("town", None, 3, False), ("town", None, 4, True)], 4),
}


@pytest.mark.parametrize("case", RULES)
def test_which_expectation_wins(case, tree):
    rules, month = RULES[case]
    for where, level, due_month, expected in rules:
        expect(tree[where], level=level, due_month=due_month, due_day=15, expected=expected)
    cell = cells_of([tree["town"]], [YEAR], "综合", datetime.date(YEAR, 12, 1))[tree["town"].pk, YEAR]
    assert cell.due == (month and datetime.date(YEAR, month, 15))
    table = read_matrix(WorkPlan.objects.all(), [YEAR], DUE, within=tree["town"], everybody=True)
    assert [row.cells[0].due for row in table.bodies] == [cell.due]
    shown = read_matrix(WorkPlan.objects.all(), [YEAR], DUE, within=tree["town"])
    assert [row.cells[0].due for row in shown.bodies] == ([cell.due] if month else [])


def test_a_rule_of_some_years_gives_way_in_the_others(tree):
    expect(tree["city"], level="township")
    expect(tree["town"], first_year=2018, last_year=2018, expected=False)
    found = cells_of([tree["town"]], [2019, 2018, 2017], "综合", DUE)
    assert [found[tree["town"].pk, year].due is None for year in (2019, 2018, 2017)] == [False, True, False]


def test_a_leap_day_is_the_28th_in_other_years(tree):
    expect(tree["town"], due_month=2, due_day=29)
    found = cells_of([tree["town"]], [2020, 2019], "综合", DUE)
    assert [found[tree["town"].pk, year].due.day for year in (2020, 2019)] == [29, 28]
