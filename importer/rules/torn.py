"""The lines of a page as its parts are: one line glued of many is cut, a part torn into many lines is put together.

Converters that print every element on a line of its own leave 来源: and its value, or each channel of a path, apart.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from importer.document import Document, Heading, Line, Row
from importer.rules.dates import find_dates
from importer.rules.glued import cut_glued
from importer.rules.labels import FIELD, read_info_line
from importer.rules.neighbours import read_neighbours
from importer.rules.spread_titles import opened

_TOLD = {"date", "updated", "source", "author", "editor", "views", "publisher", "clerk", "reviewer", "font", "photo"}
_EDGES = " 【[(|·"
_SIZES = re.compile(r"[\s大中小特超+\-AT\[\]【】()|/]{1,8}")
_SEPARATOR = re.compile(r"\s*(?:>+|»|›|→|/|\\|-|—|\||·|::)\s*")
_ARROW = re.compile(r"\s*(?:>+|»|›|→)\s*")
_LEAD_IN = re.compile(
    r"\W*(?:[您你])?(?:现在|当前|目前)?(?:所在|所处)?的?(?:当前)?(?:所在)?位置(?:是|为)?\s*[:>]*|当前(?:栏目|频道)\s*:"
)
_ORDINAL = re.compile(r"\W{0,2}(?:(?:PART|NO|CHAPTER)[.\s]*)?0?(?P<number>\d{1,2})\W{0,2}", re.IGNORECASE)
_VALUE = 30  # characters; a value is no longer
_NEAR = 4  # lines; labels without a colon are labels where another one stands this near


def mended(document: Document) -> Document:
    """`document` with its lines mended; where the article was one line, nobody has told where it begins and ends."""
    lines = mended_lines(document.lines)
    if document.body:
        first, last = document.body
        numbers = [line.number for line in lines if first <= line.number <= last]
        if len(numbers) > len(set(numbers)):
            return replace(document, lines=lines, body=None)
    return replace(document, lines=lines)


def mended_lines(lines: Sequence[Line]) -> tuple[Line, ...]:
    """`lines` with glued ones cut and torn ones joined; all others are the same objects, empty ones included."""
    cut = [part for line in lines for part in cut_glued(line)]
    filled = [line for line in cut if line.text]
    opened_lines = opened(filled)
    if any(new is not old for new, old in zip(opened_lines, filled, strict=False)):
        cut = filled = opened_lines
    if not any(
        len(line.text) <= 10 and (_label(line) or _is_separator(line) or _ORDINAL.fullmatch(line.folded))
        for line in filled
    ):
        return tuple(cut)
    filled = _with_headings(filled)
    out: list[Line] = []
    place = 0
    while place < len(filled):
        took, line = _path(filled, place) or _labels(filled, place) or (1, filled[place])
        out.append(line)
        place += took
    return tuple(out)


def _with_headings(lines: list[Line]) -> list[Line]:
    """01, PART 02 … on lines of their own that count on: the short lines below them are headings."""
    places = [place for place, line in enumerate(lines) if _ORDINAL.fullmatch(line.folded)]
    places = [place for place in places if place + 2 < len(lines) and _may_head(lines[place + 1])]
    if [int(_ORDINAL.fullmatch(lines[place].folded)["number"]) for place in places] != list(range(1, len(places) + 1)):
        return lines
    above_text = sum(1 for place in places if len(lines[place + 2].text) >= 40)
    if len(places) < 2 or above_text * 3 < len(places) * 2:
        return lines  # the first column of a table
    out = list(lines)
    for place in places:
        out[place + 1] = replace(lines[place + 1], mark=Heading(2), whole=True)
    return [line for place, line in enumerate(out) if place not in places]


def _may_head(line: Line) -> bool:
    return 2 <= len(line.text) <= 36 and not line.mark and line.folded[-1] not in "。;,:、"


def _is_separator(line: Line) -> bool:
    return len(line.text) <= 3 and bool(_SEPARATOR.fullmatch(line.folded))


def _label(line: Line) -> str | None:
    """The label a line consists of, with or without a colon."""
    if len(line.text) > 10 or isinstance(line.mark, Row | Heading):
        return None
    name = "".join(line.folded.strip(_EDGES).split()).rstrip(":")
    return name if FIELD.get(name) in _TOLD else None


def _is_certain(lines: Sequence[Line], place: int) -> bool:
    """A label's line has a colon, or one more label stands near by on its own line."""
    if lines[place].folded.rstrip().endswith(":"):
        return True
    around = [*lines[max(0, place - _NEAR) : place], *lines[place + 1 : place + 1 + _NEAR]]
    names = [_label(line) for line in around]
    return any(name and len(name) > 1 for name in names)


def _labels(lines: Sequence[Line], place: int) -> tuple[int, Line] | None:
    """Labels and their values from `place` on as one information line, and how many lines they take."""
    parts, at = [], place
    while at < len(lines) and (name := _label(lines[at])) and len(name) > 1 and _is_certain(lines, at):
        label = f"{name}："
        at += 1
        if FIELD[name] == "font":
            while at < len(lines) and _SIZES.fullmatch(lines[at].folded):
                at += 1
            continue
        if at < len(lines) and _is_value(lines[at], FIELD[name]):
            label += lines[at].text
            at += 1
        parts.append(label)
    if not parts or at - place < 2:
        return None
    first = lines[place]
    return at - place, Line(first.number, "　".join(parts), first.indent, whole=True)


def _is_value(line: Line, field: str) -> bool:
    folded = line.folded
    if len(folded) > _VALUE or _label(line) or re.search("[。;!?:]$", folded) or isinstance(line.mark, Row | Heading):
        return False
    if field in ("date", "updated"):
        return bool(find_dates(folded))
    if field == "views":
        return bool(re.fullmatch(r"[\d,.]+\s*[万次人wk+]*", folded))
    info = read_info_line(line)
    return not (info and info.labels and info.labels[0].label) and not read_neighbours(line)


def _path(lines: Sequence[Line], place: int) -> tuple[int, Line] | None:
    """A path whose channels and separators stand on lines of their own."""
    led = bool(_LEAD_IN.fullmatch(lines[place].folded)) and len(lines[place].text) > 2
    at = place + 1 if led else place
    parts, marks = [], []
    while at < len(lines) and len(lines[at].text) <= 20 and not _is_separator(lines[at]):
        parts.append(lines[at].text)
        if at + 1 >= len(lines) or not _is_separator(lines[at + 1]):
            at += 1
            break
        marks.append(lines[at + 1].folded)
        at += 2
    if len(parts) < 2 or not (led or all(_ARROW.fullmatch(mark) for mark in marks)):
        return None
    first = lines[place]
    return at - place, Line(first.number, (first.text if led else "") + " > ".join(parts), first.indent, whole=True)
