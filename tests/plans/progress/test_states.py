"""Every rule by which the state of a target is told."""

import datetime
from decimal import Decimal

import pytest
from django.utils import translation

from plans.progress.states import State, progress_of

from .targets import TODAY, bare_plan, day, make_report, make_target

pytestmark = pytest.mark.django_db


def state(target, today=TODAY) -> str:
    return progress_of([target], today)[target.pk].state


def test_no_report_is_no_data_and_never_zero():
    target = make_target()
    progress = progress_of([target], day(12, 31, 2020))[target.pk]
    assert (progress.state, progress.value, progress.share, progress.reports) == (State.NO_DATA, None, None, 0)


def test_a_reported_zero_is_a_value():
    target = make_target()
    make_report(target, 0)
    progress = progress_of([target], TODAY)[target.pk]
    assert (progress.state, progress.value, progress.share) == (State.BEHIND, 0, 0)


@pytest.mark.parametrize(
    ("value", "today", "expected"),
    [
        (49, TODAY, State.BEHIND),  # the day of the report was the 181st of 365: 49.6 %
        (50, TODAY, State.ON_TRACK),
        (100, TODAY, State.MET),
        (49, datetime.date(2019, 12, 31), State.BEHIND),  # the last day is not over
        (99, datetime.date(2019, 12, 31), State.ON_TRACK),
        (99, datetime.date(2020, 1, 1), State.MISSED),
        (100, datetime.date(2020, 1, 1), State.MET),
    ],
)
def test_the_share_of_the_goal_stands_against_the_share_of_the_time(value, today, expected):
    target = make_target()
    make_report(target, value)
    assert state(target, today) == expected


def test_the_deadline_of_the_target_comes_before_the_end_of_the_plan():
    target = make_target(deadline=day(6, 30))
    make_report(target, 60, day(6))  # 152 of 181 days
    assert state(target, day(6, 30)) == State.BEHIND
    assert state(target, day(7, 1)) == State.MISSED


@pytest.mark.parametrize(
    ("comparator", "met", "not_met"),
    [("=", 100, 99), (">=", 100, 99), (">", 101, 100), ("~", 95, 94)],
)
def test_met_when_the_comparator_holds(comparator, met, not_met):
    target = make_target(comparator=comparator)
    make_report(target, not_met)
    assert state(target, day(1, 1, 2020)) == State.MISSED
    make_report(target, met, day(7))
    assert state(target) == State.MET


@pytest.mark.parametrize(("comparator", "kept", "broken"), [("<=", 100, 101), ("<", 99, 100)])
def test_a_limit_is_met_when_its_time_is_over(comparator, kept, broken):
    target = make_target(comparator=comparator, unit="件")
    make_report(target, kept, day(12, 31))
    assert state(target, day(12, 31)) == State.ON_TRACK
    assert state(target, day(1, 1, 2020)) == State.MET
    make_report(target, broken, day(12, 31))
    assert state(target, day(12, 31)) == State.BEHIND
    assert state(target, day(1, 1, 2020)) == State.MISSED


def test_a_limit_is_behind_where_more_of_it_is_used_than_of_the_time():
    target = make_target(comparator="<=", unit="件")
    make_report(target, 51)
    assert state(target) == state(target, day(7, 10)) == State.BEHIND
    make_report(target, 51, day(7, 10))
    assert state(target, day(7, 10)) == State.ON_TRACK


def test_a_limit_of_a_rate_has_no_pace():
    target = make_target(number="4.5", unit="%", comparator="<=")
    make_report(target, "4.4", day(1, 2))
    assert state(target, day(1, 5)) == State.ON_TRACK
    make_report(target, "4.6", day(2))
    assert state(target) == State.BEHIND


def test_a_value_left_open_is_open_with_or_without_reports():
    target = make_target(number=None, kind="placeholder")
    assert state(target) == State.OPEN
    make_report(target, 3)
    progress = progress_of([target], TODAY)[target.pk]
    assert (progress.state, progress.value, progress.goal, progress.share) == (State.OPEN, 3, None, None)


