"""Where phrases stand in texts, with the words left and right of them. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.snippets import text_of
from organizations.characters import fold

AROUND = 28  # characters shown on each side
MOST, SHORTEST, LONGEST = 5, 2, 30
_BETWEEN = re.compile(r"[\s,，、;；|]+")
_QUOTES = str.maketrans("", "", '“”"「」『』')


@dataclass(frozen=True)
class Place:
    """Where a phrase stands in a text: between `start` and `end`."""

    text: str
    start: int
    end: int

    @property
    def word(self) -> str:
        return self.text[self.start : self.end]

    @property
    def left(self) -> str:
        """What stands before it in its line, AROUND characters at most."""
        begin = max(self.text.rfind("\n", 0, self.start) + 1, self.start - AROUND)
        cut = "…" if begin and self.text[begin - 1] != "\n" else ""
        return cut + self.text[begin : self.start].lstrip()

    @property
    def right(self) -> str:
        """What stands behind it in its line, AROUND characters at most."""
        line = self.text.find("\n", self.end)
        stop = min(len(self.text) if line < 0 else line, self.end + AROUND)
        cut = "…" if stop < len(self.text) and self.text[stop] != "\n" else ""
        return self.text[self.end : stop].rstrip() + cut


def split(written: str) -> tuple[list[str], list[str]]:
    """The phrases in what somebody typed, each once, and the pieces that are too short or too long to be looked for.

    Phrases stand between spaces, commas or 、; of more than MOST the rest is among what is left out.
    """
    pieces = dict.fromkeys(piece for piece in _BETWEEN.split(written.translate(_QUOTES)) if piece)
    good = [piece for piece in pieces if SHORTEST <= len(piece) <= LONGEST and any(map(str.isalnum, piece))]
    return good[:MOST], [piece for piece in pieces if piece not in good[:MOST]]


def places(body: str, phrases: Sequence[str]) -> Iterator[tuple[str, Place]]:
    """Each place of `body` (clean HTML) where one of `phrases` stands, whatever its width, case or characters."""
    text = text_of(body)
    folded = fold(text)
    if len(folded) != len(text):
        text = folded
    for phrase in phrases:
        wanted = fold(phrase)
        at = folded.find(wanted)
        while at >= 0:
            yield phrase, Place(text, at, at + len(wanted))
            at = folded.find(wanted, at + len(wanted))
