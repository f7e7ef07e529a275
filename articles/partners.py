"""Blocks of two texts and their partners: which later block is which earlier one. Pure."""

from bisect import bisect_left
from collections import Counter, defaultdict

from .blocks import Block, Token
from .matching import Effort, Pair, common, rising

ALIKE_NEAR, ALIKE_FAR = 0.4, 0.6  # how alike a block and its later version are, at its place and elsewhere
MOVED_WHOLE, MOVED_CHANGED = 4, 12  # characters of words from which a block can be said to have moved
COMMONEST = 30  # blocks that a word may stand in and still lead from a block to its like
CANDIDATES = 6  # for each block
BESIDE = 3  # blocks of a larger gap looked at on either side of the same depth
ROW_NAMED = 0.5  # how alike rows are that share a column's words
SMALL_GAP = 400  # product of the counts up to which every block of a gap is looked at with every other


def _may_move(old: Block, new: Block) -> bool:
    """Whether `new` is `old` beyond doubt, though it stands elsewhere."""
    if old.key == new.key:
        return old.weight >= MOVED_WHOLE
    return min(old.weight, new.weight) >= MOVED_CHANGED and _likeness(old, new) >= ALIKE_FAR


def partners(old: list[Block], new: list[Block], effort: Effort) -> tuple[list[Pair], list[Pair]]:
    """The places of each block and of its later version, by the old place: of those that stay, and of those that move.

    A block's later version has the same words, at its place or elsewhere, or is the one most like it.
    """
    if [block.key for block in old] > [block.key for block in new]:
        stay, move = partners(new, old, effort)
        return [(i, j) for j, i in stay], sorted((i, j) for j, i in move)
    pairs = common([block.key for block in old], [block.key for block in new], effort)
    left, right = _without(old, [i for i, _j in pairs]), _without(new, [j for _i, j in pairs])
    elsewhere: dict[tuple, list[int]] = defaultdict(list)
    for j in reversed(right):
        elsewhere[new[j].key].append(j)
    exact = [(i, elsewhere[old[i].key].pop()) for i in left if old[i].weight >= MOVED_WHOLE and elsewhere[old[i].key]]
    taken, given = {i for i, _j in exact}, {j for _i, j in exact}
    rest = [i for i in left if i not in taken], [j for j in right if j not in given]
    pairs = sorted(pairs + exact + _alike(old, new, *rest, pairs, effort))
    stay = [pairs[place] for place in rising([j for _i, j in pairs])]
    move = sorted(set(pairs) - set(stay))
    return stay, [(i, j) for i, j in move if _may_move(old[i], new[j])]


def _without(rows: list[Block], places: list[int]) -> list[int]:
    return sorted(set(range(len(rows))) - set(places))


def _alike(
    old: list[Block], new: list[Block], left: list[int], right: list[int], pairs: list[Pair], effort: Effort
) -> list[Pair]:
    """Blocks of `left` and `right`, whose words are not the same, with those most like them."""
    gap_of_old = {i: bisect_left(pairs, i, key=lambda pair: pair[0]) for i in left}
    gap_of_new = {j: bisect_left(pairs, j, key=lambda pair: pair[1]) for j in right}
    rated = []
    for i, j in sorted(_candidates(old, new, gap_of_old, gap_of_new, effort)):
        near = gap_of_old[i] == gap_of_new[j]
        if old[i].family != new[j].family or not effort.spend(len(old[i].weights)):
            continue
        likeness = _likeness(old[i], new[j])
        if likeness >= ALIKE_NEAR if near else likeness >= ALIKE_FAR and _may_move(old[i], new[j]):
            rated.append((-likeness - 0.2 * near, abs(i - j), i, j))
    out: list[Pair] = []
    taken: set[int] = set()
    given: set[int] = set()
    for _rating, _distance, i, j in sorted(rated):
        if i not in taken and j not in given:
            out.append((i, j))
            taken.add(i)
            given.add(j)
    return out


def _candidates(
    old: list[Block], new: list[Block], left: dict[int, int], right: dict[int, int], effort: Effort
) -> set[Pair]:
    """Pairs worth a closer look: all of a small gap, those as deep in a large one, those that share rare words."""
    found: set[Pair] = set()
    gaps: dict[int, list[int]] = defaultdict(list)
    places: dict[Token, list[int]] = defaultdict(list)
    for j, gap in right.items():
        gaps[gap].append(j)
        for token in new[j].weights:
            places[token].append(j)
    counts = Counter(left.values())
    seen: Counter[int] = Counter()
    for i, gap in left.items():
        others = gaps[gap]
        if counts[gap] * len(others) > SMALL_GAP:
            depth = seen[gap] * len(others) // counts[gap]
            others = others[max(depth - BESIDE, 0) : depth + BESIDE + 1]
        seen[gap] += 1
        found.update((i, j) for j in others)
        shared: dict[int, int] = defaultdict(int)
        for token, weight in old[i].weights.items():
            standing = places.get(token, ())
            if len(standing) <= COMMONEST and effort.spend(len(standing)):
                for j in standing:
                    shared[j] += min(weight, new[j].weights[token])
        best = sorted(shared, key=lambda j: (-shared[j], j))[:CANDIDATES]
        found.update((i, j) for j in best)
    return found


def _likeness(old: Block, new: Block) -> float:
    """From 0 to 1: how much of the two is the same words, wherever they stand."""
    one, two = old.weights, new.weights
    both = sum(min(weight, two[token]) for token, weight in one.items() if token in two)
    total = old.weight + new.weight
    likeness = 2 * both / total if total else 0.0
    return max(likeness, ROW_NAMED) if likeness and _same_name(old, new) else likeness


def _same_name(old: Block, new: Block) -> bool:
    """Whether two rows have the same words, not numbers alone, in the same column."""
    return any(
        one.tokens == two.tokens and sum(len(token.text) for token in one.tokens if token.text.isalpha()) > 1
        for one, two in zip(old.cells, new.cells, strict=False)
        if one.tokens
    )
