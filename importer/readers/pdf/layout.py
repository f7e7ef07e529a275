"""A PDF page's fragments of text put into lines in reading order, without what every page repeats at its edges."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from importer.document import fold
from importer.readers.characters import cleaned
from importer.readers.table_heads import is_head

_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"
_SPACED = re.compile(rf"(?<=[{_WIDE}]) (?=[{_WIDE}])")
_PAGE_NUMBER = re.compile(
    r"[-—–―_.·•~|\s]*(?:第?\s*\d{1,4}\s*页?(?:\s*[,/|共]?\s*共?\s*\d{1,4}\s*页?)?)[-—–―_.·•~|\s]*"
)
_EDGE = 2  # lines looked at from the top and from the bottom of a page
FEW = 8  # lines; a page with less does not show its own margins
_INDENT = 40  # cells; further in a line is centred or right-aligned


@dataclass
class PageLine:
    """A line of a page: where its first character stands (points, from the bottom left), its size, its text."""

    x: float
    y: float
    size: float
    text: str
    indent: int = 0


class Collector:
    """Takes the fragments of one page in the order the file draws them; the way pypdf hands them out."""

    def __init__(self) -> None:
        self.lines: list[PageLine] = []
        self._open: PageLine | None = None

    def take(self, text: str, current: Sequence[float], matrix: Sequence[float], size: float) -> None:
        """A fragment with pypdf's two matrices; one set at a slant is a watermark and left out."""
        across, up = (matrix[0] * current[0] + matrix[1] * current[2], matrix[0] * current[1] + matrix[1] * current[3])
        if min(abs(across), abs(up)) > 0.1 * max(abs(across), abs(up)):
            return
        scale = max(abs(across), abs(up)) or 1.0
        x = matrix[4] * current[0] + matrix[5] * current[2] + current[4]
        y = matrix[4] * current[1] + matrix[5] * current[3] + current[5]
        first, *rest = text.split("\n")
        self._add(first, x, y, size * scale)
        for part in rest:
            self._open = None
            self._add(part, x, y, size * scale)

    def _add(self, text: str, x: float, y: float, size: float) -> None:
        if self._open is None:
            if not text.strip():
                return
            self._open = PageLine(x, y, size or 10.0, "")
            self.lines.append(self._open)
        self._open.text += text


def read_page(drawn: list[PageLine]) -> list[PageLine]:
    """The page's lines in reading order with clean text."""
    lines = []
    for line in _in_order(drawn):
        text = _unspaced(cleaned(line.text)).strip()
        if text:
            lines.append(PageLine(line.x, line.y, line.size, text))
    return lines


def indent(pages: Sequence[list[PageLine]]) -> None:
    """Set every line's indent from the margin of its page; a page of few lines has that of the page before."""
    margin = None
    for page in pages:
        if margin is None or len(page) >= FEW:
            margin = _margin(page)
        for line in page:
            line.indent = min(max(round((line.x - margin) / (line.size / 2)), 0), _INDENT)


def _in_order(lines: list[PageLine]) -> list[PageLine]:
    """From the top to the bottom; as drawn where lines stand side by side (columns, tables cell by cell)."""
    rows: list[PageLine] = []
    for line in lines:
        if rows and _level(rows[-1], line):
            rows[-1].text += " " + line.text
        else:
            rows.append(line)
    ordered = sorted(rows, key=lambda line: -line.y)
    if any(_level(above, below) for above, below in pairwise(ordered)):
        return rows
    return ordered


def _level(one: PageLine, other: PageLine) -> bool:
    return abs(one.y - other.y) < min(one.size, other.size) / 2


def _unspaced(text: str) -> str:
    """Text set apart letter by letter without the spaces that this looks like; 通 知 alone is left as it is."""
    gaps = len(_SPACED.findall(text))
    return _SPACED.sub("", text) if gaps >= 4 and gaps * 3 > len(text.replace(" ", "")) else text


def _margin(lines: Sequence[PageLine]) -> float:
    """Where most full lines begin: the leftmost place that at least every sixth line shares."""
    places = Counter(round(line.x) for line in lines)
    shared = [place for place in places if sum(places[place + step] for step in (-1, 0, 1)) * 6 >= len(lines)]
    return min(shared or places, default=0)


def without_furniture(pages: Sequence[list[PageLine]]) -> list[list[PageLine]]:
    """The pages without page numbers, and without lines that a third of the pages (two at least) have at an edge.

    The head of a table that goes on over pages is kept where it first stands.
    """
    edges = [[*page[:_EDGE], *page[max(_EDGE, len(page) - _EDGE) :]] for page in pages]
    counts = Counter(words for edge in edges for words in {_pattern(line) for line in edge})
    wanted = max(2, len(pages) / 3)
    out, kept = [], set()
    for page, edge in zip(pages, edges, strict=True):
        drop = set()
        for line in edge:
            words = _pattern(line)
            if _PAGE_NUMBER.fullmatch(fold(line.text)):
                drop.add(id(line))
            elif counts[words] >= wanted:
                if is_head(line.text.split()) and words not in kept:
                    kept.add(words)
                else:
                    drop.add(id(line))
        out.append([line for line in page if id(line) not in drop])
    return out


def _pattern(line: PageLine) -> str:
    return re.sub(r"\d+", "#", "".join(fold(line.text).split()))
