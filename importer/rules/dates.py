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
    "O": "0",
    "o": "0",
    "0": "0",
    "元": "1",
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
    r"(?P<y>[二一]\s?(?:[〇零○ОΟOo0九一二三四五六七八]\s?){3})年\s?(?P<m>十\s?[一二]?|[元一二三四五六七八九])\s?月\s?(?P<d>三\s?十\s?一?|廿[一二三四五六七八九]?|卅\s?一?|"
    r"二?\s?十\s?[一二三四五六七八九]?|初?[一二三四五六七八九])\s?日"
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = rf"(?P<m>{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_ENGLISH = re.compile(  # Aug 17, 2018 10:02:44 AM; 17 August 2018; Fri Aug 17 10:02:44 CST 2018
    rf"(?<![a-z]){_MONTH}\s*+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s*+|\s(?P<clock>\d\d:\d\d:\d\d)\s(?:[a-z]{{3,4}}\s)?|\s)"
    r"(?P<y>(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
_ENGLISH_DAY_FIRST = re.compile(
    rf"(?<![\d.:])(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s-]{{1,2}}{_MONTH},?[\s-]{{1,2}}(?P<y>(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
_ANY_MONTH = re.compile(
    rf"(?=[{''.join(sorted({month[0] for month in _MONTHS}))}])(?:{'|'.join(_MONTHS)})", re.IGNORECASE
)
_MONTH_IN_CHINESE = re.compile(  # 6月 2, 2023; 2 六月 2023
    r"(?<!\d)(?:(?P<d1>0?[1-9]|[12]\d|3[01])\s)?(?P<m>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月,?\s(?:(?P<d>0?[1-9]|[12]\d|3[01]),\s?)?(?P<y>20\d\d)(?!\d|\s?年)"
)
_WEEKDAY_BESIDE = re.compile(r"(?:星期|周)(?P<day>[一二三四五六日天])")
_SHORT_YEAR = re.compile(r"\s*(?P<y>[012]\d)[-/.](?=\d{1,2}[-/.]\d{1,2}(?!\d))")  # 日期:23-05-08, only behind a label
_REPUBLIC = re.compile(r"民国\s*(?P<y>\d{2,3})\s*年\s*(?P<m>1[0-2]|0?[1-9])\s*月\s*(?P<d>3[01]|[12]\d|0?[1-9])\s*日")
_OF_YEAR = r"(?:\s?[〇零○ОΟOo0九一二三四五六七八]){3}\s?年"
_ANY_YEAR = re.compile(rf"19[4-9]\d|20\d\d|2100|二{_OF_YEAR}|一{_OF_YEAR}|民国")  # every date has one
_CLOCK = re.compile(
    r"[日T,\s|]*+(?:-\s++)?(?:\(?(?:星期|周)[一二三四五六日天]\)?)?\s*+(?P<half>凌晨|早上|上午|中午|下午|傍晚|晚上|晚)?\s*+(?P<h>[01]?\d|2[0-3])\s*+[:时点]\s*+(?P<min>[0-5]?\d)(?:\s*+[:分]\s*+(?P<s>[0-5]?\d))?(?!\d)分?秒?"
    r"(?:\.\d{1,6}(?!\d))?(?:\s?(?P<pm>[ap]m)(?![a-z]))?",
    re.IGNORECASE,
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
    republic = (_REPUBLIC,) if "民国" in folded else ()
    chinese = (_CHINESE,) if "年" in folded and ("二" in folded or "一" in folded) else ()
    year_last = (_DAY_FIRST, _MONTH_FIRST) if "-" in folded or "/" in folded or "." in folded else ()
    english = (_ENGLISH, _ENGLISH_DAY_FIRST) if _ANY_MONTH.search(folded) else ()
    spaced = (_MONTH_IN_CHINESE,) if "月 " in folded or "月," in folded else ()
    for pattern in (*republic, _NUMERIC, *chinese, *year_last, *english, *spaced, _COMPACT):
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
        if match["m"].isalpha() and match["m"].isascii():
            return datetime.date(int(match["y"]), _MONTHS.index(match["m"].lower()) + 1, int(match["d"]))
        if match.re is _REPUBLIC:
            return datetime.date(int(match["y"]) + 1911, int(match["m"]), int(match["d"]))
        if match.re is _MONTH_IN_CHINESE:
            month = match["m"] if match["m"].isdigit() else _small(match["m"])
            return datetime.date(int(match["y"]), int(month), int(match["d"] or match["d1"] or 0))
        if match.re is _DAY_FIRST and (turned := _by_weekday(match)):
            return turned
        if match["y"].isdigit() and match["m"].isdigit():
            return datetime.date(int(match["y"]), int(match["m"]), int(match["d"]))
        year = "".join(_DIGITS.get(char, char) for char in match["y"] if not char.isspace())
        return datetime.date(int(year), _small(match["m"]), _small(match["d"]))
    except ValueError:
        return None


def _by_weekday(match: re.Match) -> datetime.date | None:
    """周一, 02/06/2023 is the sixth of February, where the weekday beside it says so."""
    beside = _WEEKDAY_BESIDE.search(match.string, max(0, match.start() - 6), match.end() + 6)
    if not beside or int(match["d"]) > 12:
        return None
    turned = datetime.date(int(match["y"]), int(match["d"]), int(match["m"]))
    weekday = "一二三四五六日".index(beside["day"].replace("天", "日"))
    return turned if turned.weekday() == weekday else None


def _small(text: str) -> int:
    """一 to 三十一, 廿三 and 元 (the first month) among them."""
    text = re.sub(r"\s", "", text).replace("廿", "二十").replace("卅", "三十").removeprefix("初")
    if "十" not in text:
        return int(_DIGITS[text])
    tens, ones = text.split("十")
    return int(_DIGITS.get(tens, "1")) * 10 + int(_DIGITS.get(ones, "0"))


def _with_clock(folded: str, match: re.Match, day: datetime.date) -> DateFound:
    inside = match.re is _ENGLISH and match["clock"]
    clock = _CLOCK.match(inside) if inside else _CLOCK.match(folded, match.end())
    if not clock:
        return DateFound(day, None, "day", match.start(), match.end())
    if inside:
        return DateFound(day, datetime.time.fromisoformat(inside), "second", match.start(), match.end())
    hour, pm = int(clock["h"]), (clock["pm"] or "").lower()
    hour += 12 if (clock["half"] in ("下午", "傍晚", "晚上", "晚") or pm == "pm") and hour < 12 else 0
    hour = 0 if pm == "am" and hour == 12 else hour
    time = datetime.time(hour, int(clock["min"]), int(clock["s"] or 0))
    return DateFound(day, time, "second" if clock["s"] else "minute", match.start(), clock.end())


def iso(date: DateFound) -> str | None:
    """The moment in China's time, ISO 8601, where the page prints a time; else None."""
    return datetime.datetime.combine(date.day, date.time, CHINA).isoformat() if date.time else None


# A stated day of publication goes before a bare one, an update, a signature, the day a page's head shows to visitors.
_ORDER = ("date", "", "updated", "made", "head")
_SHEETS = re.compile(r"版|第.{0,6}期|报|刊")
_TODAY = re.compile(r"星期|周[一二三四五六日]|礼拜|农历|阴历|欢迎|您好|你好|现在|今[天日]|时间")


def publish_date(infos: Iterable, signed_off: Iterable, title: int | None = None) -> Found:
    """The publication date as a DateFound: from an information line by its label, else the sign-off of a document.

    `infos` are InfoLines; `signed_off` are Lines under a signature; `title` is the number of the title's line. Dates in
    prose (events, deadlines) never count. A day that stands alone on its line goes behind every labelled one, and one
    above the title with its weekday behind the others: it may be the day of the visit, or a newspaper's.
    """
    best = None
    for info in infos:
        alone = len({label.field for label in info.labels}) == 1
        above = title is not None and info.line.number < title and bool(_TODAY.search(info.line.folded))
        for label in info.labels:
            printed = label.label if label.label != "版" else ""
            name = "" if label.field == "date" and not printed and (alone or label.label) else label.field
            name = "head" if above and name in ("date", "") and not printed else name
            if name not in _ORDER or (best and _ORDER.index(name) >= best[0]):
                continue
            folded = fold(label.value)
            short = _SHORT_YEAR.match(folded) if label.field == "date" and label.label else None
            dates = find_dates(f"20{folded[short.start('y') :]}" if short else folded)
            if dates:
                rule = "labelled-date" if label.label else "date-in-info-line"
                place = found(dates[0], rule, f"{label.label} {label.value}", info.line.number)
                best = _ORDER.index(name), place, _SHEETS.search(info.line.folded)
    if best and (_ORDER[best[0]] != "head" or best[2]):
        return best[1]
    for line in signed_off:
        dates = find_dates(line.folded)
        if dates:
            return found(dates[-1], "sign-off", line.text, line.number, "medium")
    return best[1] if best else NOTHING
