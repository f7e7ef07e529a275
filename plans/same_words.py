"""Which of several places with the same words is which, when a text has changed. No database.

A place is known by its neighbourhood: the sentences before and behind it. It is followed only where no other place has
as good a claim; what could be two things is left to a person.
"""

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from itertools import product

from articles.anchors import NUMBER
from articles.canonical import canonical

REACH = 60  # so many sentences on either side tell one place from another
MOST_PAIRS = 2_500  # words that stand more often than fifty times are told apart by nobody
NUMBERED = "#"  # what stands for the number of a heading: a new number makes no new neighbour
_SENTENCE = re.compile(r"""[^。!?;:]*(?:[。!?;:]+["')》]*|$)""")
_MARKS = "。!?;:,.、"


@dataclass
class Printed:
    """A text in canonical form, cut into its lines' numbers and sentences."""

    text: str
    parts: list[str]
    starts: list[int]
    numbers: dict[int, str] = field(default_factory=dict)  # by where the words behind it begin, as printed

    @classmethod
    def of(cls, plain: str) -> "Printed":
        """`plain` has a paragraph on each line, as articles.html.plain_text gives it."""
        parts: list[str] = []
        starts: list[int] = []
        numbers: dict[int, str] = {}
        length = 0
        for line in plain.split("\n"):
            number = NUMBER.match(line)
            if number and number.end() < len(line):
                parts.append(NUMBERED)
                starts.append(length)
                length += len(canonical(number[0]))
                numbers[length] = number[1].strip()
                line = line[number.end() :]
            for part in filter(None, _SENTENCE.findall(canonical(line))):
                parts.append(part)
                starts.append(length)
                length += len(part)
        return cls(canonical(plain), parts, starts, numbers)

    def places(self, words: str) -> list[int]:
        """Every place where `words` (canonical) begin."""
        found, at = [], self.text.find(words) if words else -1
        while at >= 0:
            found.append(at)
            at = self.text.find(words, at + 1)
        return found

    def before(self, at: int) -> tuple[int, str]:
        """The number of the part in which `at` stands, and that part's words before it."""
        index = bisect_right(self.starts, at) - 1
        return index, self.text[self.starts[index] : at]

    def behind(self, at: int) -> tuple[int, str]:
        """The number of the part whose words end at `at` or go on there, and that part's words from there on."""
        index = bisect_right(self.starts, at - 1) - 1
        end = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.text)
        return index, self.text[at:end]

    def begins(self, at: int) -> bool:
        """Whether a sentence, a line or what follows its number begins at `at`."""
        return not self.before(at)[1]

    def ends(self, at: int) -> bool:
        """Whether nothing but a mark stands between `at` and the end of the sentence or line."""
        return not self.behind(at)[1].strip(_MARKS)


@dataclass
class Followed:
    """Where places of old went: the certain ones; and the places now that were none of them, or could be several."""

    places: dict[int, int] = field(default_factory=dict)
    unclear: list[int] = field(default_factory=list)  # places of old
    others: list[int] = field(default_factory=list)  # places now


@dataclass
class Change:
    """A text before and after, with the sentences that stand once in both: by them any other is told from its twins."""

    old: Printed
    new: Printed
    landmarks: set[str] = field(init=False)

    def __post_init__(self) -> None:
        before, after = Counter(self.old.parts), Counter(self.new.parts)
        self.landmarks = {part for part in before if before[part] == after[part] == 1} - {NUMBERED}

    def follow(self, length: int, before: list[int], after: list[int]) -> Followed:
        """Where words of `length` that stood at each of `before` stand among `after`.

        A place is followed where its neighbourhood holds a landmark and agrees with the new one's better than any
        other pair's that has a part in either: better on one side and no worse on the other. Where nothing speaks for
        one order or another, and there are as many places as before, their order stands.
        """
        if self.old.text == self.new.text and self.old.parts == self.new.parts:
            return Followed(dict(zip(before, after, strict=True)))
        if len(before) * len(after) > MOST_PAIRS:
            return Followed({}, before, after)
        likeness = {pair: self._likeness(length, *pair) for pair in product(before, after)}
        found: dict[int, int] = {}
        left, free = list(before), list(after)
        while certain := self._certain(length, likeness, left, free):
            found |= certain
            left = [place for place in left if place not in certain]
            free = [place for place in free if place not in certain.values()]
        if len(left) == len(free) and len({likeness[pair] for pair in product(left, free)}) == 1:
            return Followed(found | dict(zip(left, free, strict=True)))
        return Followed(found, left, free)

    def _likeness(self, length: int, here: int, there: int) -> tuple[int, int]:
        """How many parts before and behind two places agree."""
        old, new = self.old, self.new
        return _alike_before(old, here, new, there), _alike_behind(old, here + length, new, there + length)

    def _certain(self, length: int, likeness: dict, left: list[int], free: list[int]) -> dict[int, int]:
        """The pairs with a landmark that are better than every other pair of the same old place or the same new one."""

        def best(pair: tuple[int, int]) -> bool:
            here, there = pair
            rivals = [(here, other) for other in free if other != there] + [(one, there) for one in left if one != here]
            better = all(_better(likeness[pair], likeness[rival]) for rival in rivals)
            return better and self._has_landmark(length, here, *likeness[pair])

        return dict(filter(best, product(left, free)))

    def _has_landmark(self, length: int, here: int, before: int, behind: int) -> bool:
        """Whether one of the parts that agree, `before` and `behind` the place or around its words, is a landmark."""
        first, last = self.old.before(here)[0], self.old.behind(here + length)[0]
        parts = self.old.parts[max(0, first - before + 1) : first] + self.old.parts[last + 1 : last + behind]
        whole = self.old.parts[first : last + 1] if before and behind else []
        return not self.landmarks.isdisjoint(parts + whole)


def _better(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one != other and one[0] >= other[0] and one[1] >= other[1]


def _alike_before(old: Printed, here: int, new: Printed, there: int) -> int:
    """How many parts of the text before two places agree; the beginning of the text is one too."""
    (i, rest), (j, other) = old.before(here), new.before(there)
    if rest != other:
        return 0
    alike = 1
    while alike < REACH:
        i, j = i - 1, j - 1
        if i < 0 or j < 0:
            return alike + (i == j)
        if old.parts[i] != new.parts[j]:
            return alike
        alike += 1
    return alike


def _alike_behind(old: Printed, here: int, new: Printed, there: int) -> int:
    """How many parts of the text behind two places agree; the end of the text is one too."""
    (i, rest), (j, other) = old.behind(here), new.behind(there)
    if rest != other:
        return 0
    alike = 1
    while alike < REACH:
        i, j = i + 1, j + 1
        if i == len(old.parts) or j == len(new.parts):
            return alike + (i == len(old.parts) and j == len(new.parts))
        if old.parts[i] != new.parts[j]:
            return alike
        alike += 1
    return alike
