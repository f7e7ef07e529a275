"""The body of an article in blocks of tokens, as comparison.py sets two of them beside each other; pure.

A block is a heading, a paragraph (or one of its lines), a list item, a row of a table, a figure or a rule.
"""

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from .html import BLOCK_TAGS, parse
from .words import parts

KINDS = {"h2": "h2", "h3": "h3", "h4": "h4", "li": "li", "dt": "dt", "dd": "dd", "pre": "pre", "caption": "caption"}
STYLES = frozenset({"a", "b", "strong", "em", "i", "u", "s", "sub", "sup"})
WIDEST = 40  # columns that a cell may cover, and rows that it may reach down: no text needs more
_SPACES = re.compile(r"\s+")


class Token(NamedTuple):
    """A word, number, mark or space; `what` is "alt" for words about a picture, "src" or "href" for an address."""

    text: str
    what: str = ""


@dataclass(frozen=True)
class Cell:
    tokens: tuple[Token, ...]
    header: bool = False
    span: int = 1


EMPTY = Cell(())


@dataclass(frozen=True)
class Block:
    """`style` says where letters are bold and the like; `cells` is for rows alone, whose tokens are those of all."""

    kind: str
    tokens: tuple[Token, ...]
    style: tuple = ()
    cells: tuple[Cell, ...] = ()

    @cached_property
    def key(self) -> tuple:
        """Equal for blocks that say the same in the same form, whatever their letters look like."""
        return (self.kind, self.tokens, tuple(len(cell.tokens) for cell in self.cells))

    @cached_property
    def text(self) -> str:
        return "".join(token.text for token in self.tokens)

    @cached_property
    def weights(self) -> dict[Token, int]:
        """How much each word of it counts when it looks for its like: the longer and the more frequent, the more."""
        counted: dict[Token, int] = {}
        for token in self.tokens:
            weight = 2 if token.what in ("src", "href") else len(token.text) if token.text[0].isalnum() else 0
            if weight:
                counted[token] = counted.get(token, 0) + weight
        return counted

    @cached_property
    def weight(self) -> int:
        return sum(self.weights.values())

    @property
    def family(self) -> str:
        """Blocks of one family may be versions of one another."""
        return self.kind if self.kind in ("row", "figure", "rule") else "text"


def words(text: str, what: str = "") -> list[Token]:
    """The tokens of one line, white space folded."""
    return [Token(part, what) for part in parts(_SPACES.sub(" ", text).strip())]


@dataclass
class _Line:
    """A block in the making."""

    kind: str
    pieces: list[str | Token] = field(default_factory=list)
    style: list = field(default_factory=list)
    length: int = 0

    def say(self, text: str | None) -> None:
        if text:
            self.pieces.append(text)
            self.length += len("".join(text.split()))

    def tokens(self) -> tuple[Token, ...]:
        out: list[Token] = []
        run = ""
        for piece in [*self.pieces, None]:
            if isinstance(piece, str):
                run += piece
                continue
            spaced = _SPACES.sub(" ", run)
            text = spaced.lstrip() if not out else spaced
            out += [Token(part) for part in parts(text.rstrip() if piece is None else text)]
            run = ""
            if piece is not None:
                out.append(piece)
        return tuple(out)


class _Reader:
    """Walks through a body and gathers its blocks."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.line = _Line("p")

    def end(self, kind: str) -> None:
        """Close the block that is being read; what follows is of `kind`."""
        tokens = self.line.tokens()
        if tokens:
            self.blocks.append(Block(self.line.kind, tokens, tuple(self.line.style)))
        self.line = _Line(kind)

    def read(self, element, kind: str) -> None:
        self.line.say(element.text)
        for child in element:
            if isinstance(child.tag, str):
                self.child(child, kind)
            self.line.say(child.tail)

    def child(self, child, kind: str) -> None:
        tag = child.tag
        if tag in ("table", "figure", "hr"):
            self.end(kind)
            getattr(self, f"_{tag}")(child)
        elif tag in BLOCK_TAGS:
            inside = KINDS.get(tag, "quote" if tag == "blockquote" or kind == "quote" else "p")
            self.end(inside)
            self.read(child, inside)
            self.end(kind)
        elif tag == "br":
            self.end(kind)
            self.line.style.append((0, "br"))
        else:
            inline(child, self.line, lambda: self.read(child, kind))

    def _hr(self, _element) -> None:
        self.blocks.append(Block("rule", (Token("—", "rule"),)))

    def _figure(self, figure) -> None:
        if figure.find(".//table") is not None:
            self.read(figure, "p")
            self.end("p")
            return
        line = _Line("figure")
        flat(figure, line)
        tokens = line.tokens()
        if tokens:
            self.blocks.append(Block("figure", tokens, tuple(line.style)))

    def _table(self, table) -> None:
        for caption in table.findall("caption"):
            self.child(caption, "p")
        covered: dict[int, int] = {}  # column: rows still covered by a cell above
        for row in table.iter("tr"):
            cells = _cells(row, covered)
            tokens = tuple(token for cell in cells for token in cell.tokens)
            if tokens:
                style = tuple((cell.header, cell.span) for cell in cells)
                self.blocks.append(Block("row", tokens, style, tuple(cells)))


def _cells(row, covered: dict[int, int]) -> list[Cell]:
    """The cells of a row, an empty one wherever a cell of an earlier row reaches down into it."""
    cells: list[Cell] = []
    column = 0

    def pass_covered() -> None:
        nonlocal column
        while covered.get(column, 0) > 0:
            covered[column] -= 1
            cells.append(EMPTY)
            column += 1

    for cell in row.iterchildren("td", "th"):
        pass_covered()
        line = _Line("cell")
        flat(cell, line)
        span, down = _number(cell, "colspan"), _number(cell, "rowspan")
        for over in range(column, min(column + span, WIDEST)):
            covered[over] = down - 1
        cells.append(Cell(line.tokens(), cell.tag == "th", span))
        column += span
    pass_covered()
    return cells


def _number(cell, name: str) -> int:
    value = cell.get(name, "1").strip()
    return min(max(int(value), 1), WIDEST) if value.isascii() and value.isdigit() and len(value) < 9 else 1


def inline(element, line: _Line, read) -> None:
    """Read an element within a line: its words by `read`, the address it leads to, what a picture shows."""
    if element.tag in STYLES:
        line.style.append((line.length, element.tag))
    if element.tag == "img":
        line.pieces += words(element.get("alt", ""), "alt")
        line.pieces.append(Token(element.get("src") or "?", "src"))
        return
    read()
    if element.tag == "a" and element.get("href"):
        line.pieces.append(Token(element.get("href"), "href"))
    if element.tag in STYLES:
        line.style.append((line.length, "/" + element.tag))


def flat(element, line: _Line) -> None:
    """All of an element on one line, a space where a block begins or ends."""
    line.say(element.text)
    for child in element:
        if isinstance(child.tag, str):
            apart = " " if child.tag in BLOCK_TAGS or child.tag in ("br", "td", "th") else None
            line.say(apart)
            inline(child, line, lambda child=child: flat(child, line))
            line.say(apart)
        line.say(child.tail)


def blocks(html: str) -> list[Block]:
    """The blocks of a body (clean already) in reading order; those that say nothing are left out."""
    if not html.strip():
        return []
    reader = _Reader()
    reader.read(parse(html), "p")
    reader.end("p")
    return reader.blocks
