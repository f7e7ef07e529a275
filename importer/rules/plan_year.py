"""The year an article plans for: written in it, or inferred from congresses, five-year plans, events and its date."""

import datetime
import re
from collections.abc import Sequence
from typing import NamedTuple

from importer.document import Line, fold
from importer.evidence import NOTHING, Found, found
from importer.rules.pollution import unpolluted
from importer.rules.year_cues import CONGRESSES, EVENTS, FIVE_YEARS, PLENUMS, UNION_CONGRESSES

_CHINESE_YEAR = re.compile("[二一][〇零○ОΟ0九][〇零○ОΟ0一二三四五六七八九]{2}(?=年|[至到—-]+[二一][〇零○ОΟ0九])")
_LETTER_O = re.compile("(?<=2)[Oo](?=[0-4][0-9]年)")  # 2O20年
_CHINESE = {char: str(index) for index, char in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
    "О": "0",
    "Ο": "0",
    "0": "0",
}
_YEAR = re.compile(
    r"(?<![\d.\-])(?P<y>(?:19[89]|20[0-4])\d)(?![\d*xX×])|"
    r"(?P<c>[二一][〇零○ОΟ0九][〇零○ОΟ0一二三四五六七八九]{2})(?=年)"
)
_RANGE = re.compile(r"(?P<a>20\d\d)年?\s*(?:[-—–~至到/]+)\s*(?P<b>20\d\d)(?P<school>\s*学年)?")
_LATER_TERM = re.compile("第[二2]学期|下学?期|春季")
_SCHOOL_YEAR = re.compile("年?学年度?(?P<term>第[二2]学期|下学?期|春季)?")  # 2020学年第二学期 lies in 2021
_STATED = re.compile("(?:制[定订]|拟[定订]|提出|作出|编制|确定|现将)[^,。;《]{0,4}$")  # 现制定2022年计划如下
_MASKED = re.compile(r"(?:20[xX×*_○Ｘ]{2}|20\d[xX×*_]|[xX×*]{2,4})年|(?<!\d)[xX×]{2,4}(?=年)")
_MODEL = re.compile(r"(?<![A-Za-z\d])[xX×*]{2,3}(?=[省市县区镇乡街村]|公司|工会|单位|集团)")
_PLAN_WORD = r"(?:工作|重点)?(?:要点|计划|安排|思路|打算|规划|部署|目标|任务|方案|展望|设想)"
_OPENING = re.compile("(?:开局|起步|第一|首|头)(?:之)?年")
_CLOSING = re.compile("(?:收官|决胜|最后一|收尾|冲刺)(?:之)?年")
_HELD = re.compile("(?<!工会)(十[六七八九]大|二十大)(?:胜利)?(?:的)?(?:召开之年|即将召开|将(?:要)?召开)")
_COURSE = re.compile('(十[一二三四五]五)[”"]?(?:规划)?[^,。]{0,6}第([二三四五])年')
_REFERENCE = re.compile(r"[《〔\[]|会议|讲话|文件|表彰|以来|截至|回顾|年底|上年|去年|全年共|年报")
_FORWARD = re.compile(r"今后|下一步|将要?|明年|新的一年|来年|下一年|下步|展望|未来|继续|进一步|力争")
FORWARD_MONTHS, CURRENT_MONTHS = (11, 12), (1, 2, 3, 4)


class Clues(NamedTuple):
    """What the year is read from. `neighbour` is the year stated beside the article on its page."""

    title: Line | None
    title_text: str | None
    doc_number: str | None
    paragraphs: Sequence[Line]
    kind: str
    plans: bool
    published: datetime.date | None
    neighbour: Found = NOTHING


class YearRead(NamedTuple):
    year: Found
    stated: bool
    warnings: tuple[str, ...] = ()


