"""What a reader hands on: numbered lines, what stood beside them, and the folded form in which every rule looks."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, wraps

from importer.evidence import Found
from organizations.characters import folder
from organizations.traditional import PAIRS

# The rules' words are Simplified and half-width; the text itself is never changed.
_FOLD = {ord(pair[0]): pair[1] for pair in PAIRS.split()}
_FOLD |= {0xFF01 + i: 0x21 + i for i in range(94)}  # full-width letters, digits and punctuation
_FOLD |= dict.fromkeys(map(ord, "\u3000\u00a0\u2002\u2003\u2009\t"), " ")
_FOLD |= {ord("〈"): "《", ord("〉"): "》", ord("﹕"): ":", ord("∶"): ":", ord("︰"): ":", ord("﹒"): "."}

_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
_GAP = re.compile(r"[ \u3000\u00a0\t]{2,}")

_fold = folder(_FOLD)
_known: dict[str, str] = {}  # folded forms of the page at hand: one line is asked for by many rules
_KEPT, _MOST = 400, 1024  # characters of a text that is kept, texts


def fold(text: str) -> str:
    """`text` with full-width forms halved and Traditional forms of common words simplified, character for character.

    The length never changes, so a place found in the folded text is the same place in the printed one.
    """
    folded = _known.get(text)
    return _keep(text, _fold(text)) if folded is None else folded


def _keep(text: str, folded: str) -> str:
    if len(text) <= _KEPT:
        if len(_known) >= _MOST:
            _known.clear()
        _known[text] = folded
    return folded


@dataclass(frozen=True)
class Cell:
    """A table's cell: its text and the same as clean inline HTML ("" where that is the text itself)."""

    text: str
    html: str = ""
    header: bool = False
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class Row:
    """A line that is a row of table number `table` of the document; the line's text is the cells' joined by a space."""

    table: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class ListItem:
    """A line that is an item of list number `list`; its text has no bullet. A number the page prints stays text."""

    list: int
    ordered: bool = False


@dataclass(frozen=True)
class Heading:
    """A line that the file's format marks as a heading (h1 to h6, a Word heading style)."""

    level: int


@dataclass(unsafe_hash=True)
class Line:
    """One line of a page: its number (from 1, as in the file), its text without outer space, its indent in cells.

    Nobody changes one; it is not frozen because a page makes many, and a frozen one takes four times as long.

    A reader of a format with blocks says more: `whole` where the line is a paragraph by itself and is never joined to
    another, `html` its text with inline marks (a, strong, em, sub, sup; clean), `mark` what kind of block it is.
    """

    number: int
    text: str
    indent: int = 0
    whole: bool = False
    html: str = ""
    mark: Row | ListItem | Heading | None = None

    @cached_property
    def folded(self) -> str:
        return fold(self.text)


def once_a_line[T](rule: Callable[[Line], T]) -> Callable[[Line], T]:
    """`rule`, its answer kept with the line: several steps ask the same of a page's lines. Nobody changes an answer."""
    key = f"{rule.__module__}.{rule.__qualname__}"

    @wraps(rule)
    def answer(line: Line) -> T:
        kept = line.__dict__
        if key not in kept:
            kept[key] = rule(line)
        return kept[key]

    return answer


@dataclass(frozen=True)
class Picture:
    """A picture after line number `after` (0: before all); `source` names its bytes in `files`, or is its address."""

    source: str
    after: int
    alt: str = ""
    caption: str = ""


@dataclass(frozen=True)
class Attachment:
    """A file the page offers, linked in or after line number `after`."""

    source: str
    after: int
    name: str = ""


@dataclass(frozen=True)
class Document:
    """What every reader returns: the page's lines (empty ones too), its encoding, and what went wrong while reading.

    `body`: the numbers of the first and the last line of the article's own text, where the format tells them (a known
    container); lines before are the page's head, lines after its foot. `hints`: what the format states about the
    article apart from its text (meta tags, JSON-LD, a document's properties), by name: title, source, author, editor,
    published (ISO day or time), channel (a list from the top), site, url, previous and following (the neighbours'
    titles). `files`: bytes found inside, by name.
    """

    lines: tuple[Line, ...]
    encoding: str
    reader: str
    warnings: tuple[str, ...] = field(default=())
    body: tuple[int, int] | None = None
    hints: Mapping[str, Found] = field(default_factory=dict)
    pictures: tuple[Picture, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)


def lines_of(text: str) -> tuple[Line, ...]:
    """The numbered lines of `text`; a page printed on one line is cut where paragraphs are set apart by wide gaps."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for char in _INVISIBLE:
        text = text.replace(char, "")
    rows = text.split("\n")
    glued = sum(map(bool, map(str.strip, rows))) <= 3
    out = []
    # A page is folded in one go: line by line it takes five times as long.
    for number, (row, folded) in enumerate(zip(rows, _fold(text).split("\n"), strict=True), 1):
        if glued and len(row) > 150:
            out += [Line(number, part, 2) for part in map(str.strip, _GAP.split(row)) if part]
        else:
            lead = row[: len(row) - len(row.lstrip())] if row[:1].isspace() else ""
            line = Line(number, row.strip(), len(lead) + lead.count("\u3000"))
            line.folded = _keep(line.text, folded[len(lead) : len(lead) + len(line.text)])
            out.append(line)
    return tuple(out)
