"""Collections with a table of contents: its entries matched with the bodies, missing and cut ones told."""

import re

from importer.document import Line, fold
from importer.page import NUMBERED, Item, is_prose
from importer.pieces import Piece, Split, declared

_CONTENTS = re.compile(r"[\[【(]?\s*目\s*录\s*[\]】)]?|contents", re.IGNORECASE)
_ENTRY = re.compile(
    r"^(?:(?P<no>\d{1,3})\s*[.、,)]\s*|(?P<cn>第?[一二三四五六七八九十]{1,3}篇?\s*[、.:])\s*)?(?P<title>.*\S?)$"
)
_PAGE = re.compile(r"(?P<leader>[\s.…·]+)(?P<page>\d{1,4})$")
_ARTICLE = re.compile(r"(?:工会|职工|女工).{0,16}(?:计划|总结|要点|安排|思路|打算)(?:范文)?(?:[(].{1,8}[)])?\W*$")
CUT_SHARE = 0.4  # a last body shorter than this share of what the others lead one to expect is cut


def by_contents(items: list[Item]) -> Split | None:
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
    chapters = sum(_is_chapter(items[index].line) for index in found.values())
    if not found or chapters * 2 > len(found):
        del items[at:end]  # the contents of one document: its chapters
        return None
    return _collection(items, at, end, entries, found)


def _is_chapter(line: Line) -> bool:
    """A numbered heading of one document; 一、县总工会2019年工作计划 is an article's title with a number before it."""
    return bool(NUMBERED.match(line.folded)) and not _ARTICLE.search(line.folded)


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
    count, chars = declared(title, items)
    contents = [(no, items[found[no]].line.text if no in found else text, state[no]) for no, text, _page in entries]
    return Split(pieces, "collection", title, contents, count, chars, items[:at] + items[end : starts[0]])


def _entries(items: list[Item], at: int) -> tuple[list[tuple[int, str, int | None]], int]:
    """(number, title, page) of each entry, and the index after the last one."""
    rows, index = [], at + 1
    while index < len(items):
        item = items[index]
        match = _ENTRY.match(item.line.folded) if item.role == "text" and len(item.line.text) <= 80 else None
        if not match or (is_prose(item.line.folded) and not _PAGE.search(item.line.folded)):
            break
        numbered = bool(match["no"] or match["cn"])
        page = _PAGE.search(item.line.folded, match.start("title"))
        if (not numbered and not page) or (rows and _same(item.line, rows[0][1])):
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
