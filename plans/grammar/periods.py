"""The days a plan's period covers."""

import datetime
import re

_ENDS = {
    "year": ((1, 1), (12, 31)),
    "first_half": ((1, 1), (6, 30)),
    "second_half": ((7, 1), (12, 31)),
}


def year_span(year: int, period: str = "year") -> tuple[datetime.date, datetime.date]:
    """First and last day of `year` (or of its half). Raises KeyError for a period that a year alone does not fix."""
    first, last = _ENDS[period]
    return datetime.date(year, *first), datetime.date(year, *last)


_RANGE = re.compile(r"((?:19|20)\d\d)年?\s*[-—–－~至到]+\s*((?:19|20)\d\d)年?(?!\d)")
_QUARTER = re.compile(r"第?([一二三四1-4])季度")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_OPEN = re.compile(r"[一二两三四五六七八十]年(?!级)|学年|十[一二三四五六]五")
_SUBJECTS = (
    ("女职工", r"女职工|女工"),
    ("经审", r"经审|经费审查"),
    ("宣教", r"宣教|宣传教育"),
    ("财务", r"财务|经费"),
    ("劳动保护", r"劳动保护|劳保"),
    ("法律", r"法律|法治"),
    ("信息", r"信息|调研"),
    ("培训", r"教育培训|干部培训"),
)
_SUBJECT = re.compile("|".join(rf"(?P<s{at}>{words})" for at, (_, words) in enumerate(_SUBJECTS)))
_TAIL = re.compile(r"(?:委员会)?(?:工作)?(?:的)?(?:要点|计划|安排|总结|思路|意见|打算)")


def title_span(title: str, year: int | None) -> tuple[str, datetime.date | None, datetime.date | None]:
    """(period, first day, last day) of a plan with this title; `year` is what the text gives.

    2021-2025年 is several years; 第一季度, 上半年, 下半年 are parts of `year`. A title that speaks of several years or
    of a school year without naming them leaves the days open.
    """
    if found := _RANGE.search(title):
        first, last = int(found[1]), int(found[2])
        if first < last <= first + 10:
            return "years", datetime.date(first, 1, 1), datetime.date(last, 12, 31)
    if _OPEN.search(title):
        return "years", None, None
    if year is None:
        return "year", None, None
    if found := _QUARTER.search(title):
        number = _QUARTERS.get(found[1]) or int(found[1])
        first = datetime.date(year, 3 * number - 2, 1)
        following = datetime.date(year + number // 4, 3 * number % 12 + 1, 1)
        return "quarter", first, following - datetime.timedelta(days=1)
    period = "second_half" if "下半年" in title else "first_half" if "上半年" in title else "year"
    return period, *year_span(year, period)


def title_subject(title: str) -> str | None:
    """The subject a plan's title names (女职工工作要点 -> 女职工), None for a general one."""
    for found in _SUBJECT.finditer(title):
        if _TAIL.match(title, found.end()):
            return _SUBJECTS[int(found.lastgroup[1:])][0]
    return None
