"""Several articles in one page: a table of contents, pieces under a common title, two plans, newspaper pages."""

import re
from collections import Counter
from itertools import pairwise

from importer.bylines import has_credit, is_byline
from importer.contents import by_contents
from importer.document import Line
from importer.page import NUMBERED, Item, Page, is_prose
from importer.pieces import Piece, Split, declared, number_value

_NUMBER = r"[一二三四五六七八九十]{1,3}|\d{1,2}"
_MARKER = re.compile(
    rf"^[【\[(《]?\s*(?:第\s*(?P<a>{_NUMBER})\s*篇|篇\s*(?P<b>{_NUMBER})|范文\s*(?P<c>{_NUMBER})|[(]第?\s*(?P<d>{_NUMBER})\s*篇?[)])\s*[】\])》]?\s*[:：、.]?\s*(?P<title>.*)$"
)
_TAIL_NUMBER = re.compile(
    rf"^(?P<stem>.{{4,40}}?)\s*[(【\[]?\s*(?:第?\s*(?P<a>{_NUMBER})\s*篇|篇\s*(?P<b>{_NUMBER})|范文\s*(?P<c>{_NUMBER})|(?<![\d年第])(?P<d>[1-9]|1\d|20|[一二三四五六七八九十]{{1,2}}))\s*[)】\]]?[:]?$"
)
_LEAD = re.compile(
    r"(?:本报|本网|本刊)(?:\S{0,6}\d{1,2}月\d{1,2}日)?讯|.{0,6}讯\s*[(].{0,6}(?:记者|通讯员)|[(](?:本报|"
    r"本网)?(?:记者|通讯员)"
)
_PLAN_TITLE = re.compile(
    r"^(?:.{0,30}(?:工会|总工会|职工|女工|工作).{0,20}|.{0,12}(?:19|20)\d\d年.{0,16})(?:工作要点|工作计划|"
    r"工作总结|工作安排|工作思路|工作打算|活动计划|计划|总结|要点)(?:范文|及\S{2,12}|和\S{2,14})?$"
)


def split(page: Page) -> Split:
    """Cut the page's items into articles; a page of one article gives one piece."""
    items = page.items
    return (
        by_contents(items)
        or _by_markers(items)
        or _by_plan_titles(items)
        or _by_bylines(items)
        or _by_credits(items)
        or Split([Piece(list(items))])
    )


# --- markers: 篇一, 第二篇:, a number after a common title -----------------------------------------------------------


def _by_markers(items: list[Item]) -> Split | None:
    marks = _marked(items) or _numbered_titles(items)
    if len(marks) < 2:
        return None
    pieces = []
    for (start, title), stop in zip(marks, [index for index, _ in marks[1:]] + [len(items)], strict=True):
        pieces.append(Piece(items[start:stop], given=items[start].line, title=title or None))
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
            marks.append((index, item.line.text[match.start("title") : match.end("title")].strip()))
            expected += 1
    return marks


def _numbered_titles(items: list[Item]) -> list[tuple[int, str]]:
    """工会工作计划1, 工会工作计划2 …: one stem, numbers that count up from one."""
    rows = []
    for index, item in enumerate(items):
        match = _TAIL_NUMBER.match(item.line.folded) if item.role == "text" and len(item.line.text) <= 48 else None
        if match and not NUMBERED.match(item.line.folded):
            number = number_value(match["a"] or match["b"] or match["c"] or match["d"])
            rows.append((index, match["stem"].strip(" :-—("), number))
    stem, count = Counter(row[1] for row in rows).most_common(1)[0] if rows else ("", 0)
    rows = [row for row in rows if row[1] == stem]
    if count < 2 or [row[2] for row in rows] != list(range(rows[0][2], rows[0][2] + count)) or rows[0][2] > 2:
        return []
    return [(index, items[index].line.text) for index, _stem, _number in rows]


def _by_plan_titles(items: list[Item]) -> Split | None:
    """Two plans in one file: the title of a second one on its own line, followed by text."""
    starts = []
    for index, item in enumerate(items):
        folded = item.line.folded
        if item.role != "text" or len(folded) > 48 or NUMBERED.match(folded) or not _PLAN_TITLE.match(folded):
            continue
        later = [other for other in items[index + 1 : index + 8] if other.role == "text"]
        if any(is_prose(other.line.folded) for other in later) and all(
            items[start].line.folded != folded for start in starts
        ):
            starts.append(index)
    if len(starts) < 2 or any(after - before < 4 for before, after in pairwise(starts)):
        return None
    prose_above = any(item.role == "text" and is_prose(item.line.folded) for item in items[: starts[0]])
    starts = starts if prose_above else [0, *starts[1:]]
    if prose_above:
        starts = [0, *starts]
    pieces = [
        Piece(items[start:stop], given=items[start].line if start else None)
        for start, stop in zip(starts, [*starts[1:], len(items)], strict=True)
    ]
    return Split(pieces, "several")


# --- newspaper pages -------------------------------------------------------------------------------------------------


def _by_bylines(items: list[Item]) -> Split | None:
    """A byline of names below each headline or its opening paragraphs; a page with two of them holds two articles."""
    marks = [
        index
        for index, item in enumerate(items)
        if item.role == "text" and (is_byline(item.line) or _is_lead(item.line))
    ]
    starts: list[int] = []
    for mark in marks:
        start = _headline_above(items, mark, starts[-1] if starts else -1)
        if start is not None and (not starts or start > starts[-1]):
            starts.append(start)
    if len(starts) < 2:
        return None
    shared = [item for item in items[: starts[0]] if item.role == "info"]
    items = [item for item in items[: starts[0]] if item.role == "text"] + items[starts[0] :]
    starts = [start - len(shared) for start in starts]
    starts[0] = 0
    pieces = [Piece(items[start:stop]) for start, stop in zip(starts, [*starts[1:], len(items)], strict=True)]
    return Split(pieces, "newspaper", shared=shared)


def _by_credits(items: list[Item]) -> Split | None:
    """Short reports one below another, each ending with its authors in brackets and followed by the next headline."""
    starts = [0]
    for index, item in enumerate(items[:-1]):
        if item.role == "text" and is_prose(item.line.folded) and has_credit(item.line):
            following = items[index + 1]
            if following.role == "text" and _is_head_line(following.line) and index + 2 < len(items):
                starts.append(index + 1)
    if len(starts) < 2:
        return None
    ends = [*starts[1:], len(items)]
    return Split([Piece(items[start:stop]) for start, stop in zip(starts, ends, strict=True)], "newspaper")


def _is_lead(line: Line) -> bool:
    """A report's opening words: 本报讯, or the reporter in brackets."""
    return bool(_LEAD.match(line.folded))


def _headline_above(items: list[Item], mark: int, floor: int) -> int | None:
    """The first line of the head (kicker or title) whose byline stands at `mark`, at most three paragraphs below it."""
    index = mark - 1
    prose = 0
    while index > floor and items[index].role == "text" and is_prose(items[index].line.folded) and prose < 4:
        index, prose = index - 1, prose + 1
    if (
        index <= floor
        or items[index].role != "text"
        or is_byline(items[index].line)
        or NUMBERED.match(items[index].line.folded)
    ):
        return None
    start = index
    while (
        start - 1 > floor
        and items[start - 1].role == "text"
        and _is_head_line(items[start - 1].line)
        and index - start < 2
    ):
        start -= 1
    return start


def _is_head_line(line: Line) -> bool:
    folded = line.folded
    return (
        len(folded) <= 45
        and not is_prose(folded)
        and not is_byline(line)
        and folded[-1] not in "。;,"
        and not NUMBERED.match(folded)
    )
