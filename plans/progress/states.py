"""The state of a target: computed whenever it is shown, never stored, with its formula in words."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal
from functools import cached_property, partial

from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from plans.models import Measure, Target, WorkPlan

from .readings import Reading, read
from .rollup import Reached, reached

ABOUT = Decimal("0.95")  # 左右 is reached from here on
_AT_MOST = (Target.Comparator.AT_MOST, Target.Comparator.LESS)
_NAMED = 3
STALE_AFTER = 100  # days without a newer report: a quarter and ten days to hand it in, in a plan for a year
STALE_PART = 5  # of the time of plans for other times, a fifth


class State(models.TextChoices):
    MET = "met", pgettext_lazy("state of a target", "met")  # 已完成
    ON_TRACK = "on_track", pgettext_lazy("state of a target", "on track")  # 进行中
    BEHIND = "behind", pgettext_lazy("state of a target", "behind")  # 落后
    MISSED = "missed", pgettext_lazy("state of a target", "missed")  # 未完成
    NO_DATA = "no_data", gettext_lazy("nothing reported")  # 未填报
    OPEN = "open", gettext_lazy("value missing")  # 缺数值


@dataclass(frozen=True)
class Progress:
    """How far a target has come on a day: `share` is the percentage of the goal (96 is 96 %), rounded down.

    `stale` says that the state rests on a figure so old that a newer one should be there.
    """

    state: State
    value: Decimal | None
    goal: Decimal | None
    share: Decimal | None
    on: datetime.date | None
    reports: int
    stale: bool
    explain: Callable[[], str] = field(repr=False, compare=False)
    language: str | None = field(default_factory=translation.get_language, repr=False, compare=False)

    @cached_property
    def formula(self) -> str:
        """Why the state is what it is, in sentences of the language it was judged in; told only when asked for."""
        with translation.override(self.language):
            return self.explain()

    @property
    def percent(self) -> int | None:
        return None if self.share is None else int(self.share)

    @property
    def filled(self) -> int:
        """How much of a bar a hundred wide is filled."""
        return min(100, max(0, self.percent or 0))


def progress_of(targets: Iterable[Target], today: datetime.date, user=None) -> dict[int, Progress]:
    """How far each of `targets` that promises something has come by `today`, by its number; two queries in all.

    The formula names no part that `user` may not see; None is the machine.
    """
    asked = [target.pk for target in targets if target.kind in Target.FORWARD]
    readings = read(asked, today, user)
    return {pk: judge(readings[pk], reached(readings[pk], today), today) for pk in asked if pk in readings}


def holds(value: Decimal, comparator: str, goal: Decimal) -> bool:
    """Whether `value` keeps what `comparator` and `goal` promise: = is at least, ≈ from 95 % on, > and < strictly.

    Where nothing is to happen (事故0起) = is at most.
    """
    match comparator:
        case Target.Comparator.EQUAL | Target.Comparator.ABOUT if not goal:
            return value <= 0
        case Target.Comparator.MORE:
            return value > goal
        case Target.Comparator.LESS:
            return value < goal
        case Target.Comparator.AT_MOST:
            return value <= goal
        case Target.Comparator.ABOUT:
            return value >= goal - abs(goal) * (1 - ABOUT)
        case _:
            return value >= goal


def judge(one: Reading, its: Reached, today: datetime.date) -> Progress:
    """The state of `one`, which has come to `its` by `today`.

    What is promised is met once it holds, a limit only when its last day is over. Until then the share of the goal is
    set against the share of the time that had passed on the day of the last report: less of the goal than of the time
    is behind, and for a limit more of it. A rate that keeps its limit and a deed not done yet are under way. Missed is
    what does not hold after the last day; where nothing is reported there is no state but that.
    """
    goal, span = one.goal, one.span(today)
    share = None if its.value is None or not goal or goal < 0 else its.value * 100 / goal
    if goal is None:
        state = State.OPEN
    elif its.value is None:
        state = State.NO_DATA
    else:
        state = _state(one, its, goal, span, today)
    shown = None if share is None else share.quantize(Decimal("0.1"), ROUND_DOWN)
    stale = state in (State.ON_TRACK, State.BEHIND) and _is_stale(one, its, today)
    explain = partial(_formula, one, its, state, shown, span, today, stale)
    return Progress(state, its.value, goal, shown, its.on, its.reports, stale, explain)


def _state(one: Reading, its: Reached, goal: Decimal, span, today: datetime.date) -> State:
    value = its.value
    limit, kept = _is_limit(one), holds(value, one.comparator, goal)
    if span is None:
        return State.MET if kept and not limit else State.ON_TRACK
    if today > span[1]:
        return State.MET if kept else State.MISSED
    if not limit and kept:
        return State.MET
    if one.measure == Measure.DONE:
        return State.ON_TRACK
    if not kept and (limit or not _has_pace(one)):
        return State.BEHIND
    passed, whole = _days(span, its.at)
    ahead = value * whole - goal * passed if _has_pace(one) else 0
    return State.BEHIND if (ahead > 0 if limit else ahead < 0) else State.ON_TRACK


def _is_limit(one: Reading) -> bool:
    """Whether no more than the goal may be reached; a goal of nothing is a limit."""
    return one.comparator in _AT_MOST or (one.goal == 0 and holds(Decimal(0), one.comparator, Decimal(0)))


def _has_pace(one: Reading) -> bool:
    """Whether the share of the goal stands against the share of the time; a deed and the limit of a rate have none.

    Nor has a goal of nothing or below.
    """
    bare = one.measure == Measure.DONE or (_is_limit(one) and one.measure == Measure.RATE)
    return not bare and one.goal is not None and one.goal > 0


def _is_stale(one: Reading, its: Reached, today: datetime.date) -> bool:
    """Whether the last report is older than one expects; what is counted anew is looked at as in a plan for a year."""
    if one.starts is None or one.ends is None:
        return False
    yearly = one.plan_period == WorkPlan.Period.YEAR or one.measure == Measure.EACH
    return (today - its.on).days > (STALE_AFTER if yearly else ((one.ends - one.starts).days + 1) // STALE_PART)


def _days(span: tuple[datetime.date, datetime.date], day: datetime.date) -> tuple[int, int]:
    """How many days of `span` are over with the end of `day`, and how many there are; one at least."""
    whole = max(1, (span[1] - span[0]).days + 1)
    return min(whole, max(0, (day - span[0]).days + 1)), whole


def _formula(
    one: Reading, its: Reached, state: State, share: Decimal | None, span, today: datetime.date, stale: bool
) -> str:
    """Why `state` is what it is, in sentences."""
    said = []
    goal = f"{one.goal.normalize():f}{one.unit}" if one.goal is not None else ""
    if its.summed and (its.counted or its.missing or its.other):
        said.append(_sum(its))
    if one.goal is None:
        return _joined([*said, _("The text leaves the value open, so nothing can be measured against it.")])
    if its.value is None:
        said.append(_("Nothing has been reported for this time; that is not zero."))
    elif one.measure == Measure.DONE:
        done = _("Done, as reported on %(day)s.") if its.value >= 1 else _("Not done yet, as reported on %(day)s.")
        said.append(done % {"day": f"{its.on:%Y-%m-%d}"})
    elif share is None:
        said.append(
            _("%(value)s by %(day)s; the goal is %(goal)s.")
            % {"value": f"{its.value.normalize():f}{one.unit}", "day": f"{its.on:%Y-%m-%d}", "goal": goal}
        )
    else:
        said.append(
            _("%(value)s by %(day)s is %(share)s %% of the goal %(goal)s.")
            % {
                "value": f"{its.value.normalize():f}{one.unit}",
                "day": f"{its.on:%Y-%m-%d}",
                "share": f"{share.normalize():f}",
                "goal": goal,
            }
        )
    said += [_time(one, its, span, today), _why(one, its, state)]
    if stale:
        said.append(_("The figure is of %(day)s, and no newer one is there.") % {"day": f"{its.on:%Y-%m-%d}"})
    return _joined(said)


def _joined(sentences: list[str]) -> str:
    """Sentences one after the other, as the language has it."""
    text = ""
    for sentence in filter(None, sentences):
        text = pgettext("two sentences", "%(first)s %(second)s") % {"first": text, "second": sentence}
    return text.strip()


def _sum(its: Reached) -> str:
    said = [ngettext("Sum of %(number)d part.", "Sum of %(number)d parts.", its.counted) % {"number": its.counted}]
    if its.missing:
        said.append(_("Nothing reported by: %(names)s.") % {"names": _names(its.missing)})
    if its.other:
        said.append(_("Not added, counted in another way: %(names)s.") % {"names": _names(its.other)})
    return _joined(said)


def _names(parts: list[Reading]) -> str:
    """The names of the parts that the reader may see, a few of many, and how many others there are."""
    names = [part.name for part in parts if part.seen]
    shown = pgettext("between two counts", ", ").join(names[:_NAMED])
    if more := names[_NAMED:]:
        shown = _("%(names)s and %(number)d more") % {"names": shown, "number": len(more)}
    if not (unseen := len(parts) - len(names)):
        return shown
    others = ngettext("%(number)d part you may not see", "%(number)d parts you may not see", unseen)
    others %= {"number": unseen}
    return _("%(names)s, and %(others)s") % {"names": shown, "others": others} if names else others


def _time(one: Reading, its: Reached, span, today: datetime.date) -> str:
    if span is None:
        return _("The plan has no dates yet.")
    days = {"first": f"{span[0]:%Y-%m-%d}", "last": f"{span[1]:%Y-%m-%d}"}
    if today > span[1]:
        return _("The time from %(first)s to %(last)s is over.") % days
    paced = its.at is not None and _has_pace(one)
    passed, whole = _days(span, its.at if paced else today)
    share = (Decimal(passed * 100) / whole).quantize(Decimal("0.1"), ROUND_DOWN)
    said = {**days, "share": f"{share.normalize():f}"}
    if not paced:
        return _("Of the time from %(first)s to %(last)s, %(share)s %% has passed.") % said
    if its.summed:
        words = _(
            "By %(day)s, the mean day of the reports, %(share)s %% of the time from %(first)s to %(last)s had passed."
        )
        return words % {**said, "day": f"{its.at:%Y-%m-%d}"}
    return _("Of the time from %(first)s to %(last)s, %(share)s %% had passed on that day.") % said


def _why(one: Reading, its: Reached, state: State) -> str:
    limit = _is_limit(one)
    match state:
        case State.MET:
            return _("The limit was kept: met.") if limit else _("The goal is reached: met.")
        case State.MISSED:
            return _("The limit was not kept: missed.") if limit else _("The goal was not reached: missed.")
        case State.BEHIND if limit and not holds(its.value, one.comparator, one.goal):
            return _("The limit is exceeded: behind.")
        case State.BEHIND if limit:
            return _("More of the limit is used than of the time: behind.")
        case State.BEHIND if not _has_pace(one):
            return _("The goal is not reached yet: behind.")
        case State.BEHIND:
            return _("Less of the goal than of the time: behind.")
        case State.ON_TRACK if limit:
            return _("The limit is kept so far: on track.")
        case State.ON_TRACK if one.measure == Measure.DONE:
            return _("There is time left: on track.")
        case State.ON_TRACK:
            return _("No less of the goal than of the time: on track.")
    return ""
