"""A page that lists the titles of its pieces above them (本期要目, 本版导航, or a bare list), known by repetition."""

import re
from collections.abc import Sequence

from importer.document import Line
from importer.rules.bylines import is_signed
from importer.rules.info_lines import InfoLine
from importer.rules.page import NUMBERED, Item, is_prose
from importer.rules.pieces import Piece, Split, declared
from importer.rules.report_signs import is_free, is_head_line, is_rubric, is_running

_HEADING = re.compile(
    r"\W*(?:(?:本|今|当)[期版日刊]\s*)?(?:要目|目\s*录|目\s*次|导\s*读|导\s*航|看点|内容(?:提要|导航|导读|目录|摘要)?|篇目|标题(?:导航|目录|列表)?|版面(?:导航|目录)|要闻导读|栏目导读|"
    r"文章目录|新闻列表|主要内容|文章列表|提要|重点)\W*"
)
_MARK = re.compile(
    r"^(?:[^\w“《\"「『(【\[]+|[(【\[《]?\s*(?:第\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*篇|篇\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3}))\s*[)】\]》]?\s*[:、.]?\s*"
    r"|[(【\[]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)】\]、.:]\s*|[(【]\s*(?=\S))+"
)
_TAIL = re.compile(
    r"(?:[\s.…·—-]{2,}|\s*[(]\s*)(?:第?\s*[A-Z]?\d{1,3}\s*[版页]?|[\u3400-\u9fff·]{2,4}(?:[\s、]+[\u3400-\u9fff·]{2,4}){0,3})\s*[)]?$"
)
_NO_WORD = re.compile(r"[\W_]")
_LIST_BEGINS = 40  # items looked at from the top
_LONGEST = 60


def by_listed_titles(items: list[Item], *, paper: list[Item]) -> Split | None:
    """Cut at the lines that the list names; None where no two lines in a row stand again below, each above a text.

    `paper`: a newspaper's own lines; its list is the page's navigation and makes no collection.
    """
    lines = _Lines(items)
    if not lines.repeat:
        return None
    at = 0
    while at < min(len(items), _LIST_BEGINS):
        headed = items[at].role == "text" and bool(_HEADING.fullmatch(items[at].line.folded))
        rows, end = _run(items, lines, at + headed) if items[at].role == "text" else ([], at)
        starts = _bodies(items, lines, rows, end) if len(rows) > 1 else []
        found = [place for place in starts if place is not None]
        if len(found) > 1 and len(found) * 3 >= len(rows) * 2 and (headed or _tells(items, found)):
            return _cut(items, lines, at, end, rows, starts, paper)
        at += 1
    return None


class _Lines:
    """The words of the page's short lines, and where each stands: on one line, or broken over two."""

    def __init__(self, items: list[Item]) -> None:
        bare = [self._bare(item) for item in items]
        self.words = [_words(item.line.folded) if own else "" for item, own in zip(items, bare, strict=True)]
        self.places: dict[str, dict[int, int]] = {}  # words -> place -> number of lines
        for place, own in enumerate(bare):
            if not own:
                continue
            if place + 1 < len(bare) and bare[place + 1]:
                self.places.setdefault(own + bare[place + 1], {}).setdefault(place, 2)
            for words in {own, self.words[place]}:
                self.places.setdefault(words, {})[place] = 1

    @staticmethod
    def _bare(item: Item) -> str:
        short = item.role == "text" and len(item.line.text) <= _LONGEST + 10
        return _NO_WORD.sub("", item.line.folded) if short else ""

    @property
    def repeat(self) -> bool:
        """Whether any words stand at two places."""
        return any(len(places) > 1 for places in self.places.values())

    def again(self, words: str, start: int) -> bool:
        """Whether `words` stand at `start` or below."""
        places = self.places.get(words)
        return bool(places) and max(places) >= start


def _run(items: list[Item], lines: _Lines, start: int) -> tuple[list[tuple[int, str]], int]:
    """The short lines in a row from `start` on, (place, words) each, up to one met again or a text."""
    rows: list[tuple[int, str]] = []
    seen: set[str] = set()
    if start < len(items) and not lines.again(lines.words[start], start + 1) and items[start].role == "text":
        return rows, start
    place = start
    while place < len(items):
        item = items[place]
        if item.role == "info":
            if rows and item.info.labels:
                break
            place += 1
            continue
        words = lines.words[place]
        if not 4 <= len(words) <= _LONGEST or words in seen or is_prose(item.line.folded):
            break
        rows.append((place, words))
        seen.add(words)
        place += 1
    while rows and not lines.again(rows[-1][1], rows[-1][0] + 1):
        place = rows.pop()[0]
    return rows, place


