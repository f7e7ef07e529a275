"""Collections with a table of contents: its entries matched with the bodies, missing and cut ones told."""

import re

from importer.document import fold
from importer.rules.page import NUMBERED, Item, is_prose
from importer.rules.pieces import Piece, Split, declared

_CONTENTS = re.compile(r"[\[【(]?\s*目\s*录\s*[\]】)]?|contents", re.IGNORECASE)
_NUMBER = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
_LEAD = re.compile(
    rf"^(?:[(【]?第?\s*(?P<no>{_NUMBER})\s*(?:篇\s*[】)]?\s*[:、.]?|[)】]|[、.:])"
    r"|(?P<stuck>\d{1,3})(?=[^\d\s年月日.%]))\s*"
)
_NO_WORD = re.compile(r"[\W_]")
_PAGE = re.compile(r"(?P<leader>[\s.…·]+)(?P<page>\d{1,4})$")
_ARTICLE = re.compile(r"(?:工会|职工|女工).{0,16}(?:计划|总结|要点|安排|思路|打算)(?:范文)?(?:[(].{1,8}[)])?\W*$")
_COLLECTED = re.compile(r"篇|汇编|合集|选编|文集|论文集|精选|大全|材料集")
_OPENING = re.compile(r"(?:一[、.]|[(]一[)]|第一[,、]|[^,。]{0,12}(?:同志们|领导|代表|朋友们)[^,。]{0,6}[:,!])")
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
    places = _places(items, end)
    found = {}
    place = end
    for no, title, _page in entries:
        hit = next((index for index in places.get(_words(title), ()) if index >= place), None)
        if hit is not None:
            found[no] = hit
            place = hit + 1
    if not found or _is_one_document(items, at, list(found.values())):
        del items[at:end]  # the contents of one document: its chapters
        return None
    return _collection(items, at, end, entries, found)


def _places(items: list[Item], start: int) -> dict[str, list[int]]:
    """Where each short line stands from `start` on, by its words with and without a number before them."""
    places: dict[str, list[int]] = {}
    for index in range(start, len(items)):
        line = items[index].line
        if items[index].role == "text" and len(line.text) <= 90:
            for words in {_words(line.folded), _words(_without_number(line.folded))} - {""}:
                places.setdefault(words, []).append(index)
    return places


def _words(text: str) -> str:
    return _NO_WORD.sub("", fold(text))


def _without_number(text: str) -> str:
    lead = _LEAD.match(fold(text))
    return text[lead.end() :] if lead and lead.end() < len(text) else text


def _is_one_document(items: list[Item], at: int, starts: list[int]) -> bool:
    """Whether the entries are one document's chapters: numbered headings, no text among them opening anew."""
    headings = [items[index].line for index in starts]
    chapters = sum(bool(NUMBERED.match(line.folded)) and not _ARTICLE.search(line.folded) for line in headings)
    if chapters * 2 <= len(headings):
        return False
    if any(_COLLECTED.search(item.line.folded) for item in items[max(0, at - 6) : at] if item.role == "text"):
        return False
    stops = [*starts[1:], len(items)]
    opened = sum(
        any(_OPENING.match(item.line.folded) for item in items[start + 1 : stop])
        for start, stop in zip(starts, stops, strict=True)
    )
    return opened < 2


def _collection(items: list[Item], at: int, end: int, entries: list, found: dict[int, int]) -> Split:
    starts = sorted(found.values())
    by_start = {index: no for no, index in found.items()}
    titles = {no: title for no, title, _page in entries}
    pieces = []
    for start, stop in zip(starts, [*starts[1:], len(items)], strict=True):
        pieces.append(Piece(items[start:stop], given=items[start].line, title=_without_number(items[start].line.text)))
    missing = {no for no, _title, _page in entries} - set(found)
    last_no = by_start[starts[-1]]
    if any(no > last_no for no in missing) and _is_cut(pieces, entries, [by_start[start] for start in starts]):
        pieces[-1].truncated = True
    state = {no: "full" if no in found else "missing" for no in titles}
    state[last_no] = "truncated" if pieces[-1].truncated else "full"
    above = [item for item in items[:at] if item.role == "text"]
    title = above[-1].line if above else None
    count, chars = declared(title, items)
    contents = [
        (no, _without_number(items[found[no]].line.text) if no in found else text, state[no])
        for no, text, _page in entries
    ]
    return Split(pieces, "collection", title, contents, count, chars, items[:at] + items[end : starts[0]])


def _entries(items: list[Item], at: int) -> tuple[list[tuple[int, str, int | None]], int]:
    """(number, title, page) of each entry, and the index after the last one."""
    rows, index = [], at + 1
    while index < len(items):
        item = items[index]
        folded = item.line.folded
        if item.role != "text" or len(folded) > 80 or (is_prose(folded) and not _PAGE.search(folded)):
            break
        lead = _LEAD.match(folded)
        begin = lead.end() if lead else 0
        page = _PAGE.search(folded, begin)
        if (not lead and not page) or (rows and _words(_without_number(folded)) == _words(rows[0][1])):
            break
        printed = (lead["no"] or lead["stuck"]) if lead else ""
        number = int(printed) if printed.isdigit() else len(rows) + 1
        text = item.line.text[begin : page.start() if page else None].strip(" 　.…·")
        if (
            page
            and page["leader"].startswith(".")
            and text.endswith(str(number))
            and not page["leader"].startswith("..")
        ):
            text = text.removesuffix(str(number)).rstrip(" .")  # the entry's own number repeated before the page
        rows.append((number, text, int(page["page"]) if page else None))
        index += 1
    return rows, index


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
