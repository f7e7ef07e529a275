"""Which measure of one plan belongs to which of another: a score from 0 to 1 for each two, then the best one-to-one
choice among them. Pure and deterministic."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import log

from .passages import Passage
from .terms import weights

ENOUGH = 0.3  # below this two passages are no pair
WHOLE = 0.75  # so much of a further passage stands in one that has a partner already, and not in that partner
BACKGROUND = 30  # passages that a short plan is thought to stand among, so that rarity says little in it
SMALLER = 0.55  # how much the smaller of two passages weighs against the larger
SAME_THEME, OTHER_THEME = 0.05, -0.05
SAME_PLACE = 0.01  # decides between passages that are alike otherwise
BY_HAND = 10.0


@dataclass(frozen=True)
class Pair:
    """Passages of the two sides, by their places, that belong together; one side may be empty.

    `score` is None where nothing was compared: one side alone, or put together by hand.
    """

    earlier: tuple[int, ...]
    later: tuple[int, ...]
    score: float | None = None


def scores(earlier: Sequence[Passage], later: Sequence[Passage]) -> dict[tuple[int, int], float]:
    """The score of each two passages that share a telling word, by their places."""
    one, two = ([weights(passage.text) for passage in side] for side in (earlier, later))
    among = Counter(word for words in (*one, *two) for word in words)
    total = len(one) + len(two) + BACKGROUND
    rarity = {word: log(1 + total / (count + 1)) / log(1 + total / 2) for word, count in among.items()}
    one, two = (
        [{word: weight * rarity[word] for word, weight in words.items()} for words in side] for side in (one, two)
    )
    sums = [[sum(words.values()) for words in side] for side in (one, two)]
    places: dict[str, list[int]] = {}
    for j, words in enumerate(two):
        for word in words:
            places.setdefault(word, []).append(j)
    shared: dict[tuple[int, int], float] = {}
    for i, words in enumerate(one):
        for word, weight in words.items():
            for j in places.get(word, ()):
                shared[i, j] = shared.get((i, j), 0.0) + weight
    found = {}
    for (i, j), weight in shared.items():
        small, large = sorted((sums[0][i], sums[1][j]))
        likeness = weight / (SMALLER * small + (1 - SMALLER) * large)
        score = likeness + _of_theme(earlier[i], later[j])
        score += SAME_PLACE * (1 - abs(i / len(one) - j / len(two)))
        found[i, j] = round(min(1.0, max(0.0, score)), 3)
    return found


def _of_theme(one: Passage, other: Passage) -> float:
    if one.theme is None or other.theme is None:
        return 0.0
    return SAME_THEME if one.theme == other.theme else OTHER_THEME


def align(
    earlier: Sequence[Passage],
    later: Sequence[Passage],
    together: Collection[tuple[int, int]] = (),
    apart: Collection[tuple[int, int]] = (),
) -> list[Pair]:
    """Every passage of both sides in one pair: those that belong together, and those without a counterpart.

    `together` holds the places of what belongs together whatever its score, `apart` of what does not; (i, -1) and
    (-1, j) in `together` say that a passage has no counterpart. Pairs stand in the order of the later plan, dropped
    passages behind the one they followed.
    """
    found = scores(earlier, later)
    said = {(i, j) for i, j in together if i >= 0 and j >= 0}
    alone = {("earlier", i) for i, j in together if j < 0} | {("later", j) for i, j in together if i < 0}
    taken = {i for i, _ in said}, {j for _, j in said}
    free = {
        (i, j): score
        for (i, j), score in found.items()
        if score >= ENOUGH
        and i not in taken[0]
        and j not in taken[1]
        and (i, j) not in apart
        and ("earlier", i) not in alone
        and ("later", j) not in alone
    }
    joined = {(i, j): score for (i, j), score in free.items() if (i, j) in set(best(free))}
    groups = [[{i}, {j}, found.get((i, j), 0.0)] for i, j in [*sorted(said), *sorted(joined)]]
    _merge(groups, earlier, later, free)
    pairs = [Pair(tuple(sorted(ones)), tuple(sorted(others)), score) for ones, others, score in groups]
    ones = {place for pair in pairs for place in pair.earlier}
    others = {place for pair in pairs for place in pair.later}
    pairs += [Pair((i,), ()) for i in range(len(earlier)) if i not in ones]
    pairs += [Pair((), (j,)) for j in range(len(later)) if j not in others]
    return _in_order(pairs)


def _merge(groups: list[list], earlier: Sequence[Passage], later: Sequence[Passage], free: Mapping) -> None:
    """Add to a pair a passage left alone whose words stand in one side of it and are not said by the other."""
    paired = {i for ones, _, _ in groups for i in ones}, {j for _, others, _ in groups for j in others}
    for side, (own, other) in enumerate(((earlier, later), (later, earlier))):
        for at in range(len(own)):
            if at in paired[side]:
                continue
            words = weights(own[at].text)
            fitting = []
            for group in groups:
                partner = max(group[1 - side], default=None)
                if len(group[1 - side]) != 1 or ((at, partner) if side == 0 else (partner, at)) not in free:
                    continue
                said = set().union(*(weights(own[one].text) for one in group[side]))
                rest = weights(other[partner].text).keys() - said
                whole = sum(words.values())
                if whole and sum(weight for word, weight in words.items() if word in rest) >= WHOLE * whole:
                    fitting.append((free[(at, partner) if side == 0 else (partner, at)], -groups.index(group)))
            if fitting:
                groups[-max(fitting)[1]][side].add(at)


def best(scores: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """The pairs, no place twice, whose scores have the greatest sum; among equals always the same ones."""
    out = []
    for rows, columns in _islands(scores):
        turned = len(rows) > len(columns)
        lines, slots = (columns, rows) if turned else (rows, columns)
        gains = [[scores.get((slot, line) if turned else (line, slot), 0.0) for slot in slots] for line in lines]
        for at, slot in enumerate(_assigned(gains)):
            if gains[at][slot] > 0:
                out.append((slots[slot], lines[at]) if turned else (lines[at], slots[slot]))
    return sorted(out)


def _islands(scores: Mapping[tuple[int, int], float]) -> list[tuple[list[int], list[int]]]:
    """Places that hang together by scores, so that each such group can be assigned by itself."""
    head: dict[tuple[int, int], tuple[int, int]] = {}

    def find(node):
        while head.setdefault(node, node) != node:
            head[node] = node = head[head[node]]
        return node

    for i, j in sorted(scores):
        head[find((0, i))] = find((1, j))
    islands: dict[tuple[int, int], tuple[list[int], list[int]]] = {}
    for node in sorted(head):
        islands.setdefault(find(node), ([], []))[node[0]].append(node[1])
    return list(islands.values())


def _assigned(gains: Sequence[Sequence[float]]) -> list[int]:
    """For each row, of which there are no more than columns, the column it takes: the Hungarian method."""
    rows, columns = len(gains), len(gains[0])
    of_row, of_column = [0.0] * (rows + 1), [0.0] * (columns + 1)
    taken = [0] * (columns + 1)  # the row, counted from 1, that holds a column
    for row in range(1, rows + 1):
        taken[0], at = row, 0
        least, came, seen = [float("inf")] * (columns + 1), [0] * (columns + 1), [False] * (columns + 1)
        while taken[at]:
            seen[at], own, step, following = True, taken[at], float("inf"), 0
            for column in range(1, columns + 1):
                if seen[column]:
                    continue
                cost = -gains[own - 1][column - 1] - of_row[own] - of_column[column]
                if cost < least[column]:
                    least[column], came[column] = cost, at
                if least[column] < step:
                    step, following = least[column], column
            for column in range(columns + 1):
                if seen[column]:
                    of_row[taken[column]] += step
                    of_column[column] -= step
                else:
                    least[column] -= step
            at = following
        while at:
            taken[at], at = taken[came[at]], came[at]
    chosen = [0] * rows
    for column in range(1, columns + 1):
        if taken[column]:
            chosen[taken[column] - 1] = column - 1
    return chosen


def _in_order(pairs: Sequence[Pair]) -> list[Pair]:
    """As the later plan reads; what it dropped stands behind what it followed in the earlier one."""
    follows = sorted((max(pair.earlier), min(pair.later)) for pair in pairs if pair.earlier and pair.later)

    def key(pair: Pair):
        if pair.later:
            return (min(pair.later), 0, 0)
        before = [later for earlier, later in follows if earlier < pair.earlier[0]]
        return (before[-1] if before else -1, 1, pair.earlier[0])

    return sorted(pairs, key=key)
