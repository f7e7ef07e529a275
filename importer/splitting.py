"""Several articles in one page: newspaper pages, collections with a table of contents, and pieces under a common title."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from importer.bylines import is_byline
from importer.document import Line, fold
from importer.page import NUMBERED, Item, Page, is_prose

_CONTENTS = re.compile(r"[\[【(]?\s*目\s*录\s*[\]】)]?|contents", re.IGNORECASE)
_ENTRY = re.compile(
    r"^(?:(?P<no>\d{1,3})\s*[.、,)]\s*|(?P<cn>第?[一二三四五六七八九十]{1,3}篇?\s*[、.:])\s*)?(?P<title>.*\S?)$"
)
_PAGE = re.compile(r"(?P<leader>[\s.…·]+)(?P<page>\d{1,4})$")
_NUMBER = r"[一二三四五六七八九十]{1,3}|\d{1,2}"
_MARKER = re.compile(
    rf"^[【\[(《]?\s*(?:第\s*(?P<a>{_NUMBER})\s*篇|篇\s*(?P<b>{_NUMBER})|范文\s*(?P<c>{_NUMBER})|[(]第?\s*(?P<d>{_NUMBER})\s*篇?[)])\s*[】\])》]?\s*[:：、.]?\s*(?P<title>.*)$"
)
_TAIL_NUMBER = re.compile(
    rf"^(?P<stem>.{{4,40}}?)\s*[(【\[]?\s*(?:第?\s*(?P<a>{_NUMBER})\s*篇|篇\s*(?P<b>{_NUMBER})|范文\s*(?P<c>{_NUMBER})|(?<![\d年第])(?P<d>[1-9]|1\d|20|[一二三四五六七八九十]{{1,2}}))\s*[)】\]]?[:]?$"
)
_LEAD = re.compile(r"(?:本报|本网|本刊)(?:\S{0,6}\d{1,2}月\d{1,2}日)?讯|.{0,6}讯\s*[(].{0,6}(?:记者|通讯员)|[(](?:本报|本网)?(?:记者|通讯员)")
_PLAN_TITLE = re.compile(
    r"^(?:.{0,30}(?:工会|总工会|职工|女工|工作).{0,20}|.{0,12}(?:19|20)\d\d年.{0,16})(?:工作要点|工作计划|工作总结|工作安排|工作思路|工作打算|活动计划|计划|总结|要点)(?:范文|及\S{2,12}|和\S{2,14})?$"
)
_DECLARED = re.compile(r"(?P<n>\d{1,3}|[一二三四五六七八九十]{1,2})\s*篇")
_CHARS = re.compile(r"(?:共计?|全文|约|字数[:]?)\s*(\d{3,7})\s*(?:个)?字|(\d{4,7})字")
CUT_SHARE = 0.4  # a last body shorter than this share of what the others lead one to expect is cut


@dataclass
class Piece:
    """One article's items, the title line that opens it (if a marker or contents named it) and the title without marker."""

    items: list[Item]
    given: Line | None = None
    title: str | None = None
    truncated: bool = False


@dataclass
class Split:
    """The pieces in order. `contents` is a collection's table: (no, title, full|truncated|missing)."""

    pieces: list[Piece]
    kind: str = "single"  # single, newspaper, collection, series
    title: Line | None = None
    contents: list[tuple[int, str, str]] = field(default_factory=list)
    declared_count: int | None = None
    declared_chars: int | None = None
    shared: list[Item] = field(default_factory=list)  # items above the first piece


def split(page: Page) -> Split:
    """Cut the page's items into articles; a page of one article gives one piece."""
    items = page.items
    return (
        _by_contents(items)
        or _by_markers(items)
        or _by_plan_titles(items)
        or _by_bylines(items)
        or Split([Piece(list(items))])
    )


def _declared(title: Line | None, items: Sequence[Item]) -> tuple[int | None, int | None]:
    count = _DECLARED.search(title.folded) if title else None
    number = _value(count["n"]) if count else None
    for item in items[:12]:
        chars = _CHARS.search(item.line.folded) if len(item.line.text) < 80 else None
        if chars:
            return number, int(chars[1] or chars[2])
    return number, None


