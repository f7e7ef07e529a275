"""Dates as pages print them, and which of them is the day the page was published."""

import datetime
import re
from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

from importer.document import fold
from importer.evidence import NOTHING, Found, found

_DIGITS = {char: str(index) for index, char in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
    "О": "0",
    "Ο": "0",
    "0": "0",
}
_NUMERIC = re.compile(
    r"(?<!\d)(?P<y>19[4-9]\d|20\d\d|2100)\s*(?P<sep>[-/.年_])\s*(?P<m>0?[1-9]|1[0-2])\s*[-/.月_]\s*(?P<d>0?[1-9]|[12]\d|3[01])(?!\d(?!\d?:))\s*日?"
)
_DAY_FIRST = re.compile(
    r"(?<!\d)(?P<d>0?[1-9]|[12]\d|3[01])(?P<sep>[-/.])(?P<m>0?[1-9]|1[0-2])(?P=sep)(?P<y>19[4-9]\d|20\d\d)(?!\d)"
)
_MONTH_FIRST = re.compile(
    r"(?<!\d)(?P<m>0?[1-9]|1[0-2])(?P<sep>[-/.])(?P<d>1[3-9]|2\d|3[01])(?P=sep)(?P<y>19[4-9]\d|20\d\d)(?!\d)"
)
_COMPACT = re.compile(r"(?<!\d)(?P<y>19[4-9]\d|20\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)")
_CHINESE = re.compile(
    r"(?P<y>[二一][〇零○ОΟ0九一二三四五六七八]{3})年(?P<m>十[一二]?|[一二三四五六七八九])月(?P<d>三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])日"
)
_ANY_YEAR = re.compile(r"19[4-9]\d|20\d\d|2100|[二一][〇零○ОΟ0九一二三四五六七八]{3}年")  # every date has one
_CLOCK = re.compile(
    r"[日T,\s|]*+(?:\(?(?:星期|周)[一二三四五六日天]\)?)?\s*+(?P<half>上午|下午|晚上)?\s*+(?P<h>[01]?\d|2[0-3])\s*+[:时]\s*+(?P<min>[0-5]\d)(?:\s*+[:分]\s*+(?P<s>[0-5]\d))?(?!\d)"
)
CHINA = datetime.timezone(datetime.timedelta(hours=8))


class DateFound(NamedTuple):
    """A date in folded text: the day, the time where printed, its precision (day, minute, second) and its place."""

    day: datetime.date
    time: datetime.time | None
    precision: str
    start: int
    end: int


def find_dates(folded: str) -> list[DateFound]:
    """All dates of `folded` (see document.fold) from left to right; impossible ones (31 April) are passed over."""
    taken: list[DateFound] = []
    if not _ANY_YEAR.search(folded):
        return taken
    for pattern in (_NUMERIC, _CHINESE, _DAY_FIRST, _MONTH_FIRST, _COMPACT):
        for match in pattern.finditer(folded):
            day = _day(match)
            place = bisect_left(taken, match.start(), key=_start)
            # those taken lie apart and in order, so only the two beside the match can overlap it
            if day and not any(
                match.start() < other.end and other.start < match.end()
                for other in taken[max(0, place - 1) : place + 1]
            ):
                taken.insert(place, _with_clock(folded, match, day))
    return taken


def _start(date: DateFound) -> int:
    return date.start


def _day(match: re.Match) -> datetime.date | None:
    try:
        if match["y"].isdigit():
            return datetime.date(int(match["y"]), int(match["m"]), int(match["d"]))
        return datetime.date(
            int("".join(_DIGITS.get(c, c) for c in match["y"])), _small(match["m"]), _small(match["d"])
        )
    except ValueError:
        return None


def _small(text: str) -> int:
    """一 to 三十一."""
    if "十" not in text:
        return int(_DIGITS[text])
    tens, ones = text.split("十")
    return int(_DIGITS.get(tens, "1")) * 10 + int(_DIGITS.get(ones, "0"))


def _with_clock(folded: str, match: re.Match, day: datetime.date) -> DateFound:
    clock = _CLOCK.match(folded, match.end())
    if not clock:
        return DateFound(day, None, "day", match.start(), match.end())
    hour = int(clock["h"])
    hour += 12 if clock["half"] in ("下午", "晚上") and hour < 12 else 0
    time = datetime.time(hour, int(clock["min"]), int(clock["s"] or 0))
    return DateFound(day, time, "second" if clock["s"] else "minute", match.start(), clock.end())


def iso(date: DateFound) -> str | None:
    """The moment in China's time, ISO 8601, where the page prints a time; else None."""
    return datetime.datetime.combine(date.day, date.time, CHINA).isoformat() if date.time else None


_ORDER = ("date", "", "updated", "made")  # a stated day of publication goes before a bare one, an update, a signature


def publish_date(infos: Iterable, signed_off: Iterable) -> Found:
    """The publication date as a DateFound: from an information line by its label, else the sign-off of a document.

    `infos` are InfoLines; `signed_off` are Lines under a signature. Dates in prose (events, deadlines) never count.
    A day that stands alone on its line goes behind every labelled one.
    """
    best = None
    for info in infos:
        alone = len(info.labels) == 1
        for label in info.labels:
            name = "" if label.field == "date" and not label.label and alone else label.field
            if name not in _ORDER or (best and _ORDER.index(name) >= best[0]):
                continue
            dates = find_dates(fold(label.value))
            if dates:
                rule = "labelled-date" if label.label else "date-in-info-line"
                best = _ORDER.index(name), found(dates[0], rule, f"{label.label} {label.value}", info.line.number)
    if best:
        return best[1]
    for line in signed_off:
        dates = find_dates(line.folded)
        if dates:
            return found(dates[-1], "sign-off", line.text, line.number, "medium")
    return NOTHING
