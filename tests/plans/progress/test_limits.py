"""Limits, goals of nothing and goals below zero."""

import pytest
from django.utils import translation

from plans.progress.states import State, progress_of

from .targets import TODAY, day, make_report, make_target

pytestmark = pytest.mark.django_db
AFTER = day(1, 1, 2020)


def progress(target, today=TODAY):
    with translation.override("en"):
        return progress_of([target], today)[target.pk]


@pytest.mark.parametrize("comparator", ["=", "~", "<="])
def test_where_nothing_is_to_happen_anything_is_too_much(comparator):
    target = make_target(number=0, unit="起", object="事故", comparator=comparator)
    make_report(target, 0)
    assert (progress(target).state, progress(target, AFTER).state) == (State.ON_TRACK, State.MET)
    make_report(target, 1, day(7))
    assert (progress(target).state, progress(target, AFTER).state) == (State.BEHIND, State.MISSED)
    assert progress(target).formula.endswith("The limit is exceeded: behind.")


def test_a_limit_that_is_exceeded_is_said_to_be():
    rate = make_target(number="4.5", unit="%", comparator="<=")
    make_report(rate, "4.6")
    assert progress(rate).formula.endswith("The limit is exceeded: behind.")
    used = make_target(number=100, unit="件", comparator="<=")
    make_report(used, 90)
    assert progress(used).formula.endswith("More of the limit is used than of the time: behind.")


def test_a_goal_below_zero_has_no_share_and_no_pace():
    target = make_target(number=-5, unit="%", comparator=">=")
    make_report(target, -8)
    assert (progress(target).state, progress(target).share) == (State.BEHIND, None)
    assert progress(target).formula.endswith("The goal is not reached yet: behind.")
    make_report(target, -3, day(7))
    assert progress(target).state == State.MET


def test_about_a_goal_below_zero_leaves_room_below_it():
    target = make_target(number=-100, unit="%", comparator="~")
    make_report(target, -105)
    assert progress(target).state == State.MET
