"""A newspaper's page: short reports one below another. The page is cut so that each report is signed once.

A report is signed above its text (a byline, 本报讯) or below it (a credit); where two signs stand in one text a
headline between them begins another report, and where a part of the text has none it belongs to the report above.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from operator import attrgetter

from importer.document import Line
from importer.rules.headlines import UNION_ONLY
from importer.rules.page import NUMBERED, Item, is_prose
from importer.rules.pieces import Piece, Split
from importer.rules.report_signs import (
    Sign,
    is_bullet,
    is_free,
    is_head_line,
    is_rubric,
    is_running,
    masthead,
    read_signs,
)

_NEWS = re.compile(r"\d{1,2}月\d{1,2}日|近日|日前|连日来")
_PLACED = re.compile(
    r"[\u3400-\u9fff]{1,13}(?:[省市县区旗州盟镇乡厂局矿]|街道|工会|公司|集团):\S"
)  # 港北区:新春招聘送到渡口
_KICKER = re.compile(r"[\u3400-\u9fff]{2,20}:|[\u3400-\u9fff]{2,3}")
_NAME = re.compile(  # a unit or a place alone above the headline
    r"[^,。“”、\s]{2,24}(?:工会|[委部局院校学厂矿段站所队]|公司|集团|[市县区州旗盟镇乡村]|街道|社区|中心|银行|医院)"
)
_GOES_ON = re.compile(
    r"(?:为(?!民|了)|把|将|给|向|让|替|帮|举办|召开|开展|组织|启动|走访|慰问|成立|推出|发放)\S"
)  # 某市总工会 / 为…
_OPEN_END = re.compile(r"工会[^\s、]{2,14}|[\u3400-\u9fff]{2,10}:[^\s、]{4,14}")
_PAPERS_OWN = re.compile(r"(?<!简)报(?![告道名])|[A-Z\d一二三四五六七八九十]\s*版|版\s*:|周刊|画刊")
_CAPTION = re.compile(r"[(▲]?(?:图为|图:|上图|下图|左图|右图|图片|资料图|本版|摄影|[(]?下转)")
_HEAD_ABOVE = 8  # lines of opening text that may stand between a headline and its byline
_HEAD_LINES = 4
_MOST_SIGNS = 12  # counted in one report
_MOST_STARTS = 400  # no page has more headlines
_BACK = 40  # headlines looked back over for the beginning of a report
_PLACE = attrgetter("place")
_SIGNED, _REPORTED, _UNSIGNED, _STRAY = 2.0, 0.6, -1.5, -3.0


@dataclass(frozen=True)
class _Start:
    """A headline where a report may begin: the place of its first line, of the first line below, what speaks for it."""

    place: int
    text: int
    weight: float
    rubric: bool
    reports: bool


def by_newspaper(items: list[Item]) -> Split | None:
    """Cut a page of two or more reports at their headlines; None where it is one text.

    Of all ways to cut the page the one is taken in which most reports are signed, each once. A report without a sign
    is cut off where its headline names a union or a place and its text opens as a report does.
    """
    ruled = {index + 1 for index, item in enumerate(items) if _is_rule(item)}
    items, paper = _with_masthead(items)
    places = [index for index, item in enumerate(items) if not _is_rule(item)]
    rows = [items[index] for index in places]
    signs = read_signs(rows)
    if len(signs) < 2 and not paper:
        return None
    below_rule = {row for row, index in enumerate(places) if index in ruled}
    starts = _starts(rows, signs, below_rule)
    chosen = _best(rows, starts, signs, paper) if 1 < len(starts) <= _MOST_STARTS else []
    if len(chosen) < 2 or not _sure(rows, chosen, signs, paper):
        return None
    _drop_below_credit(items, rows, places, signs)
    return _cut(items, rows, places, chosen)


def papers_own(items: list[Item]) -> list[Item]:
    """The lines above the first text that are a newspaper's own; none where no name or sheet is among them."""
    own = [item for item in _with_masthead(items)[0][:12] if item.role == "info"]
    return own if any(_PAPERS_OWN.search(item.line.folded) for item in own) else []


def _drop_below_credit(items: list[Item], rows: list[Item], places: list[int], signs: list[Sign]) -> None:
    """Take away the paper's own lines (a slogan, an advertisement) below the names that close the last report."""
    last = signs[-1].place if signs and signs[-1].closes and signs[-1].names else len(rows)
    below = [row for row in range(last + 1, len(rows)) if rows[row].role == "text"]
    if not any(is_running(rows[row].line) or _CAPTION.match(rows[row].line.folded) for row in below):
        for row in reversed(below):
            del items[places[row]]


def _is_rule(item: Item) -> bool:
    """A line drawn across the page, or a paper's name that is no information."""
    return item.role == "info" and not item.info.labels


