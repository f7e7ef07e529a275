"""What a target has come to: by its own reports, else by what is part of it; computed each time, never stored."""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal

from plans.models import Measure

from .readings import Reading
from .units import convert

_SUMMED = (Measure.TOTAL, Measure.EACH)


@dataclass
class Reached:
    """A value with the day of its last report; `summed` says that it was added up from parts.

    `at` is the day whose share of the time it is held against: that of the report, of a sum the mean of the parts' days
    where each weighs as much as its goal, since parts are not reported on one day.
    `missing` are the parts that report nothing, `other` those whose unit does not add up with the others.
    """

    value: Decimal | None = None
    on: datetime.date | None = None
    at: datetime.date | None = None
    reports: int = 0
    summed: bool = False
    counted: int = 0
    missing: list[Reading] = field(default_factory=list)
    other: list[Reading] = field(default_factory=list)


def reached(one: Reading, today: datetime.date, above: frozenset[int] = frozenset()) -> Reached:
    """What `one` has come to by `today`. Its own last report wins over the sum of its parts; rates are never summed.

    `above` are the targets that it is part of; a circle ends there.
    """
    counted = one.counted(today)
    if counted:
        return Reached(counted[-1].value, counted[-1].on, counted[-1].on, len(counted))
    parts = [part for part in one.parts if part.pk != one.pk and part.pk not in above]
    if not parts or one.measure not in _SUMMED:
        return Reached()
    return sum_of(one, parts, today, above)


def sum_of(one: Reading, parts: list[Reading], today: datetime.date, above: frozenset[int] = frozenset()) -> Reached:
    """What `parts` add up to, in the unit of `one`; no value where none of them has one."""
    total, days = Reached(summed=True), []
    for part in parts:
        if part.measure not in _SUMMED or convert(Decimal(0), part.unit, one.unit) is None:
            total.other.append(part)
            continue
        if one.measure == Measure.EACH and _apart(one, part, today):
            continue
        if _counted_otherwise(one, part, today):
            total.other.append(part)
            continue
        its = reached(part, today, above | {one.pk})
        total.reports += its.reports
        total.missing += its.missing
        total.other += its.other
        if its.value is None:
            if not its.missing:
                total.missing.append(part)
            continue
        total.counted += 1
        total.value = (total.value or Decimal(0)) + convert(its.value, part.unit, one.unit)
        total.on = max(filter(None, (total.on, its.on)))
        days.append((its.at.toordinal(), max(Decimal(0), convert(part.goal or Decimal(0), part.unit, one.unit))))
    if days:
        weight = sum(goal for _day, goal in days)
        mean = sum(day * goal for day, goal in days) / weight if weight else max(days)[0]
        total.at = datetime.date.fromordinal(int(mean))
    return total


def _apart(one: Reading, part: Reading, today: datetime.date) -> bool:
    """Whether the plan of `part` is of another time than the period of `one` that counts."""
    span = one.span(today)
    return bool(span and part.starts and part.ends and (part.ends < span[0] or part.starts > span[1]))


def _counted_otherwise(one: Reading, part: Reading, today: datetime.date) -> bool:
    """Whether the figure of `part` is of more or less time than `one` counts: a quarter's is no part of a year's."""
    span, its = one.span(today), part.span(today)
    if not span or not its:
        return False
    if one.measure == Measure.EACH and not (span[0] <= its[0] and its[1] <= span[1]):
        return True
    last = max(part.deadline or part.ends, part.starts)
    return part.measure == Measure.EACH and (its[0] > max(span[0], part.starts) or its[1] < min(span[1], last))
