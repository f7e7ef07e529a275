"""What tells reports of a newspaper apart: bylines, opening words, credits, headlines, rubrics, its own lines."""

import re
from dataclasses import dataclass

from importer.document import Line
from importer.rules.bylines import LONGEST_SIGNED, has_credit, is_byline, is_signed
from importer.rules.dates import find_dates
from importer.rules.info_lines import InfoLine, Label
from importer.rules.mastheads import PAPER
from importer.rules.page import NUMBERED, Item, ends_sentence, is_prose
from importer.rules.persons import read_names
from importer.rules.writers import lead_people

_LEAD = re.compile(
    r"【?(?:本报|本网|本刊)(?:\S{0,6}\d{1,2}月\d{1,2}日|[\u3400-\u9fff]{2,4}(?=讯 ?[^,。]))?讯|"
    r".{0,6}讯\s*[(].{0,6}(?:记者|通讯员)|[(](?:本报|"
    r"本网)?(?:记者|通讯员)|(?:本报|本网|本刊|特约|见习|实习){0,2}(?:记者|通讯员)[\s:]*[\u3400-\u9fff·]{2,8}"
    r"(?:[\s、,]{1,3}(?:特约|见习|实习)?(?:记者|通讯员)?[\s:]*[\u3400-\u9fff·]{2,8}){0,3}?\s*(?:摄影)?(?:报道|综合报道)[\s:]"
)
_PAUSE, _STOPS = re.compile("[,。;]"), re.compile("[,。;!?“]")
_BARE_NAME = re.compile(r"\S{1,2}")  # 全年 in a table's cell looks like one as well
_CREDIT_ALONE = re.compile(r"[(\[【].{2,50}[)\]】]")
_CREDIT_BEHIND = re.compile(r"[。!?”\"][(][^()]{2,30}[)]$")
_RUBRIC = re.compile(
    r"[【\[■◆●]?(?:(?:一句话|图片|工会|职工|基层|各地|工运|简明)?(?:新闻|简讯|快讯|短讯|动态|短波|要闻)|简讯|短讯|快讯|短波|快报|集锦|图片报道|"
    r"新闻速递|工会速递|信息快递|微新闻|三言两语|点击基层|基层传真)[】\]]?"
)
_BULLET = re.compile(r"[▲△●○■□◆◇★☆▪•·◎※►▶]\s*\S")
_SHEET = re.compile(
    r"第?\s*[A-Z]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*版|第\s*\d{1,6}\s*期|(?:星期|周)[一二三四五六日天]"
)
_EDITION = re.compile(r"(?:多媒体)?(?:数字|电子)报(?:刊|纸)?$")
_SHEET_ALONE = re.compile(r"第?\s*[A-Z]?\d{1,3}\s*版[:\s·]*[\u3400-\u9fff·]{0,8}")


@dataclass(frozen=True)
class Sign:
    """A place that names a report's authors or opens it: `opens` or `closes` where it can do only that."""

    place: int
    opens: bool
    closes: bool
    names: frozenset[str]


def read_signs(items: list[Item]) -> list[Sign]:
    """The signs of the page's reports in order, those on adjoining lines as one."""
    signs: list[Sign] = []
    for place in range(len(items)):
        sign = _sign(items, place)
        if sign is None:
            continue
        last = signs[-1] if signs else None
        if last and place - last.place == 1 and last.closes == sign.closes and not is_running(items[last.place].line):
            sign = Sign(place, last.opens or sign.opens, sign.closes, last.names | sign.names)
            signs.pop()
        elif last and sign.closes and sign.names and sign.names <= last.names:
            continue  # the same person above and below one text
        signs.append(sign)
    return signs


