"""Several articles in one page: a table of contents, pieces under a common title, two plans, newspaper pages."""

import re
from collections import Counter
from itertools import pairwise

from importer.document import Line, fold
from importer.rules.bulletins import by_bulletin
from importer.rules.contents import by_contents
from importer.rules.listed_titles import by_listed_titles
from importer.rules.newspapers import by_newspaper, papers_own
from importer.rules.page import NUMBERED, Item, Page, is_prose
from importer.rules.pieces import Piece, Split, declared, number_value
from importer.rules.report_signs import is_head_line, is_running

_NUMBER = r"[一二三四五六七八九十]{1,3}|\d{1,2}"
_MARKER = re.compile(
    rf"^[【\[(《]?\s*(?:(?:推荐|精选|优秀|范文|例文|参考|样本|模板)?\s*第\s*(?P<a>{_NUMBER})\s*篇|篇\s*(?P<b>{_NUMBER})|(?:范文|例文|样本|模板|推荐|精选)\s*(?P<c>{_NUMBER})|[(]第?\s*(?P<d>{_NUMBER})\s*篇?[)])\s*[】\])》]?\s*[:：、.]?\s*(?P<title>.*)$"
)
_TAIL_NUMBER = re.compile(
    rf"^(?P<stem>.{{4,40}}?)\s*[-—:]?\s*[(【\[]?\s*(?:第\s*(?P<a>{_NUMBER})\s*篇|篇\s*(?P<b>{_NUMBER})|范文\s*(?P<c>{_NUMBER})|(?<![\d年第])(?P<d>[1-9]|1\d|20|[一二三四五六七八九十]{{1,2}}))\s*[)】\]]?[:]?$"
)
_TAIL_LAST = frozenset("篇)】]:一二三四五六七八九十")  # or a figure: what such a title ends with
_TITLED = re.compile(r"工会|职工|计划|总结|要点|安排|思路|打算|方案|讲话|发言|报告|体会|材料")
_PAPER_TITLE = re.compile(
    r".{6,48}(?:计划|总结|要点|安排|思路|打算|方案|讲话|发言|报告|汇报|体会|材料)(?:[(].{1,12}[)])?"
)
_NUMBERED_PAPER = re.compile(  # 一、在培训班上的发言, a piece of a collection and no heading
    rf"[(【]?(?P<no>{_NUMBER})[)】、.]\s*(?P<title>.{{5,44}}(?:计划|总结|要点|安排|思路|打算|方案|讲话稿?|发言稿?|报告|汇报|致辞|"
    r"主持词|体会|材料)(?:[(].{1,12}[)])?)"
)
_SALUTATION = re.compile(r"[^,。;]{0,24}(?:同志们|领导|代表|来宾|同事|朋友们?|评委|职工|工友们?)[^,。;]{0,8}[:!]$")
_COMMON_TITLE = re.compile(  # what stands above the titles of several papers and says what they are together
    r"(?:计划|总结|要点|安排|思路|打算|材料|方案|报告)\S{0,4}[(【\[]\S{0,4}(?:[两二三四五六七八九十\d]+\s*[个篇份项则]|上下|第?一、二)\S{0,6}[)】\]]"
    r"|(?<!\d)20\d\d年?(?:、|和|与|及)20\d\d年?(?:[)】]|$|(?:度|工会|工作){0,2}计划$)|[两三]年[^,。]{0,6}(?:计划|总结|要点)|历年"
    r"|[两二三四五六七八九十\d]+篇|汇编|合集|选编|汇总|集锦"
)
_MARKS = re.compile(r"^[^\w“《\"「『(【\[<]+")
_PLAN_TITLE = re.compile(
    r"^(?:.{0,30}(?:工会|总工会|职工|女工|工作).{0,20}|.{0,12}(?:19|20)\d\d年.{0,16})(?:工作要点|工作计划|"
    r"工作总结|工作安排|工作思路|工作打算|活动计划|计划|总结|要点)(?:范文|及\S{2,12}|和\S{2,14})?$"
)


def split(page: Page) -> Split:
    """Cut the page's items into articles; a page of one article gives one piece."""
    items = page.items
    parts = (
        by_contents(items)
        or by_listed_titles(items, paper=papers_own(items))
        or _by_markers(items)
        or _by_plan_titles(items)
        or by_newspaper(items)
        or by_bulletin(items)
        or Split([Piece(list(items))])
    )
    if page.cut_note and parts.kind == "collection" and parts.contents[-1][2] == "missing":
        parts.pieces[-1].truncated = True
        last = max(place for place, row in enumerate(parts.contents) if row[2] != "missing")
        parts.contents[last] = (*parts.contents[last][:2], "truncated")
    return parts


# --- markers: 篇一, 第二篇:, a number after a common title -----------------------------------------------------------


def _by_markers(items: list[Item]) -> Split | None:
    marks = _marked(items) or _numbered_titles(items) or _numbered_papers(items)
    if len(marks) < 2:
        return None
    pieces = []
    for (start, title), stop in zip(marks, [index for index, _ in marks[1:]] + [len(items)], strict=True):
        own = _title_below(items[start + 1 : stop], title)
        pieces.append(
            Piece(items[start + 1 : stop], given=own, title=own.text)
            if own
            else Piece(items[start:stop], given=items[start].line, title=title or None)
        )
    above = [item for item in items[: marks[0][0]] if item.role == "text" and not is_prose(item.line.folded)]
    title = above[0].line if above else None
    count, chars = declared(title, items)
    contents = [(no, piece.title or piece.given.text, "full") for no, piece in enumerate(pieces, 1)]
    return Split(
        [piece for piece in pieces if len(piece.items) > 1] or pieces,
        "series",
        title,
        contents,
        count,
        chars,
        items[: marks[0][0]],
    )


