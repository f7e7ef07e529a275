"""The parts a page is cut into, and what its title announces about them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from importer.document import Line
from importer.rules.page import Item

_DECLARED = re.compile(r"(?P<n>\d{1,3}|[一二三四五六七八九十]{1,2})\s*篇")
_CHARS = re.compile(r"(?:共计?|全文|约|字数[:]?)\s*(\d{3,7})\s*(?:个)?字|(\d{4,7})字")


@dataclass
class Piece:
    """One article's items, the line that opens it (if a marker or the contents named it), its title without marker."""

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


def declared(title: Line | None, items: Sequence[Item]) -> tuple[int | None, int | None]:
    count = _DECLARED.search(title.folded) if title else None
    number = number_value(count["n"]) if count else None
    for item in items[:12]:
        chars = _CHARS.search(item.line.folded) if len(item.line.text) < 80 else None
        if chars:
            return number, int(chars[1] or chars[2])
    return number, None


def number_value(text: str) -> int:
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
