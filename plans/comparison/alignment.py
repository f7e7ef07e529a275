"""Which measure of one plan belongs to which of another: a score from 0 to 1 for each two, then the best one-to-one
choice among them. Pure and deterministic."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

from plans.progress.units import comparable

from .amounts import amounts
from .passages import Passage
from .terms import COMMON, NAME_WEIGHT, head, names, plain, said, weights

ENOUGH = 0.24  # below this two passages are no pair
WHOLE = 0.7  # so much of a further passage stands in one that has a partner already
OWN = 0.4  # and so much of it there is not said by that partner
BACKGROUND = 30  # passages that a short plan is thought to stand among, so that rarity says little in it
SMALLER = 0.65  # how much the smaller of two passages weighs against the larger
FRAME = 0.1  # how much clauses that are equal word for word still say where the rest is compared by itself
SAME_THEME, OTHER_THEME = 0.05, -0.05
SAME_OBJECT, OTHER_OBJECT = 0.06, -0.25  # of what their numbers count
OTHER_NAMES = -0.1  # both speak of a programme by its name, and not of the same one
TELLING, MOST_TELLING = 0.04, 0.12  # for each word that stands in these two passages and in no other
SAME_PLACE = 0.01  # decides between passages that are alike otherwise
_CLAUSE_ENDS = re.compile("[,，。;；:：!！?？]")

Bag = dict[str, float]


@dataclass(frozen=True)
class Pair:
    """Passages of the two sides, by their places, that belong together; one side may be empty.

    `score` is None where nothing was compared: one side alone, or put together by hand.
    """

    earlier: tuple[int, ...]
    later: tuple[int, ...]
    score: float | None = None


def bags(earlier: Sequence[Passage], later: Sequence[Passage]) -> tuple[list[Bag], list[Bag]]:
    """The words of each passage of both sides with their weights: the rarer in the two plans, the more they weigh."""
    texts = [[passage.text for passage in side] for side in (earlier, later)]
    called = sorted({name for text in (*texts[0], *texts[1]) for name in names(text)})
    found = [[_bag(text, called) for text in side] for side in texts]
    among = Counter(word for bag in (*found[0], *found[1]) for word in bag)
    total = len(earlier) + len(later) + BACKGROUND
    rarity = {word: log(1 + total / (count + 1)) / log(1 + total / 2) for word, count in among.items()}
    one, two = ([{word: bag[word] * rarity[word] for word in bag} for bag in side] for side in found)
    return one, two


def _bag(text: str, called: Sequence[str]) -> Bag:
    """The words of a text and the names in it, whether or not they stand in quotation marks here."""
    whole = plain(text)
    return weights(text) | {f"“{name}”": NAME_WEIGHT for name in called if name in whole}


def scores(earlier: Sequence[Passage], later: Sequence[Passage]) -> dict[tuple[int, int], float]:
    """The score of each two passages that share a telling word, by their places."""
    one, two = bags(earlier, later)
    places: dict[str, list[int]] = {}
    for j, words in enumerate(two):
        for word in words:
            places.setdefault(word, []).append(j)
    sums = [[sum(words.values()) for words in side] for side in (one, two)]
    shared: dict[tuple[int, int], float] = {}
    for i, words in enumerate(one):
        for word, weight in words.items():
            for j in places.get(word, ()):
                shared[i, j] = shared.get((i, j), 0.0) + weight
    single = _single(one, two)
    found = {}
    for (i, j), weight in shared.items():
        was, now = earlier[i], later[j]
        score = _likeness(weight, sums[0][i], sums[1][j]) + _of_theme(was, now)
        score += min(MOST_TELLING, TELLING * len(single.get((i, j), ())))
        if score >= ENOUGH:
            score += _of_rest(was.text, now.text, one[i], two[j], score)
            score += _of_object(was.text, now.text) + _of_names(was.text, now.text)
        score += SAME_PLACE * (1 - abs(i / len(one) - j / len(two)))
        found[i, j] = round(min(1.0, max(0.0, score)), 3)
    return found


def _single(one: Sequence[Bag], two: Sequence[Bag]) -> dict[tuple[int, int], list[str]]:
    """For each two passages the telling words that no third one has, those inside a longer one left out."""
    places: dict[str, tuple[list[int], list[int]]] = {}
    for side, bags_ in enumerate((one, two)):
        for at, bag in enumerate(bags_):
            for word in bag:
                places.setdefault(word, ([], []))[side].append(at)
    found: dict[tuple[int, int], list[str]] = {}
    for word, (ones, others) in places.items():
        if len(ones) == len(others) == 1 and word not in COMMON:
            found.setdefault((ones[0], others[0]), []).append(word)
    return {
        pair: [word for word in words if not any(word != longer and word in longer for longer in words)]
        for pair, words in found.items()
    }


def _likeness(shared: float, one: float, other: float) -> float:
    small, large = sorted((one, other))
    return shared / (SMALLER * small + (1 - SMALLER) * large)


def _of_rest(one: str, other: str, bag: Bag, other_bag: Bag, score: float) -> float:
    """What is to be taken off because only the frame is equal: 把实事办到职工心坎上,开展“放心食堂”创建 and
    把实事办到职工心坎上,开展“放心驿站”创建 are two measures."""
    ones, others = _clauses(one), _clauses(other)
    equal = ones.keys() & others.keys()
    if not equal:
        return 0.0
    rest = [clauses.keys() - equal for clauses in (ones, others)]
    if not all(rest):
        return 0.0
    left = [
        {word: whole.get(word, weight) for key in keys for word, weight in weights(clauses[key]).items()}
        for keys, clauses, whole in zip(rest, (ones, others), (bag, other_bag), strict=True)
    ]
    sums = [sum(words.values()) for words in left]
    if not all(sums):
        return 0.0
    alike = _likeness(sum(weight for word, weight in left[0].items() if word in left[1]), *sums)
    return min(0.0, (1 - FRAME) * (alike - score))


@lru_cache(maxsize=4096)
def _clauses(text: str) -> dict[str, str]:
    """The clauses of a text by their words without marks and particles."""
    return {said(clause): clause for clause in _CLAUSE_ENDS.split(text) if said(clause)}


def _of_object(one: str, other: str) -> float:
    """Whether numbers of one unit count the same thing in both: 放心食堂20家 and 放心驿站20家 do not."""
    ones, others = (
        [amount for amount in amounts(text) if amount.promised and amount.unit != "元"] for text in (one, other)
    )
    both = [(was.of, now.of) for was in ones for now in others if comparable(was.unit, now.unit)]
    if not both:
        return 0.0
    if any(head(was) in other or head(now) in one for was, now in both):
        return SAME_OBJECT if any(head(was) == head(now) for was, now in both) else 0.0
    return OTHER_OBJECT


def _of_names(one: str, other: str) -> float:
    ones, others = names(one), names(other)
    if (
        not ones
        or not others
        or any(name in plain(other) for name in ones)
        or any(name in plain(one) for name in others)
    ):
        return 0.0
    return OTHER_NAMES


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
    agreed = {(i, j) for i, j in together if i >= 0 and j >= 0}
    alone = {("earlier", i) for i, j in together if j < 0} | {("later", j) for i, j in together if i < 0}
    taken = {i for i, _ in agreed}, {j for _, j in agreed}
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
    joined = best(free)
    groups = [[{i}, {j}, found.get((i, j), 0.0)] for i, j in [*sorted(agreed), *joined]]
    _merge(groups, bags(earlier, later), free)
    pairs = [Pair(tuple(sorted(ones)), tuple(sorted(others)), score) for ones, others, score in groups]
    ones = {place for pair in pairs for place in pair.earlier}
    others = {place for pair in pairs for place in pair.later}
    pairs += [Pair((i,), ()) for i in range(len(earlier)) if i not in ones]
    pairs += [Pair((), (j,)) for j in range(len(later)) if j not in others]
    return _in_order(pairs)


def _merge(groups: list[list], bag: tuple[list[Bag], list[Bag]], free: Mapping) -> None:
    """Add to a pair a passage left alone whose words stand in the other side of it and are not said by its partner."""
    paired = {i for ones, _, _ in groups for i in ones}, {j for _, others, _ in groups for j in others}
    for side in (0, 1):
        for at, words in enumerate(bag[side]):
            if at in paired[side]:
                continue
            total, fitting = sum(words.values()), []
            for place, group in enumerate(groups):
                if len(group[1 - side]) != 1:
                    continue
                (partner,) = group[1 - side]
                score = free.get((at, partner) if side == 0 else (partner, at))
                if score is None:
                    continue
                there = bag[1 - side][partner].keys() & words.keys()
                own = there - set().union(*(bag[side][one] for one in group[side]))
                if sum(map(words.get, there)) >= WHOLE * total and sum(map(words.get, own)) >= OWN * total:
                    fitting.append((score, -place))
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
