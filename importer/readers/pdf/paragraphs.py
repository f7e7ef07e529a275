"""Printed lines put together to paragraphs where the page's edges tell: the text alone cannot tell as well."""

from collections.abc import Sequence
from dataclasses import dataclass

from importer.document import Line, fold
from importer.readers.pdf.layout import FEW, PageLine
from importer.rules.page import NUMBERED, ends_sentence

_SLACK = 2.6  # cells of full width that may be free at the end of a full line: marks are kept from a line's start

_FULL = 12  # characters; shorter lines fill no page


@dataclass(frozen=True)
class Edges:
    """Where a page's text ends on the right, and whether its paragraphs begin with an indent."""

    right: float
    indented: bool


def numbered(pages: Sequence[list[PageLine]]) -> tuple[Line, ...]:
    """The lines of all pages: paragraphs (`whole`) on pages of running text, as printed on others (tables, lists)."""
    out: list[Line] = []
    last, last_edges = None, None
    for page in pages:
        edges = _edges(page)
        if edges is None and last_edges and len(page) < FEW and all(_end(x) <= last_edges.right + x.size for x in page):
            edges = last_edges  # the few lines of the last page
        for line in page:
            if last and edges and last_edges and _goes_on(last, line, last_edges):
                gap = " " if _is_latin(out[-1].text[-1:]) and _is_latin(line.text[:1]) else ""
                out[-1] = Line(out[-1].number, out[-1].text + gap + line.text, out[-1].indent, whole=True)
            else:
                out.append(Line(len(out) + 1, line.text, line.indent, whole=edges is not None))
            last, last_edges = line, edges
    return tuple(out)


def _edges(page: Sequence[PageLine]) -> Edges | None:
    """The edges of a page of running text; None where fewer than three lines, or a third, reach one right edge."""
    if not page:
        return None
    right = sorted(map(_end, page))[-max(1, len(page) // 10)]
    full = [line for line in page if len(line.text) >= _FULL and abs(_end(line) - right) <= _SLACK * line.size]
    if len(full) < 3 or len(full) * 3 < len(page):
        return None
    return Edges(right, sum(1 for line in page if 3 <= line.indent <= 5) >= 2)


def _goes_on(last: PageLine, line: PageLine, edges: Edges) -> bool:
    if _end(last) < edges.right - _SLACK * last.size or line.indent >= 2 or abs(line.size - last.size) > last.size / 10:
        return False
    if last.indent > 6 or (last.indent < 2 and NUMBERED.match(fold(line.text))):
        return False  # a centred line; an item in a list that has no indents
    return edges.indented or not ends_sentence(fold(last.text))


def _end(line: PageLine) -> float:
    return line.x + line.size * sum(1.0 if char > "\u2e7f" or char in "“”‘’—…·" else 0.5 for char in line.text)


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()