def _value(text: str) -> int:
    """1 to 99 in either writing."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    digits = "零一二三四五六七八九"
    return (
        (digits.index(tens) if tens else 1) * 10 + (digits.index(ones) if ones else 0)
        if ten
        else digits.index(text[-1])
    )


# --- a table of contents -------------------------------------------------------------------------------------------


def _by_contents(items: list[Item]) -> Split | None:
    """目录 and its entries; a title of the table met again on a line of its own opens that piece."""
    at = next(
        (index for index, item in enumerate(items) if item.role == "text" and _CONTENTS.fullmatch(item.line.folded)),
        None,
    )
    if at is None:
        return None
    entries, end = _entries(items, at)
    if len(entries) < 2:
        return None
    found = {}
    place = end
    for no, title, _page in entries:
        hit = next(
            (
                index
                for index in range(place, len(items))
                if items[index].role == "text" and _same(items[index].line, title)
            ),
            None,
        )
        if hit is not None:
            found[no] = hit
            place = hit + 1
    chapters = sum(bool(NUMBERED.match(items[index].line.folded)) for index in found.values())
    if not found or chapters * 2 > len(found):
        del items[at:end]  # the contents of one document: its chapters
        return None
    return _collection(items, at, end, entries, found)


def _collection(items: list[Item], at: int, end: int, entries: list, found: dict[int, int]) -> Split:
    starts = sorted(found.values())
    by_start = {index: no for no, index in found.items()}
    titles = {no: title for no, title, _page in entries}
    pieces = []
    for start, stop in zip(starts, [*starts[1:], len(items)], strict=True):
        pieces.append(Piece(items[start:stop], given=items[start].line, title=items[start].line.text))
    missing = {no for no, _title, _page in entries} - set(found)
    last_no = by_start[starts[-1]]
    if any(no > last_no for no in missing) and _is_cut(pieces, entries, [by_start[start] for start in starts]):
        pieces[-1].truncated = True
    state = {no: "full" if no in found else "missing" for no in titles}
    state[last_no] = "truncated" if pieces[-1].truncated else "full"
    above = [item for item in items[:at] if item.role == "text"]
    title = above[-1].line if above else None
    count, chars = _declared(title, items)
    contents = [(no, items[found[no]].line.text if no in found else text, state[no]) for no, text, _page in entries]
    return Split(pieces, "collection", title, contents, count, chars, items[:at] + items[end : starts[0]])


def _entries(items: list[Item], at: int) -> tuple[list[tuple[int, str, int | None]], int]:
    """(number, title, page) of each entry, and the index after the last one."""
    rows, index = [], at + 1
    while index < len(items):
        item = items[index]
        match = _ENTRY.match(item.line.folded) if item.role == "text" and len(item.line.text) <= 80 else None
        if not match or is_prose(item.line.folded) and not _PAGE.search(item.line.folded):
            break
        numbered = bool(match["no"] or match["cn"])
        page = _PAGE.search(item.line.folded, match.start("title"))
        if not numbered and not page or rows and _same(item.line, rows[0][1]):
            break
        number = int(match["no"]) if match["no"] else len(rows) + 1
        text = item.line.text[match.start("title") : page.start() if page else None].strip(" 　.…·")
        if (
            page
            and page["leader"].startswith(".")
            and text.endswith(str(number))
            and not page["leader"].startswith("..")
        ):
            text = text.removesuffix(str(number)).rstrip()  # the entry's own number repeated before the page
        rows.append((number, text, int(page["page"]) if page else None))
        index += 1
    return rows, index


def _same(line: Line, title: str) -> bool:
    def bare(text: str) -> str:
        return re.sub(
            r"[\W_]", "", re.sub(r"^(?:\d{1,3}\s*[.、]|[一二三四五六七八九十]{1,3}\s*[、.])\s*", "", fold(text))
        )

    return len(line.text) <= 90 and bool(bare(title)) and bare(line.text) == bare(title)


def _is_cut(pieces: list[Piece], entries: list, numbers: list[int]) -> bool:
    """Whether the last body is far shorter than its pages in the contents, or than the other bodies, promise."""
    lengths = [sum(len(item.line.text) for item in piece.items[1:]) for piece in pieces]
    if len(lengths) < 2:
        return lengths[0] < 300
    pages = {no: page for no, _title, page in entries}
    order = [no for no, _title, _page in entries]
    spans = []
    for no in numbers:
        after = order[order.index(no) + 1] if order.index(no) + 1 < len(order) else None
        spans.append(pages[after] - pages[no] if after and pages[no] and pages[after] else None)
    known = [(length, span) for length, span in zip(lengths[:-1], spans[:-1], strict=True) if span and span > 0]
    if known and spans[-1]:
        expected = sum(length for length, _ in known) / sum(span for _, span in known) * spans[-1]
    else:
        expected = sorted(lengths[:-1])[len(lengths[:-1]) // 2]
    return lengths[-1] < CUT_SHARE * expected


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
    count, chars = _declared(title, items)
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
        if not match or match["d"] and not match["title"] or item.line.folded[-1] in "。;":
            continue
        number = _value(match["a"] or match["b"] or match["c"] or match["d"])
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
            rows.append(
                (index, match["stem"].strip(" :-—("), _value(match["a"] or match["b"] or match["c"] or match["d"]))
            )
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
    if len(starts) < 2 or any(after - before < 4 for before, after in zip(starts, starts[1:], strict=False)):
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
    marks = [index for index, item in enumerate(items) if item.role == "text" and (is_byline(item.line) or _is_lead(item.line))]
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