def read_plan_year(clues: Clues) -> YearRead:
    """The planned year with its evidence; stated is false where it was inferred.

    Order: the title's year, the first sentence's, the document number's 文号, a phrase (…的开局之年), a neighbour's, an
    event or the publication date (November, December: the next year where the text looks forward; January to April:
    the same).
    A masked year (20xx) is none. An article that plans nothing has no plan year.
    """
    if clues.kind != "plan" and not clues.plans:
        return YearRead(NOTHING, False)
    clues = clues._replace(title_text=clues.title_text and unpolluted(clues.title_text))
    stated = _title_year(clues) or _opening_year(clues) or _number_year(clues)
    if stated:
        return YearRead(stated, True, _contradiction(stated, clues))
    inferred = (
        _five_years(clues)
        or _phrase_year(clues)
        or (clues.neighbour if clues.neighbour.value else None)
        or (None if _masked(clues) else _relative_year(clues) or _dated_year(clues) or _event_year(clues))
    )
    return YearRead(inferred or NOTHING, False)


def _masked(clues: Clues) -> bool:
    """Whether title or opening veil their year (20xx年), or the text is a model for any union (xx县总工会).

    The day a model was put up does not tell the year either.
    """
    first = clues.paragraphs[0].folded[:60] if clues.paragraphs else ""
    return bool(
        veils_year(clues.title_text or "")
        or _MASKED.search(first)
        or any(_MODEL.search(line.folded) for line in clues.paragraphs)
    )


def veils_year(title: str) -> bool:
    """Whether a title hides its year: 20xx年工作计划."""
    return _MASKED.search(fold(title)) is not None


def years_in(folded: str) -> list[tuple[int, re.Match]]:
    """The years written in `folded`, in either writing, from left to right."""
    out = []
    for match in _YEAR.finditer(folded):
        digits = match["y"] or "".join(_CHINESE.get(char, char) for char in match["c"])
        if digits.isdigit() and 1980 <= int(digits) <= 2049:
            out.append((int(digits), match))
    return out


def title_year(folded: str) -> int | None:
    """The planned year a title names: of 2019总结及2020计划 the second, of a school year the one it begins in."""
    span = _RANGE.search(folded)
    if span and span["school"]:
        return int(span["b"] if _LATER_TERM.search(folded) else span["a"])
    if span and int(span["b"]) > int(span["a"]) and not re.search(r"总结", folded):
        return int(span["a"])
    years = years_in(folded)
    if not years:
        return None
    if (school := _SCHOOL_YEAR.match(folded, years[0][1].end())) and len(years) == 1:
        return years[0][0] + bool(school["term"])
    planned = [
        year
        for year, match in years
        if re.match(rf"年?(?:度|全年|上半年|下半年|第.季度)?.{{0,14}}?{_PLAN_WORD}", folded[match.end() :])
        and not re.match(r"年?(?:度)?.{0,12}?总结", folded[match.end() :])
    ]
    if re.search(r"总结", folded) and planned:
        return max(planned)
    return planned[-1] if planned else years[-1][0] if len(years) == 1 else max(year for year, _ in years)


def _in_digits(folded: str) -> str:
    """The years in digits, character for character: 二〇一九至二〇二〇学年, and 2O20 with a letter in it."""
    folded = _LETTER_O.sub("0", folded) if "2" in folded else folded
    return _CHINESE_YEAR.sub(lambda match: "".join(_CHINESE.get(char, char) for char in match[0]), folded)


def _title_year(clues: Clues) -> Found | None:
    if not clues.title_text:
        return None
    folded = _in_digits(fold(clues.title_text))
    year = title_year(folded)
    if year is None:
        return None
    years = years_in(folded)
    if clues.kind not in ("plan", "notice", "document", "speech") and not re.search(_PLAN_WORD, folded):
        return None
    if re.search(r"总结", folded) and re.search(
        r"(?:下一?年|明年|来年|下年度)(?:度)?(?:工作)?(?:要点|计划|打算|思路|安排)", folded
    ):
        year += 1
    match = next((match for value, match in years if value == year), years[0][1])
    words = folded[match.start() : match.end() + 6]
    return found(year, "year-in-title", words, _number(clues))