def _sign(items: list[Item], place: int) -> Sign | None:
    item, folded = items[place], items[place].line.folded
    if is_rubric(item.line):
        return None
    if _LEAD.match(folded):
        if item.role == "text" and _closes(items, place) and len(folded) < 60:
            return Sign(place, False, True, _names(item.line))
        return Sign(place, True, False, frozenset(lead_people(item.line)))
    if item.role == "info":
        named = item.info.fields <= {"author", "photo"} and item.info.values("author")
        names = frozenset(name for value in named or () for name in read_names(value, told=True))
        return Sign(place, False, False, names) if names else None
    if _closes(items, place) or (is_prose(folded) and has_credit(item.line)):
        return Sign(place, False, True, _names(item.line)) if has_credit(item.line) or is_byline(item.line) else None
    if is_byline(item.line) and not _BARE_NAME.fullmatch(item.line.text):
        return Sign(place, False, False, _names(item.line))
    if len(folded) <= LONGEST_SIGNED and _is_under_headline(items, place) and is_signed(item.line):
        return Sign(place, False, False, _names(item.line))
    return None


def _is_under_headline(items: list[Item], place: int) -> bool:
    """Whether a unit with a name (二车间 王芳) stands right between a headline and a text."""
    if not 0 < place < len(items) - 1 or not items[place - 1].role == items[place + 1].role == "text":
        return False
    above, below = items[place - 1].line, items[place + 1].line
    gap = items[place].line.number - above.number
    return gap <= 2 and is_head_line(above) and is_free(items, place - 1) and is_running(below)


def _names(line: Line) -> frozenset[str]:
    text = line.text.rstrip(")）】] ")
    inner = text[max(text.rfind(mark) for mark in "(（【[") + 1 :]
    return frozenset(read_names(inner) or lead_people(line))


def _closes(items: list[Item], place: int) -> bool:
    """Whether names in brackets close the text above: on a line of their own, or behind its last sentence."""
    folded = items[place].line.folded
    if folded[-1:] not in ")]】":
        return False
    if _CREDIT_BEHIND.search(folded, max(0, len(folded) - 40)):
        return True
    above = items[place - 1] if place else None
    return bool(above and above.role == "text" and _CREDIT_ALONE.fullmatch(folded) and ends_sentence(above.line.folded))


def is_free(items: list[Item], place: int) -> bool:
    """Whether the text above a line has come to its end."""
    above = items[place - 1] if place else None
    if above is None or above.role != "text" or is_byline(above.line):
        return True
    return ends_sentence(above.line.folded) or above.line.folded[-1] in ")】"


def is_running(line: Line) -> bool:
    """A sentence, or a column's line of one."""
    folded = line.folded
    return is_prose(folded) or (len(folded) >= 12 and bool(_PAUSE.search(folded)))


def is_head_line(line: Line) -> bool:
    """Whether a line can be a headline: short, without a sentence's end, no name, no number in front."""
    folded = line.folded
    return (
        4 <= len(folded) <= 45
        and not is_prose(folded)
        and not is_byline(line)
        and folded[-1] not in "。;,:、"
        and not NUMBERED.match(folded)
    )


def is_rubric(line: Line) -> bool:
    """The heading of short news, which are one piece: 简讯, 一句话新闻, 图片新闻."""
    return len(line.text) <= 12 and bool(_RUBRIC.fullmatch("".join(line.folded.split())))


def is_bullet(line: Line) -> bool:
    return bool(_BULLET.match(line.folded)) and ends_sentence(line.folded)


def masthead(line: Line) -> Item | None:
    """The item that a line of the paper's own is: its name, its day, its sheet; None for any other line."""
    folded = line.folded
    if len(folded) > 60 or _STOPS.search(folded):
        return None
    if _SHEET_ALONE.fullmatch(folded):
        return Item("info", line, InfoLine(line, (), "", ""))
    paper = PAPER.fullmatch(folded.strip("《》 "))
    if paper and not folded.startswith(("本报", "今日")):
        return Item("info", line, InfoLine(line, (Label("source", "", _EDITION.sub("", paper["name"])),), "", ""))
    days = find_dates(folded) if _SHEET.search(folded) else ()
    if len(days) == 1:
        label = Label("date", "版", line.text[days[0].start : days[0].end])
        return Item("info", line, InfoLine(line, (label,), "", ""))
    if _SHEET.search(folded) and re.search("报|周刊|版", folded) and re.search(r"[报刊》]\S{0,4}[\s/|·]", folded):
        return Item("info", line, InfoLine(line, (), "", ""))
    return None
