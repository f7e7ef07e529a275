"""What two sequences have in common, in order; and two runs of tokens as segments kept, removed, added. Pure.

Exchanging the two sides exchanges removed and added and nothing else. Work is counted (Effort), so that no input can
take long: where it runs out, what is left counts as replaced.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence
from difflib import SequenceMatcher
from itertools import groupby, pairwise
from typing import NamedTuple

from .blocks import Token

KEPT, REMOVED, ADDED = "kept", "removed", "added"
SMALL = 250_000  # product of the lengths up to which two sequences are compared as wholes
GRAMS = (1, 3, 8)  # where no single item is the only one of its kind, so many in a row may be
ISLAND = 4  # characters left alone between two changes that are read as part of one change
SENTENCE_ENDS = frozenset("。！？；!?;")

Pair = tuple[int, int]


class Effort:
    """How much may still be done, in steps; about ten million a second."""

    def __init__(self, steps: int = 15_000_000) -> None:
        self.steps = steps

    def spend(self, steps: int) -> bool:
        """Whether so many steps may be done; they count as done then."""
        if steps > self.steps:
            return False
        self.steps -= steps
        return True


class Segment(NamedTuple):
    """Words in a row that share one lot; `change` is KEPT, REMOVED or ADDED, `what` as in Token."""

    change: str
    text: str
    what: str = ""


def common(old: Sequence[Hashable], new: Sequence[Hashable], effort: Effort) -> list[Pair]:
    """The places of equal items in both, rising on both sides: as many and as long runs as can be had."""
    if old > new:
        return [(i, j) for j, i in common(new, old, effort)]
    numbers: dict[Hashable, int] = {}
    one = [numbers.setdefault(item, len(numbers)) for item in old]
    two = [numbers.setdefault(item, len(numbers)) for item in new]
    pairs: list[Pair] = []
    todo = [(0, len(one), 0, len(two))]
    while todo:
        i, i_end, j, j_end = todo.pop()
        while i < i_end and j < j_end and one[i] == two[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        while i < i_end and j < j_end and one[i_end - 1] == two[j_end - 1]:
            i_end, j_end = i_end - 1, j_end - 1
            pairs.append((i_end, j_end))
        if i < i_end and j < j_end:
            left, right = one[i:i_end], two[j:j_end]
            if len(left) * len(right) <= SMALL:
                pairs += [(i + x, j + y) for x, y in _whole(left, right, effort)]
            else:
                cuts = [(0, 0), *_anchors(left, right, effort), (len(left), len(right))]
                if len(cuts) > 2:
                    todo += [(i + x, i + x_end, j + y, j + y_end) for (x, y), (x_end, y_end) in pairwise(cuts)]
    return sorted(pairs)


def _whole(one: list[int], two: list[int], effort: Effort) -> list[Pair]:
    """By difflib; its first search looks at every pair of equal items, the later ones at fewer and fewer."""
    many = Counter(two)
    if not effort.spend(3 * sum(many[item] for item in one) + len(one) + len(two)):
        return []
    blocks = SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks()
    return [(block.a + step, block.b + step) for block in blocks for step in range(block.size)]


def _anchors(one: list[int], two: list[int], effort: Effort) -> list[Pair]:
    """Places of items, or of short runs, that occur once in each; rising on both sides."""
    for size in GRAMS:
        if not effort.spend(size * (len(one) + len(two))):
            return []
        left, right = _single(one, size), _single(two, size)
        places = sorted((left[gram], right[gram]) for gram in left.keys() & right.keys())
        if places:
            return [places[k] for k in rising([j for _i, j in places])]
    return []


def _single(items: list[int], size: int) -> dict[tuple, int]:
    """Where each run of `size` items begins that occurs once."""
    grams = [tuple(items[place : place + size]) for place in range(len(items) - size + 1)]
    many = Counter(grams)
    return {gram: place for place, gram in enumerate(grams) if many[gram] == 1}


def rising(numbers: Sequence[int]) -> list[int]:
    """The places of a longest rising subsequence of `numbers`, which are all different."""
    ends: list[int] = []  # the least last number of a subsequence of each length, as a place
    values: list[int] = []
    before: list[int] = []
    for place, number in enumerate(numbers):
        length = bisect_left(values, number)
        before.append(ends[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        values[length : length + 1] = [number]
    out: list[int] = []
    place = ends[-1] if ends else -1
    while place >= 0:
        out.append(place)
        place = before[place]
    return out[::-1]


# Segments


class _Run(NamedTuple):
    """Equal on both sides, or what was replaced by what."""

    equal: bool
    old: tuple[Token, ...]
    new: tuple[Token, ...]


def segments(old: Sequence[Token], new: Sequence[Token], effort: Effort) -> list[Segment]:
    """`old` turning into `new`: the kept and removed segments are the one, the kept and added ones the other."""
    if old == new or not (old and new):
        return _joined(KEPT if old == new else REMOVED if old else ADDED, old or new)
    out: list[Segment] = []
    for run in _readable(_runs(tuple(old), tuple(new), effort)):
        if run.equal:
            out += _joined(KEPT, run.new)
        else:
            out += _joined(REMOVED, run.old) + _joined(ADDED, run.new)
    return out


def _joined(change: str, tokens: Sequence[Token]) -> list[Segment]:
    """Words in a row in one segment; each address is one of its own."""
    out: list[Segment] = []
    for what, group in groupby(tokens, key=lambda token: token.what):
        texts = [token.text for token in group]
        out += [Segment(change, text, what) for text in ([*texts] if what not in ("", "alt") else ["".join(texts)])]
    return out


def _runs(old: tuple[Token, ...], new: tuple[Token, ...], effort: Effort) -> list[_Run]:
    out: list[_Run] = []
    i = j = 0  # where what follows the last equal run begins
    pairs = common(old, new, effort)
    for _diagonal, group in groupby(enumerate(pairs), key=lambda one: (one[1][0] - one[0], one[1][1] - one[0])):
        run = [pair for _place, pair in group]
        x, y = run[0]
        if x > i or y > j:
            out.append(_Run(False, old[i:x], new[j:y]))
        i, j = x + len(run), y + len(run)
        out.append(_Run(True, old[x:i], new[y:j]))
    if i < len(old) or j < len(new):
        out.append(_Run(False, old[i:], new[j:]))
    return out


def _readable(runs: list[_Run]) -> list[_Run]:
    """Small islands of equality, such as a lone 的 between two changes, join them, so that a change can be read."""
    out: list[_Run] = []
    for run in runs:
        if not run.equal and len(out) > 1 and _is_island(out[-1], out[-2], run):
            island, left = out.pop(), out.pop()
            out.append(_Run(False, left.old + island.old + run.old, left.new + island.new + run.new))
        else:
            out.append(run)
    return out


def _is_island(run: _Run, left: _Run, right: _Run) -> bool:
    size = _size(run.old)
    return (
        size <= ISLAND
        and size <= max(_size(left.old), _size(left.new))
        and size <= max(_size(right.old), _size(right.new))
        and not any(token.what or token.text in SENTENCE_ENDS for token in run.old)
    )


def _size(tokens: Sequence[Token]) -> int:
    """Characters of words; marks and spaces count nothing."""
    return sum(len(token.text) for token in tokens if token.text[0].isalnum())
