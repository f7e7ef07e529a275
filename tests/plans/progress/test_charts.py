"""Lines as the server draws them."""

from decimal import Decimal

import pytest

from plans.progress.charts import chart, series
from plans.progress.readings import read

from .targets import TODAY, bare_plan, day, make_report, make_target


def drawn(target, today=TODAY):
    return chart(read([target.pk], today)[target.pk], today)


@pytest.mark.django_db
def test_no_reports_no_line():
    assert drawn(make_target()) is None


@pytest.mark.django_db
def test_a_line_goes_over_the_plan_s_time_from_zero_with_goal_and_pace():
    target = make_target()
    make_report(target, 0, day(1, 1))
    make_report(target, 54, day(7, 2))
    line = drawn(target)
    assert (line.lines, line.end, line.goal) == (["0.0,100.0 50.0,50.0"], ("50.0", "50.0"), "7.4")
    assert (line.pace, line.now, line.first, line.last) == ("0.0,100.0 100.0,7.4", "50.0", "2019-01-01", "2019-12-31")


@pytest.mark.django_db
def test_what_is_counted_anew_has_a_line_for_each_period():
    target = make_target(bare_plan(), 2, "场", kind="recurring", period="每季度")
    for on in (day(2), day(3), day(5)):
        make_report(target, 1, on)
    assert [line.count(",") for line in drawn(target).lines] == [2, 1]


@pytest.mark.django_db
def test_a_rate_below_zero_and_a_goal_of_nothing_are_drawn():
    target = make_target(number=0, unit="%", comparator="<=")
    make_report(target, -2)
    assert (drawn(target).goal, drawn(target).end[1]) == ("33.3", "100.0")
    nothing = make_target(number=0, unit="件", comparator="<=")
    make_report(nothing, 0)
    assert drawn(nothing).end[1] == "100.0"


def test_a_series_breaks_where_a_year_is_unknown():
    years = [("2019", 10, 10), ("2020", 10, None), ("2021", None, 20), ("2022", 20, 10)]
    points = [(name, *(None if number is None else Decimal(number) for number in pair)) for name, *pair in years]
    line = series(points)
    assert [run.count(",") for run in line.lines] == [1, 2]
    assert (len(line.dots), line.pace.count(","), line.ticks) == (3, 3, ["2019", "2020", "2021", "2022"])


def test_one_year_is_no_series():
    assert series([("2019", Decimal(1), Decimal(1))]) is None
    assert series([("2019", None, None), ("2020", None, None)]) is None