def _opening_year(clues: Clues) -> Found | None:
    """A year that opens the text: 2015年是…, 2019年,区总工会将…; or the plan's own words: 2017年工会的工作重抓…"""
    texts = [line for line in clues.paragraphs if len(line.text) > 10][:4]
    for order, line in enumerate(texts):
        sentence = re.split(r"[。;!?]", line.folded, maxsplit=1)[0][:300]
        if (span := _RANGE.match(line.folded.lstrip())) and span["school"]:
            return found(title_year(line.folded[:30]), "year-in-first-sentence", span[0], line.number)
        for year, match in years_in(sentence if order else line.folded[:400]):
            after = sentence[match.end() :] if order else line.folded[match.end() : 400]
            before = line.folded[: match.start()][-12:]
            if _STATED.search(line.folded[: match.start()]) and re.match(
                r"年?度?[^,。;《]{0,12}?(?:要点|计划|安排|思路|打算|方案|意见)", line.folded[match.end() : 400]
            ):
                return found(year, "year-in-first-sentence", line.folded[match.start() : match.end() + 12], line.number)
            if (
                not after.startswith("年")
                or re.match(r"年\s*\d{1,2}\s*月|年(?:度)?.{0,6}总结|年(?:以来|底|末|初|间)", after)
                or re.search(r"[《〔\[自截到至]|截至|总结|回顾|表彰", before)
            ):
                continue
            if re.match(
                r"年(?:度)?(?:是|,|为|全?[区市县镇乡街局校院公]|.{0,12}(?:工会|工作).{0,8}(?:总体|要|将|以|重|"
                r"主要|思路|坚持|目标|围绕|安排|计划)"
                r"|[^。,;]{0,24}工作[^。;《]{0,40}(?:制[定订]|拟[定订]|提出|作出|安排)(?:如下|以下|本)|的(?:重点|主要|目标|工作)*(?:任务|目标|工作))",
                after,
            ):
                return found(year, "year-in-first-sentence", line.folded[match.start() : match.end() + 12], line.number)
    return None


def _number_year(clues: Clues) -> Found | None:
    match = re.search(r"[〔\[(【]\s*((?:19|20)\d\d)\s*[〕\])】]", clues.doc_number or "")
    return found(int(match[1]), "year-in-document-number", clues.doc_number, None, "medium") if match else None


def _five_years(clues: Clues) -> Found | None:
    """A five-year plan begins in its first year."""
    folded = fold(clues.title_text or "")
    name = next((name for name in FIVE_YEARS if name in folded and "规划" in folded), None)
    return found(FIVE_YEARS[name], "five-year-plan", name, _number(clues)) if name else None


def _phrase_year(clues: Clues) -> Found | None:
    """…的开局之年, …收官之年: the year follows from what begins or ends."""
    for line in clues.paragraphs[:6]:
        for sentence in re.split(r"[。;!?]", line.folded[:600]):
            opening = _OPENING.search(sentence)
            closing = _CLOSING.search(sentence)
            year = _opened(sentence[: opening.start()]) if opening else None
            if year is None and closing:
                year = _closed(sentence[: closing.start()])
            if year:
                return found(
                    year, "opening-year-phrase" if opening else "closing-year-phrase", sentence[:60], line.number
                )
            if year := _held(sentence) or _in_its_course(sentence):
                return found(year, "year-of-congress-or-plan", sentence[:60], line.number)
    return None


def _held(sentence: str) -> int | None:
    """党的二十大召开之年, 喜迎党的二十大胜利召开: the year the congress was held."""
    match = _HELD.search(sentence) if "大" in sentence else None
    return CONGRESSES[match[1]] if match else None


def _in_its_course(sentence: str) -> int | None:
    """“十四五”规划实施的第二年."""
    match = _COURSE.search(sentence)
    return FIVE_YEARS[match[1]] + "一二三四五".index(match[2]) if match else None