def _with_masthead(items: list[Item]) -> tuple[list[Item], bool]:
    """The items with the paper's own lines above the first text read as such, and whether there are any."""
    out, paper = list(items), False
    for index, item in enumerate(items[:12]):
        if item.role == "info":
            paper = paper or any(label.label == "版" for label in item.info.labels)
            continue
        own = masthead(item.line)
        if own is None:
            if is_running(item.line):
                break
            continue
        out[index], paper = own, True
    return out, paper


# --- where a report may begin ----------------------------------------------------------------------------------------


def _starts(rows: list[Item], signs: list[Sign], below_rule: set[int]) -> list[_Start]:
    signed, opened = {sign.place for sign in signs}, {sign.place for sign in signs if not sign.closes}
    starts: list[_Start] = []
    place = 0
    while place < len(rows) - 1:
        text = _head_end(rows, place, signed, opened, below_rule)
        if text is None:
            place += 1
            continue
        starts.append(_start(rows, place, text, signed))
        place = text
    return starts


def _head_end(rows: list[Item], place: int, signed: set[int], opened: set[int], below_rule: set[int]) -> int | None:
    """The place of the first line below the headline that begins at `place`; None where none does."""
    above = rows[place - 1] if place else None
    if is_rubric(rows[place].line) and _is_head(rows, place + 1, opened):
        return None  # the name of the whole column
    free = place in below_rule or (above and is_rubric(above.line)) or place - 1 in signed or is_free(rows, place)
    if above and not free and not _apart(rows, place):
        return None
    text = place
    while text < len(rows) and text - place < _HEAD_LINES and text not in signed and _is_head(rows, text, opened):
        text += 1
        if is_rubric(rows[place].line):
            break
    return text if place < text < len(rows) and (rows[text].role == "text" or text in signed) else None


def _is_head(rows: list[Item], place: int, opened: set[int]) -> bool:
    item = rows[place]
    if item.role != "text":
        return False
    folded = item.line.folded
    if is_rubric(item.line):
        return True
    below = rows[place + 1] if place + 1 < len(rows) else None
    if below and _KICKER.fullmatch(folded) and below.role == "text" and is_head_line(below.line):
        return below.line.number - item.line.number <= 2 and place + 1 not in opened
    if not is_head_line(item.line) or "。" in folded or (len(folded) > 20 and item.line.indent > 24):
        return False
    touching = below is not None and below.role == "text" and below.line.number - item.line.number == 1
    if is_running(item.line) and touching and place + 1 not in opened and len(below.line.folded) < 60:
        return False  # the first line of a paragraph in a column
    above = rows[place - 1] if place else None
    continues = above is not None and above.role == "text" and item.line.indent > above.line.indent + 1
    return not (continues and touching and is_running(below.line) and item.line.indent in (2, 4))


def _apart(rows: list[Item], place: int) -> bool:
    line, above = rows[place].line, rows[place - 1].line
    below = rows[place + 1].line if place + 1 < len(rows) else line
    return line.number - above.number > 1 and below.number - line.number > 1 and is_prose(above.folded)


def _start(rows: list[Item], place: int, text: int, signed: set[int]) -> _Start:
    first, below = rows[place].line, rows[text]
    head = "".join(item.line.folded for item in rows[place:text])
    opens = bool(_NEWS.search(below.line.folded[:16])) and is_running(below.line)
    apart = place > 0 and first.number - rows[place - 1].line.number > 1 and below.line.number - first.number > 1
    placed = bool(_PLACED.match(head))
    weight = 0.3 * (place - 1 in signed) + 0.25 * (text in signed) + 0.2 * ("工会" in head or placed)
    weight += 0.1 * (place > 0 and first.number - rows[place - 1].line.number > 1) + 0.05 * (text - place > 1)
    rubric = is_rubric(first) and (
        is_bullet(below.line) or (is_prose(below.line.folded) and not NUMBERED.match(below.line.folded))
    )
    reports = is_running(below.line) and (("工会" in head and opens) or (placed and (opens or apart)))
    return _Start(place, text, weight, rubric, reports)


# --- the best way to cut ---------------------------------------------------------------------------------------------


def _best(rows: list[Item], starts: list[_Start], signs: list[Sign], paper: bool) -> list[_Start]:
    """The headlines that begin the reports of the best way to cut."""
    ends = [*(start.place for start in starts[1:]), len(rows)]
    best: list[tuple[float, int]] = []  # of the text up to ends[index]: its value, the index of its last report's start
    several = paper or len(signs) > 2
    for stop in range(len(starts)):
        choice = (float("-inf"), stop)
        for index in range(stop, max(-1, stop - _BACK), -1):
            before = best[index - 1][0] if index else 0.0
            first = index == 0
            inner = starts[index + 1].place if index < stop else ends[stop]
            value = before + _value(rows, starts[index], inner, ends[stop], signs, several, first)
            value += 0.0 if first else starts[index].weight
            choice = max(choice, (value, index))
        best.append(choice)
    chosen, stop = [], len(starts) - 1
    while stop >= 0:
        index = best[stop][1]
        chosen.append(starts[index])
        stop = index - 1
    return chosen[::-1]