def _title_below(items: list[Item], title: str) -> Line | None:
    """The piece's own title under a marker that says no more than its number and the common title."""
    below = items[0] if len(items) > 1 and items[0].role == "text" else None
    if not below:
        return None
    if title and not _TAIL_NUMBER.match(fold(title)):
        return below.line if is_head_line(below.line) and _PAPER_TITLE.fullmatch(below.line.folded) else None
    return below.line if is_head_line(below.line) and _TITLED.search(below.line.folded) else None


def _marked(items: list[Item]) -> list[tuple[int, str]]:
    marks, expected = [], 1
    for index, item in enumerate(items):
        match = _MARKER.match(item.line.folded) if item.role == "text" and len(item.line.text) <= 60 else None
        if not match or (match["d"] and not match["title"]) or item.line.folded[-1] in "。;":
            continue
        number = number_value(match["a"] or match["b"] or match["c"] or match["d"])
        if match["d"] and "篇" not in item.line.folded:
            continue
        if number == expected:
            title = item.line.text[match.start("title") : match.end("title")].strip()
            opened = match.group()[0] in "【[(《" and not re.search(r"[】\])》]", match.group()[: match.start("title")])
            marks.append((index, title.rstrip("】])）》") if opened else title))
            expected += 1
    return marks


def _numbered_titles(items: list[Item]) -> list[tuple[int, str]]:
    """工会工作计划1, 工会工作计划2 …: one stem, numbers that count up from one."""
    rows = []
    for index, item in enumerate(items):
        last = item.line.folded[-1:] if item.role == "text" and len(item.line.text) <= 48 else ""
        match = _TAIL_NUMBER.match(item.line.folded) if last.isdecimal() or last in _TAIL_LAST else None
        if match and not NUMBERED.match(item.line.folded):
            number = number_value(match["a"] or match["b"] or match["c"] or match["d"])
            rows.append((index, match["stem"].strip(" :-—("), number))
    own = [row for row in rows if _PAPER_TITLE.fullmatch(row[1])]  # each with a title of its own
    if len({row[1] for row in own}) == len(own) > 1 and [row[2] for row in own] == list(range(1, len(own) + 1)):
        return [(index, stem) for index, stem, _number in own]
    stem, count = Counter(row[1] for row in rows).most_common(1)[0] if rows else ("", 0)
    rows = [row for row in rows if row[1] == stem]
    if count < 2 or [row[2] for row in rows] != list(range(rows[0][2], rows[0][2] + count)) or rows[0][2] > 2:
        return []
    return [(index, items[index].line.text) for index, _stem, _number in rows]


def _numbered_papers(items: list[Item]) -> list[tuple[int, str]]:
    """一、…的发言, 二、…的讲话 …: as many as the common title declares, or below each the people it was said to."""
    rows = []
    for index, item in enumerate(items):
        match = (
            _NUMBERED_PAPER.fullmatch(item.line.folded) if item.role == "text" and len(item.line.text) < 64 else None
        )
        if match and not re.search("[,。;:]", match["title"]):
            rows.append((index, item.line.text[match.start("title") :].strip(), number_value(match["no"])))
    if len(rows) < 2 or [row[2] for row in rows] != list(range(1, len(rows) + 1)):
        return []
    stops = [*(row[0] for row in rows[1:]), len(items)]
    if any(stop - row[0] < 3 for row, stop in zip(rows, stops, strict=True)):
        return []
    above = [item.line for item in items[: rows[0][0]] if item.role == "text" and not is_prose(item.line.folded)]
    told = any(declared(line, ())[0] == len(rows) for line in above)
    spoken = all(any(_SALUTATION.match(item.line.folded) for item in items[row[0] + 1 : row[0] + 4]) for row in rows)
    return [(index, title) for index, title, _number in rows] if told or spoken else []


def _unmarked(folded: str) -> str:
    """A title without the mark in front of it or the brackets around the whole of it."""
    bare = _MARKS.sub("", folded).rstrip("◆◇★☆●■□▲※ ")
    return bare[1:-1] if bare[:1] + bare[-1:] in ("【】", "《》", "[]", "<>") else bare


def _by_plan_titles(items: list[Item]) -> Split | None:
    """Two plans in one file: the title of a second one on its own line, followed by text."""
    starts = []
    for index, item in enumerate(items):
        folded = item.line.folded
        if (
            item.role != "text"
            or len(folded) > 48
            or NUMBERED.match(folded)
            or not _PLAN_TITLE.match(_unmarked(folded))
        ):
            continue
        later = [other for other in items[index + 1 : index + 8] if other.role == "text"]
        if any(is_running(other.line) for other in later) and all(
            items[start].line.folded != folded for start in starts
        ):
            starts.append(index)
    if len(starts) < 2 or any(after - before < 4 for before, after in pairwise(starts)):
        return None
    above = [item for item in items[: starts[0]] if item.role == "text"]
    common = next((item.line for item in reversed(above) if _COMMON_TITLE.search(item.line.folded)), None)
    if common and not any(is_prose(item.line.folded) for item in above):
        stops = [*starts[1:], len(items)]
        pieces = [Piece(items[start:stop], items[start].line) for start, stop in zip(starts, stops, strict=True)]
        contents = [(no, piece.given.text, "full") for no, piece in enumerate(pieces, 1)]
        return Split(pieces, "series", common, contents, *declared(common, items), items[: starts[0]])
    prose_above = any(is_prose(item.line.folded) for item in above)
    starts = starts if prose_above else [0, *starts[1:]]
    if prose_above:
        starts = [0, *starts]
    pieces = [
        Piece(items[start:stop], given=items[start].line if start else None)
        for start, stop in zip(starts, [*starts[1:], len(items)], strict=True)
    ]
    return Split(pieces, "several")