def test_a_deed_is_on_track_until_its_time_is_over():
    target = make_target(number=1, kind="implied")
    make_report(target, 0)
    assert state(target) == State.ON_TRACK
    assert state(target, day(1, 1, 2020)) == State.MISSED
    make_report(target, 1, day(7))
    assert state(target) == State.MET


def test_what_recurs_is_counted_anew_in_every_period():
    target = make_target(number=10, unit="场", kind="recurring", period="每季度")
    make_report(target, 10, day(3, 31))
    assert state(target, day(3, 31)) == State.MET
    assert state(target, day(4, 1)) == State.NO_DATA
    make_report(target, 1, day(4, 10))
    progress = progress_of([target], day(6, 30))[target.pk]
    assert (progress.state, progress.value, progress.reports) == (State.BEHIND, 1, 1)


def test_what_recurs_every_year_of_a_plan_for_several_years():
    plan = bare_plan(starts_on=day(1, 1, 2016), ends_on=day(12, 31, 2020), period="years")
    target = make_target(plan, 1000, "名", kind="recurring", period="每年")
    make_report(target, 1000, day(12, 20, 2018))
    make_report(target, 300, day(2, 1, 2019))
    assert state(target, day(12, 31, 2018)) == State.MET
    assert state(target, day(3, 1, 2019)) == State.ON_TRACK
    make_report(target, 400, day(6, 1, 2019))
    assert state(target, day(6, 1, 2019)) == State.BEHIND


def test_the_last_report_of_a_total_counts_and_none_of_the_days_to_come():
    target = make_target()
    make_report(target, 30, day(3))
    make_report(target, 60, day(6))
    make_report(target, 90, day(9))
    progress = progress_of([target], TODAY)[target.pk]
    assert (progress.value, progress.share, progress.on, progress.reports) == (60, 60, day(6), 2)


def test_a_correction_stands_for_what_it_corrects_and_one_without_value_takes_it_back():
    target = make_target()
    wrong = make_report(target, 600, day(6))
    right = make_report(target, 60, day(6), corrects=wrong)
    assert progress_of([target], TODAY)[target.pk].value == 60
    make_report(target, None, day(6), corrects=right)
    assert state(target) == State.NO_DATA


def test_a_plan_without_dates_has_no_pace():
    plan = bare_plan(year=None, in_force=False)
    target = make_target(plan)
    make_report(target, 1)
    assert state(target) == State.ON_TRACK
    make_report(target, 100, day(7))
    assert state(target) == State.MET


def test_the_share_is_rounded_down():
    target = make_target(number=1000, unit="人")
    make_report(target, 999)
    progress = progress_of([target], TODAY)[target.pk]
    assert (progress.share, progress.percent) == (Decimal("99.9"), 99)


def test_achieved_figures_and_standards_have_no_progress():
    assert progress_of([make_target(kind="achieved"), make_target(kind="standard")], TODAY) == {}


def test_the_formula_says_it_in_words():
    target = make_target()
    make_report(target, 40)
    with translation.override("en"):
        formula = progress_of([target], TODAY)[target.pk].formula
    assert formula == (
        "40家 by 2019-06-30 is 40 % of the goal 100家. Of the time from 2019-01-01 to 2019-12-31, 49.5 % had "
        "passed on that day. Less of the goal than of the time: behind."
    )


@pytest.mark.parametrize("number", [1, 30])
def test_two_queries_whatever_the_number(number, django_assert_num_queries):
    plan = bare_plan()
    targets = [make_target(plan) for _ in range(number)]
    for target in targets:
        make_report(make_target(bare_plan(), parent=target), 5)
    with django_assert_num_queries(2):
        assert {one.value for one in progress_of(targets, TODAY).values()} == {5}