def _opened(before: str) -> int | None:
    """The year after the congress named last, or the first year of the five-year plan named last."""
    best = (-1, None)
    for table, prefix, shift in (
        (FIVE_YEARS, "", 0),
        (UNION_CONGRESSES, "工会", 1),
        (CONGRESSES, "", 1),
        (PLENUMS, "", 1),
    ):
        for name, year in table.items():
            place = before.rfind(prefix + name)
            if place < 0 or (table is CONGRESSES and before[:place].endswith("工会")):
                continue
            if place + len(prefix) > best[0]:
                best = (place + len(prefix), year + shift)
    return best[1]


def _closed(before: str) -> int | None:
    places = [(before.rfind(name), year + 4) for name, year in FIVE_YEARS.items() if name in before]
    return max(places)[1] if places else None


def _relative_year(clues: Clues) -> Found | None:
    """明年工作打算, 今年工作要点: the title's own word, from the publication date."""
    words = re.search(r"明年|来年|下一?年度?|新(?:的)?一年", fold(clues.title_text or ""))
    if clues.published and words and clues.published.month not in CURRENT_MONTHS:
        return found(clues.published.year + 1, "next-year-in-title", words.group(), _number(clues), "medium")
    words = words or re.search(r"今年|本年度|[上下]半年|[一二三四]季度", fold(clues.title_text or ""))
    if clues.published and words:
        return found(clues.published.year, "this-year-in-title", words.group(), _number(clues), "medium")
    return None


def _number(clues: Clues) -> int | None:
    return clues.title.number if clues.title else None


def _dated_year(clues: Clues) -> Found | None:
    """From the publication date, an event that has not yet been held supporting it."""
    day = clues.published
    if day is None:
        return None
    if not clues.plans:  # a pure 总结 reports the year that has just ended
        year = day.year - (day.month in CURRENT_MONTHS)
        return found(year, "report-of-the-year-ended", day.isoformat(), None, "low")
    text = "".join(line.folded for line in clues.paragraphs)
    coming = [(name, year) for name, year in EVENTS.items() if year == day.year + 1 and name in text]
    if day.month in FORWARD_MONTHS and (coming or _FORWARD.search(text)):
        words = f"{day.isoformat()}; {coming[0][0]}" if coming else day.isoformat()
        return found(day.year + 1, "forward-looking-at-year-end", words, None, "low")
    if day.month in CURRENT_MONTHS:
        return found(day.year, "published-early-in-year", day.isoformat(), None, "medium")
    if clues.kind == "plan" and day.month <= 10 and re.search(r"今年|本年度|全年|下半年", text):
        return found(day.year, "this-year-at-publication", day.isoformat(), None, "low")
    return None


def _event_year(clues: Clues) -> Found | None:
    """今年 beside an event that falls in it (喜迎百年华诞), where no year the text names speaks against it."""
    opening = clues.paragraphs[:3]
    if clues.kind != "plan" or not any(re.search("今年|本年度", line.folded) for line in opening):
        return None
    named = [year for line in clues.paragraphs for year, _ in years_in(line.folded)]
    for line in opening:
        for name, year in EVENTS.items():
            if name in line.folded[:600] and (not named or year - 1 <= max(named) <= year):
                return found(year, "event-of-the-year", name, line.number, "low")
    return None


def _contradiction(stated: Found, clues: Clues) -> tuple[str, ...]:
    """A warning where title and opening sentence, or title and publication date, cannot both be right."""
    opening = _opening_year(clues)
    reported = "总结" in (clues.title_text or "")
    if opening and not reported and opening.value != stated.value and stated.evidence.rule == "year-in-title":
        return (f"year_conflict: the title says {stated.value}, the text opens with {opening.value}",)
    if clues.published and not -1 <= stated.value - clues.published.year <= 6 and clues.kind == "plan":
        return (f"year_conflict: planned for {stated.value} but published on {clues.published.isoformat()}",)
    return ()
