"""The last value stands against the time of the day it was reported on, and says so when it grows old."""

import datetime

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from plans.progress.states import STALE_AFTER, Progress, State, progress_of

from .targets import bare_plan, day, make_report, make_target

pytestmark = pytest.mark.django_db

QUARTERS = [(day(3, 31), 25), (day(6, 30), 50), (day(9, 30), 75)]


def progress(target, today) -> Progress:
    return progress_of([target], today)[target.pk]


def test_a_target_reported_every_quarter_at_an_even_pace_is_never_behind():
    target = make_target()
    for on, value in QUARTERS:
        make_report(target, value, on)
    every_day = [day(3, 31) + datetime.timedelta(days=number) for number in range(276)]
    assert {(progress(target, today).state, progress(target, today).stale) for today in every_day} == {
        (State.ON_TRACK, False)
    }
    assert progress(target, day(1, 1, 2020)).state == State.MISSED


def test_a_limit_used_at_an_even_pace_is_never_behind_and_what_was_behind_stays_so():
    limit = make_target(number=365, unit="件", comparator="<=")
    make_report(limit, 90, day(3, 31))
    assert {progress(limit, today).state for today in (day(3, 31), day(4, 1), day(12, 31))} == {State.ON_TRACK}
    late = make_target()
    make_report(late, 24, day(3, 31))
    assert {progress(late, today).state for today in (day(3, 31), day(4, 1), day(12, 31))} == {State.BEHIND}


def test_what_is_counted_anew_keeps_the_day_of_its_report():
    target = make_target(number=91, unit="场", kind="recurring", period="每季度")
    make_report(target, 10, day(4, 10))
    assert [progress(target, today).state for today in (day(4, 10), day(6, 30), day(7, 1))] == [
        State.ON_TRACK,
        State.ON_TRACK,
        State.NO_DATA,
    ]


def test_a_sum_stands_against_the_mean_of_the_days_of_its_parts():
    whole = make_target(number=100)
    make_report(make_target(number=75, parent=whole), 37, day(6, 30))
    make_report(make_target(number=25, parent=whole), 7, day(3, 31))
    one = progress(whole, day(7, 2))
    assert (one.state, one.value, one.on) == (State.ON_TRACK, 44, day(6, 30))
    with translation.override("en"):
        said = progress(whole, day(7, 2)).formula
    assert "By 2019-06-07, the mean day of the reports, 43.2 % of the time from" in said


def test_a_part_without_a_number_weighs_nothing_in_the_mean():
    whole = make_target()
    make_report(make_target(number=None, kind="placeholder", parent=whole), 25, day(3, 31))
    assert progress(whole, day(7, 2)).state == State.ON_TRACK


@pytest.mark.parametrize(
    ("plan", "last"),
    [
        ({}, STALE_AFTER),
        ({"starts_on": day(1, 1, 2019), "ends_on": day(12, 31, 2023), "period": "years"}, 365),  # a fifth of 1826
        ({"starts_on": day(1), "ends_on": day(6, 30), "period": "first_half"}, 36),  # a fifth of 181
    ],
)
def test_a_figure_is_old_after_a_quarter_of_a_year_or_a_fifth_of_other_times(plan, last):
    target = make_target(bare_plan(**plan))
    make_report(target, 20, day(1, 31))
    for number, stale in ((last, False), (last + 1, True)):
        one = progress(target, day(1, 31) + datetime.timedelta(days=number))
        assert (one.state, one.stale) == (State.ON_TRACK, stale)


def test_an_old_figure_keeps_its_state_and_says_of_which_day_it_is():
    target = make_target()
    make_report(target, 40, day(3, 1))
    with translation.override("en"):
        assert progress(target, day(9)).formula == (
            "40家 by 2019-03-01 is 40 % of the goal 100家. Of the time from 2019-01-01 to 2019-12-31, 16.4 % had "
            "passed on that day. No less of the goal than of the time: on track. "
            "The figure is of 2019-03-01, and no newer one is there."
        )
        shown = render_to_string("plans/progress/state.html", {"progress": progress(target, day(9))})
        fresh = render_to_string("plans/progress/state.html", {"progress": progress(target, day(4))})
    assert ("not updated lately" in shown, "not updated lately" in fresh) == (True, False)


def test_what_is_met_or_over_or_without_a_report_is_never_old():
    met, missed, empty, open_ = make_target(), make_target(), make_target(), make_target(number=None)
    for target, value in ((met, 100), (missed, 40), (open_, 3)):
        make_report(target, value, day(1, 5))
    for target, today in ((met, day(12)), (missed, day(1, 1, 2020)), (empty, day(12)), (open_, day(12))):
        assert not progress(target, today).stale


def test_a_deed_not_done_yet_grows_old_too():
    target = make_target(number=1, kind="implied")
    make_report(target, 0, day(1, 5))
    one = progress(target, day(9))
    assert (one.state, one.stale) == (State.ON_TRACK, True)
    with translation.override("en"):
        assert "has passed. There is time left: on track. The figure is of" in progress(target, day(9)).formula
