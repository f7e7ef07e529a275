"""The text a plan's anchors point into: words found in it, the parts of it that are a clause's own. No database."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from articles.anchors import NUMBER
from articles.canonical import canonical, canonical_map
from plans.grammar.sentences import sentences
from plans.grammar.widths import fold
from plans.models import Clause

SHORTEST = 2
LONGEST_NUMBER = 18
_PHRASE = re.compile(r"[^,。;:!?\n]+")
_OUTER = " 。.:：\t　"


@dataclass(frozen=True)
class Words:
    """Words of a text: their canonical span, and as they are printed."""

    start: int
    end: int
    printed: str


class PlanText:
    """A text, a paragraph a line, with the way between its canonical offsets and its own."""

    def __init__(self, plain: str):
        self.plain = plain

    @cached_property
    def _mapped(self) -> tuple[str, list[int]]:
        return canonical_map(self.plain)

    @property
    def canonical(self) -> str:
        return self._mapped[0]

    def find(self, words: str, near: int = 0) -> Words:
        """`words` in the text, where they begin nearest to the canonical offset `near`.

        Raises ValidationError where they do not stand there, or are too few to be told from others.
        """
        said = canonical(words)
        if len(said) < SHORTEST:
            raise ValidationError(_("Choose some words of the text."), code="words")
        near = max(near, 0)
        places = [self.canonical.rfind(said, 0, near + len(said)), self.canonical.find(said, near)]
        places = [place for place in places if place >= 0]
        if not places:
            raise ValidationError(
                _("These words do not stand in the text. Copy them from there, word by word."), code="words"
            )
        start = min(places, key=lambda place: abs(place - near))
        return self.at(start, start + len(said))

    def at(self, start: int, end: int) -> Words:
        """The words of the canonical span from `start` to `end`."""
        origin = self._mapped[1]
        return Words(start, end, self.plain[origin[start] : origin[end - 1] + 1])

    def own(self, start: int, end: int) -> str:
        """What is printed between two canonical offsets, as the text of a clause: a part a line, ends trimmed."""
        origin = [*self._mapped[1], len(self.plain)]
        parts = [line.strip(_OUTER).lstrip("，,、；; ") for line in self.plain[origin[start] : origin[end]].split("\n")]
        return "\n".join(part for part in parts if part)

    def openings(self, start: int, end: int) -> list[Words]:
        """The first words of each sentence that begins between two canonical offsets: where a clause may begin."""
        if start >= end:
            return []
        origin, found = [*self._mapped[1], len(self.plain)], []
        offset = origin[start]
        for line in self.plain[offset : origin[end]].split("\n"):
            for span in sentences(fold(line)):
                phrase = _PHRASE.search(fold(line), span.start, span.end)
                if phrase:
                    first = bisect_left(origin, offset + phrase.start())
                    said = canonical(line[phrase.start() : phrase.end()])
                    if len(said) >= SHORTEST:
                        found.append(self.at(first, first + len(said)))
            offset += len(line) + 1
        return found

    def begin(self, clause: Clause) -> int:
        """Where a clause begins: its number, where that stands before the heading."""
        number = canonical(clause.number)
        return clause.start - len(number) if self.canonical.endswith(number, 0, clause.start) else clause.start

    def extent(self, clause: Clause, clauses: Iterable[Clause]) -> tuple[int, int]:
        """From the end of the heading of `clause` to where the next of `clauses` begins, or the end of the text."""
        after = [self.begin(other) for other in clauses if not other.broken and other.start > clause.start]
        return clause.end, min(after, default=len(self.canonical))

    def heading(self, number: str, heading: str, near: int) -> Words:
        """The words of a heading, nearest to `near` where `number` stands before them.

        Raises ValidationError where they do not stand in the text, or never behind the number.
        """
        try:
            both = self.find(number + heading, near - len(canonical(number)))
        except ValidationError:
            found = self.find(heading, near)
            before = self.canonical[max(0, found.start - len(canonical(number)) - 2) : found.start]
            if canonical(number) not in before:
                raise ValidationError(_("The number does not stand before this heading."), code="number") from None
            return found
        return self.at(both.end - len(canonical(heading)), both.end)

    def style(self, words: Words) -> str:
        """How a heading of these words stands in the text."""
        origin = self._mapped[1]
        first, last = origin[words.start], origin[words.end - 1] + 1
        begins = not self.plain[self.plain.rfind("\n", 0, first) + 1 : first].strip()
        rest = self.plain[last:].split("\n", 1)[0].strip(_OUTER)
        if begins:
            return Clause.Style.RUN_IN if rest else Clause.Style.STANDALONE
        return Clause.Style.INLINE


def number_and_heading(printed: str) -> tuple[str, str]:
    """A heading as printed, taken apart into its number (if it has one) and its words."""
    line = " ".join(printed.split())
    number = NUMBER.match(line)
    if number and number.end() < len(line):
        return number[1].strip(), line[number.end() :].strip(_OUTER)
    return "", line.strip(_OUTER)


def whole_number(typed: str) -> int | None:
    """What stands in an address or a form as the number of a row or of a character; None for anything else."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_NUMBER else None
