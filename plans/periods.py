"""The days a plan's period covers."""

import datetime

_ENDS = {
    "year": ((1, 1), (12, 31)),
    "first_half": ((1, 1), (6, 30)),
    "second_half": ((7, 1), (12, 31)),
}


def year_span(year: int, period: str = "year") -> tuple[datetime.date, datetime.date]:
    """First and last day of `year` (or of its half). Raises KeyError for a period that a year alone does not fix."""
    first, last = _ENDS[period]
    return datetime.date(year, *first), datetime.date(year, *last)


def period_of(title: str) -> str:
    """The period a plan's title speaks of: 上半年, 下半年, else the year."""
    if "下半年" in title:
        return "second_half"
    return "first_half" if "上半年" in title else "year"