def _words(folded: str) -> str:
    bare = _MARK.sub("", folded)
    tail = _TAIL.search(bare)
    return _NO_WORD.sub("", bare[: tail.start()] if tail and tail.start() > 3 else bare)


def _bodies(items: list[Item], lines: _Lines, rows: list[tuple[int, str]], end: int) -> list[int | None]:
    """Where each listed title stands again with a text below it; None where it does not."""
    starts: list[int | None] = []
    named = {place for _at, words in rows for place in lines.places.get(words, ())}
    for _at, words in rows:
        hit = None
        for place, size in sorted(lines.places.get(words, {}).items()):
            if place >= end and place not in starts and _heads_text(items, place + size, named):
                hit = place
                break
        starts.append(hit)
    return starts


def _heads_text(items: list[Item], start: int, named: set[int]) -> bool:
    """Whether a text stands below a title before another title does: the list itself printed again has none."""
    for place in range(start, min(start + 8, len(items))):
        if place in named:
            return False
        if items[place].role == "text" and is_running(items[place].line):
            return True
    return False


def _tells(items: list[Item], found: list[int]) -> bool:
    """Whether lines without a heading above their list are titles: long ones, no numbered headings of one paper."""
    lines = [items[place].line.folded for place in found]
    return not any(map(NUMBERED.match, lines)) and sum(map(len, lines)) >= 9 * len(lines)


def _cut(
    items: list[Item],
    lines: _Lines,
    at: int,
    end: int,
    rows: list[tuple[int, str]],
    starts: Sequence[int | None],
    paper: list[Item],
) -> Split:
    named = {place: words for place, (_row, words) in zip(starts, rows, strict=True) if place is not None}
    order = sorted(named)
    floors = [end, *(place + lines.places[named[place]][place] for place in order)]
    first = [_first_of_head(items, place, floor) for place, floor in zip(order, floors, strict=False)]
    pieces = []
    for index, place in enumerate(order):
        stop = first[index + 1] if index + 1 < len(order) else len(items)
        size = lines.places[named[place]][place]
        body = items[place:stop]
        if size == 2:
            whole = Line(items[place].line.number, items[place].line.text + items[place + 1].line.text)
            body[:2] = [Item("text", whole)]
        title = None if size == 2 else _MARK.sub("", items[place].line.text) or None
        above = [item for item in items[first[index] : place] if not is_rubric(item.line)]
        pieces.append(
            Piece([*body[:1], *[item for item in above if item.role == "info"], *body[1:]], body[0].line, title)
        )
    shared = [item for item in [*items[:at], *items[end : first[0]]] if item.role == "info"]
    shared += _closing(pieces[-1])
    if paper:
        return Split(pieces, "newspaper", shared=[*paper, *(item for item in shared if item not in paper)])
    heads = [item.line for item in items[:at] if item.role == "text"]
    contents = [
        (no, (items[place].line.text if place is not None else _MARK.sub("", items[row].line.text)), state)
        for no, (row, place) in enumerate(zip((row for row, _words_ in rows), starts, strict=True), 1)
        for state in ("full" if place is not None else "missing",)
    ]
    title = heads[0] if heads else None
    count, chars = declared(title, items)
    return Split(pieces, "series", title, contents, count, chars, shared)


def _first_of_head(items: list[Item], place: int, floor: int) -> int:
    """The first line of the head that a title stands in: a rubric or a kicker above it is not the piece's before."""
    first = place
    while first > floor and place - first < 3:
        above = items[first - 1]
        rule = above.role == "info" and not above.info.labels
        if not rule and not (_is_kicker(above) and (first - 1 == floor or is_free(items, first - 1))):
            break
        first -= 1
    return first


def _is_kicker(item: Item) -> bool:
    """A short line such as stands above a headline; a credit in brackets closes the text above."""
    folded = item.line.folded
    if item.role != "text" or len(folded) > 24 or folded[-1] in ")]" or is_signed(item.line):
        return False
    return is_head_line(item.line) or is_rubric(item.line)


def _closing(piece: Piece) -> list[Item]:
    """The editors' line below the last piece's text, which is the whole issue's."""
    out: list[Item] = []
    while piece.items[1:] and piece.items[-1].role == "info":
        info: InfoLine = piece.items[-1].info
        if info.fields & {"author", "source"}:
            break
        out.append(piece.items.pop())
    return out
