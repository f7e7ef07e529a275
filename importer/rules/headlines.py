"""Titles that a page prints in pieces, behind a label or in front of its text, made lines of their own."""

import re
from collections.abc import Sequence
from itertools import pairwise

from importer.document import Line
from importer.rules.bylines import is_byline
from importer.rules.page import NUMBERED, Item, is_prose

UNION_ONLY = re.compile(r".{2,22}(?:总工会|工会|工会委员会|工会联合会|人民政府|委员会)")
PAPERS = (
    "通知|公示|公告|通报|意见|办法|决定|方案|报告|函|讲话|请示|批复|要点|计划|总结|规定|细则|条例|倡议书|发言|致辞|规划|安排|打算|思路|解读|简报|"
    "分解表|一览表|任务书|责任书|实施方案"
)
_PAPER_END = re.compile(rf".*(?:{PAPERS})(?:[(].{{1,12}}[)])?$")
_PERIOD = re.compile(  # (2019年下学期), (2018-2020年)
    r"[(](?:(?:19|20)\d\d|[二一][〇零○ОΟ0一二三四五六七八九]{3})[^()。,;]{0,14}(?:年|年度|学期|季度|月|版)[)]"
)
_WITHOUT_OWNER = re.compile(
    r"(?:关于|印发|转发|(?:19|20)\d\d|20?[xX*×]{2}|[xX×]{2}年|[二一][〇零○ОΟ0一二三四五六七八九]{3}年|第[一二三四五六七八九十]+(?:届|季度)|今年|明年|年度|上半年|下半年|工作)"
)
_WANTS_SUBJECT = re.compile(  # what is said of the union that the line above names
    r"(?:为(?!民|了)|把|将|给|向|让|替|同|帮|用|以“|赴|荣获|喜获|获得|获评|召开|举办|举行|开展|组织|启动|部署|走访|慰问|成立|建立|推行|出台|印发|发布)\S"
)
_SAYS_WHAT = re.compile(
    r".{2,22}(?:工会|委员会)(?:为|把|将|向|召开|举办|举行|开展|组织|启动|部署|成立|建立|推行|出台|印发|发布|参加|承办|赴|到|深入|扎实|积极|全力|持续|圆满)[^“”《》]{6,}$"
)
_ENDS_SO = re.compile(
    r"[^“”《》:工]{2,}(?:会|班|赛|活动|仪式|工作|行动|讲座|培训|建设|服务|会议|典礼|论坛|调研|交流|慰问|检查|督导|演练|演出)"
)
_STOP = re.compile(r"[。;:!?,]$|[。;]")
_LEANS = re.compile(r"(?:关于|印发|转发|批转|[的、和与及暨在为])$")
_LEANS_BACK = re.compile(r"^(?:[的、暨及]|和(?!谐|平)|与(?!会))")
_QUOTES = ("“”", "《》", "()", "「」", "【】")
_LONGEST = 90
_IN_FRONT = re.compile(r"(?P<title>[^\s。;:!?](?:[^。;:!?]{4,56}?))(?P<gap>\s{2,}|\u3000+)(?=\S{12})")


def whole_titles(items: Sequence[Item], start: int, given: Line | None) -> list[Item]:
    """`items` with a title above the text (which begins at `start`) on one line, whole.

    Its lines are joined, a labelled one (原标题:) is read as a line, one in front of the first paragraph is cut off.
    The line `given` by a table of contents stays as it is.
    """
    out: list[Item] = []
    spaced = _is_spaced(items, start)
    for item in items[:start]:
        item = _labelled(item)
        first = sum(other.role == "text" for other in out) == 1
        near = out and out[-1].role == item.role == "text" and _is_near(out[-1].line, item.line, spaced)
        if near and _joins(out[-1].line, item.line, given, first):
            out[-1] = Item("text", _joined(out[-1].line, item.line))
        else:
            out.append(item)
    rest = list(items[start:])
    if rest and rest[0].role == "text" and rest[0].line is not given:
        rest[:1] = _cut(rest[0])
    return out + rest


def _is_spaced(items: Sequence[Item], start: int) -> bool:
    """Whether an empty line stands between most of the lines."""
    gaps = [after.line.number - before.line.number for before, after in pairwise(items[max(0, start - 6) : start + 12])]
    return sum(gap > 1 for gap in gaps) * 2 >= len(gaps)


def _is_near(first: Line, second: Line, spaced: bool) -> bool:
    """Whether nothing parts the lines: a union above the path of channels is whose site it is, and 关于… is whole."""
    parted = not spaced and second.number - first.number > 1
    return not (parted and second.folded.startswith("关于") and UNION_ONLY.fullmatch(first.folded))


def _labelled(item: Item) -> Item:
    if item.info and item.info.fields == {"title"} and len(item.info.labels[0].value) >= 6:
        return Item("text", Line(item.line.number, item.info.labels[0].value))
    return item


def _joins(first: Line, second: Line, given: Line | None, opens: bool) -> bool:
    """Whether `second` goes on the title that `first` begins; `opens` where no other line stands above them."""
    a, b = first.folded, second.folded
    if (
        first is given
        or second is given
        or second.number - first.number > 2
        or len(a) + len(b) > _LONGEST
        or a == b
        or min(len(a), len(b)) < 2
    ):
        return False
    if any(_STOP.search(text) or NUMBERED.match(text) for text in (a, b)) or re.match(r"[(—-]", b):
        return bool(_PERIOD.fullmatch(b) and _PAPER_END.match(a)) and second.number - first.number == 1
    if is_byline(first) or is_byline(second):
        return False
    if UNION_ONLY.fullmatch(a):
        if opens and _WANTS_SUBJECT.match(b) and second.number - first.number == 1:
            return True
        return bool(_WITHOUT_OWNER.match(b)) and (b.startswith("关于") or bool(_PAPER_END.match(b)))
    if any(a.count(quote[0]) > a.count(quote[1]) for quote in _QUOTES) or _LEANS.search(a) or _LEANS_BACK.match(b):
        return True
    if second.number - first.number == 1 and _SAYS_WHAT.match(a) and _ENDS_SO.fullmatch(b) and len(b) < len(a):
        return True  # 某总工会举办产业工人队伍建设 / 改革培训班
    return "关于" in a and not _PAPER_END.match(a) and bool(_PAPER_END.match(b)) and "关于" not in b


def _joined(first: Line, second: Line) -> Line:
    """Both as one line, numbered as the part that names a year, for that is what a reader looks for in a title."""
    number = first.number if re.search(r"\d{4}", first.folded) else second.number
    return Line(number, first.text + second.text, first.indent)


def _cut(item: Item) -> list[Item]:
    """县总工会召开会议　　4月24日，… is a title and a paragraph."""
    line = item.line
    match = _IN_FRONT.match(line.text[:120])
    if not match or NUMBERED.match(line.folded) or line.mark or not re.search(r"[工会职劳]", match["title"]):
        return [item]
    rest = Line(line.number, line.text[match.end() :].strip(), line.indent)
    return [Item("text", Line(line.number, match["title"])), Item("text", rest)] if is_prose(rest.folded) else [item]