def _value(
    rows: list[Item], start: _Start, inner: int, stop: int, signs: list[Sign], several: bool, first: bool
) -> float:
    """How well the lines from a headline up to `stop` make one report; at `inner` is the next headline."""
    if not _has_text(rows, start.text, stop):
        return -6.0
    low = 0 if first else bisect_left(signs, start.place, key=_PLACE)
    own = signs[low : min(bisect_left(signs, stop, key=_PLACE), low + _MOST_SIGNS)]
    if not own:
        return _SIGNED if start.rubric else _REPORTED if start.reports else _UNSIGNED
    above = [sign for sign in own if not sign.closes and sign.place < inner and sign.place - start.text <= _HEAD_ABOVE]
    last = own[-1]
    if len(above) > 1 and last is above[-1] and not last.opens and _near_end(rows, last.place, stop):
        above.pop()
    below = [sign for sign in own if not sign.opens and sign not in above and _near_end(rows, sign.place, stop)]
    stray = len(own) - len(above) - len(below) + max(0, len(above) - 1) + max(0, len(below) - 1)
    value = (_SIGNED if above or below else _UNSIGNED) + _STRAY * stray
    if above and below and above[0].names and below[-1].names and several:
        value -= 1.5  # two who have written
    return value


def _has_text(rows: list[Item], first: int, stop: int) -> bool:
    texts = [item.line.folded for item in rows[first:stop] if item.role == "text"]
    return any(len(text) >= 12 and re.search("[,。;]", text) for text in texts) and any("。" in text for text in texts)


def _near_end(rows: list[Item], place: int, stop: int) -> bool:
    after = [row for row in rows[place + 1 : stop] if row.role == "text"]
    return all(_CAPTION.match(row.line.folded) or not is_running(row.line) for row in after)


def _sure(rows: list[Item], chosen: list[_Start], signs: list[Sign], paper: bool) -> bool:
    """Whether the pieces bear each other out: two signed ones, or on a paper's page none signed and all reports."""
    stops = [*(start.place for start in chosen[1:]), len(rows)]
    froms = [0, *stops[:-1]]
    signed = [[sign for sign in signs if start <= sign.place < stop] for start, stop in zip(froms, stops, strict=True)]
    told = sum(bool(own) or start.rubric for own, start in zip(signed, chosen, strict=True))
    if not signs:
        return paper and all(start.reports or start.rubric for start in chosen)
    if not paper and len(signs) == 2 and len(chosen) == 2 and not signs[0].closes and signs[1].closes:
        return False  # one text may have a byline above and a credit below
    return told >= 2 and any(signed)


def _cut(items: list[Item], rows: list[Item], places: list[int], chosen: list[_Start]) -> Split:
    first = places[chosen[0].place]
    shared = [item for item in items[:first] if item.role == "info"]
    above = [item for item in items[:first] if item.role == "text" and not is_rubric(item.line)]
    stops = [*(places[start.place] for start in chosen[1:]), len(items)]
    pieces = [Piece(items[places[start.place] : stop]) for start, stop in zip(chosen, stops, strict=True)]
    below = places[chosen[0].text] - first
    pieces[0].items[below:below] = above  # an editor's note to all reports, a summary in front of the first
    for piece, start in zip(pieces, chosen, strict=True):
        _set_title(piece, [item.line for item in rows[start.place : start.text]], start.rubric)
    return Split(pieces, "newspaper", shared=shared)


def _set_title(piece: Piece, head: list[Line], rubric: bool) -> None:
    """A rubric is its piece's title; a headline broken into two lines is one; a unit's name above it is none."""
    if rubric:
        piece.items = [item for item in piece.items if item.line is not head[0]]
        piece.given, piece.title = head[0], re.sub(r"\s", "", head[0].text)
        return
    own = [line for line in head if line.folded[0] not in "-—–"] or head
    if len(own) >= 2 and _is_broken(own[0], own[1]):
        whole = Line(own[1].number, own[0].text + own[1].text, own[0].indent)
        at = next(index for index, item in enumerate(piece.items) if item.line is own[0])
        piece.items[at : at + 2] = [Item("text", whole)]
        own[:2] = [whole]
    if len(own) == 2 and (_NAME.fullmatch(own[0].folded) or _KICKER.fullmatch(own[0].folded)):
        del own[0]
    if len(own) == 1:
        piece.given = own[0]


def _is_broken(first: Line, second: Line) -> bool:
    if second.number - first.number != 1 or abs(len(first.text) - len(second.text)) > 8:
        return False
    a = first.folded
    quoted = a.count("“") > a.count("”")
    if UNION_ONLY.fullmatch(a):
        return bool(_GOES_ON.match(second.folded))
    return quoted or (bool(_OPEN_END.search(a)) and not _NAME.fullmatch(a) and ":" not in second.folded)
