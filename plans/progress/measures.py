"""How a target is counted: its measure, the period that counts, and the goal."""

import calendar
import datetime
from decimal import Decimal

from plans.models import Measure, Target

from .units import family

Span = tuple[datetime.date, datetime.date]
_RATES = ("percent", "points")
_MONTHS = {"年": 12, "学期": 6, "半年": 6, "季度": 3, "个季度": 3, "月": 1, "个月": 1}


def measure_of(kind: str, unit: str, number: Decimal | None, chosen: str = "", of_indicator: str = "") -> Measure:
    """How reports of a target are read: as chosen, else as its indicator says, else told from unit, kind and number.

    A rate is never summed; what recurs is counted anew; 首家 is done or not; the rest is a total.
    """
    if chosen or of_indicator:
        return Measure(chosen or of_indicator)
    if family(unit) in _RATES:
        return Measure.RATE
    if kind == Target.Kind.RECURRING:
        return Measure.EACH
    if kind == Target.Kind.IMPLIED and number == 1:
        return Measure.DONE
    return Measure.TOTAL


def goal_of(kind: str, number: Decimal | None, measure: Measure) -> Decimal | None:
    """What is to be reached; None where the text leaves it open."""
    if kind == Target.Kind.PLACEHOLDER:
        return None
    return Decimal(1) if measure == Measure.DONE else number


def counting_span(words: str, starts: datetime.date, ends: datetime.date, today: datetime.date) -> Span:
    """The part of a plan from `starts` to `ends` that counts on `today`, where `words` say 每年, 每季度, 每月 or 每周.

    Before the plan it is the first one, after the plan the last. Other words mean a year at a time.
    """
    day = min(max(today, starts), ends)
    rhythm = words.removeprefix("每")
    if rhythm in ("周", "星期"):
        first = day - datetime.timedelta(days=day.weekday())
        last = first + datetime.timedelta(days=6)
    elif rhythm in ("天", "日"):
        first = last = day
    elif rhythm == "两年":
        begin = starts.year + (day.year - starts.year) // 2 * 2
        first, last = datetime.date(begin, 1, 1), datetime.date(begin + 1, 12, 31)
    else:
        months = _MONTHS.get(rhythm, 12)
        begin = (day.month - 1) // months * months + 1
        first = day.replace(month=begin, day=1)
        end = begin + months - 1
        last = datetime.date(day.year, end, calendar.monthrange(day.year, end)[1])
    return max(first, starts), min(last, ends)
