"""States do not jump: more is never worse, later never better, whatever the numbers and days."""

import datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from plans.models import Target
from plans.progress.readings import Figure, Reading
from plans.progress.rollup import reached
from plans.progress.states import State, judge

RANKS = [State.MISSED, State.BEHIND, State.ON_TRACK, State.MET]  # from bad to good
FIRST, LAST = datetime.date(2019, 1, 1), datetime.date(2019, 12, 31)
values = st.decimals(min_value=0, max_value=10**9, places=4)
goals = st.decimals(min_value=Decimal("0.0001"), max_value=10**9, places=4)
days = st.dates(datetime.date(2018, 6, 1), datetime.date(2020, 6, 1))
at_least = st.sampled_from(["=", ">=", ">", "~"])
limits = st.sampled_from(["<=", "<"])


def reading(value, goal, comparator, unit="家") -> Reading:
    figures = [] if value is None else [Figure(FIRST, value)]
    return Reading(
        1, None, 1, "in_force", "", FIRST, LAST, "year", Target.Kind.TARGET, goal, unit, comparator, "", None, "", None,
        "", figures,
    )  # fmt: skip


def progress(value, goal, comparator, today, unit="家"):
    one = reading(value, goal, comparator, unit)
    return judge(one, reached(one, today), today)


def rank(*args) -> int:
    return RANKS.index(progress(*args).state)


@given(values, values, goals, at_least, days)
def test_more_is_never_worse(one, other, goal, comparator, today):
    less, more = sorted([one, other])
    assert rank(less, goal, comparator, today) <= rank(more, goal, comparator, today)


@given(values, values, goals, limits, days)
def test_less_is_never_worse_where_there_is_a_limit(one, other, goal, comparator, today):
    less, more = sorted([one, other])
    assert rank(more, goal, comparator, today) <= rank(less, goal, comparator, today)


@given(values, goals, at_least, days, days)
def test_with_the_same_report_later_is_never_better(value, goal, comparator, one, other):
    earlier, later = sorted([one, other])
    assert rank(value, goal, comparator, later) <= rank(value, goal, comparator, earlier)


@given(values, goals, st.sampled_from(["=", ">=", ">", "~", "<=", "<"]), days, st.sampled_from(["家", "%"]))
def test_missed_only_after_the_last_day_and_then_nothing_is_under_way(value, goal, comparator, today, unit):
    state = progress(value, goal, comparator, today, unit).state
    assert (state == State.MISSED) <= (today > LAST)
    assert (today > LAST) <= (state in (State.MET, State.MISSED))


@given(goals, days)
def test_nothing_reported_is_no_data_on_any_day(goal, today):
    one = progress(None, goal, "=", today)
    assert (one.state, one.value, one.share) == (State.NO_DATA, None, None)


@given(values, goals, at_least, days)
def test_the_share_never_says_a_hundred_before_it_is_there(value, goal, comparator, today):
    assert (progress(value, goal, comparator, today).percent >= 100) == (value >= goal)


@given(values, goals, st.sampled_from(["=", "<=", ">", "<", "~", ">="]), days)
def test_there_is_always_a_formula(value, goal, comparator, today):
    assert progress(value, goal, comparator, today).formula
