"""Measures of several plans side by side: what answers to what, what became of it, by theme. No queries."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from articles.matching import ADDED, REMOVED, Effort, Segment
from plans.models import Pairing

from .alignment import Pair, align
from .marking import joined, marked, telling
from .passages import Passage
from .sides import Side
from .totals import Total, totals
from .verdicts import Judgement, Mode, Verdict, judge

APART = "apart"  # the verdict of a Pairing that says two passages do not belong together


@dataclass
class Cell:
    """What one plan says of a measure, with what became of it since the plan it is compared with.

    `said` is what a person said of it, if anybody did. `key` tells the cell from all others of the page.
    """

    side: Side
    passages: list[Passage]
    judgement: Judgement | None = None
    score: float | None = None
    said: Pairing | None = None
    segments: list[Segment] = field(default_factory=list)
    key: str = ""
    earlier: list[Passage] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        return self.passages[0].anchor if self.passages else ""


@dataclass
class Row:
    theme: str | None
    cells: list[Cell]
    totals: list[Total]

    @property
    def judged(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.judgement]


def rows(mode: str, sides: Sequence[Side], pairings: Iterable[Pairing]) -> list[Row]:
    """The rows of `sides`, in the order of the first plan that has each; what persons said is applied."""
    said = _said(sides, pairings)
    links: dict[int, list[Pair]] = {}
    for at, side in enumerate(sides):
        if side.against is not None:
            together, apart = _places(sides[side.against], side, said[at])
            links[at] = align(sides[side.against].passages, side.passages, together, apart)
    effort = Effort()
    found = [_row(mode, sides, group, links, said, effort) for group in _groups(sides, links)]
    return sorted(found, key=lambda row: _place(sides, row))


def _said(sides: Sequence[Side], pairings: Iterable[Pairing]) -> dict[int, list[Pairing]]:
    """For each side what persons said of it and the side it is compared with."""
    by_plans: dict[tuple[int, int], list[Pairing]] = defaultdict(list)
    for one in pairings:
        by_plans[one.earlier_id, one.later_id].append(one)
    return {
        at: by_plans[sides[side.against].plan.pk, side.plan.pk] if side.against is not None else []
        for at, side in enumerate(sides)
    }


def _places(earlier: Side, later: Side, said: Iterable[Pairing]) -> tuple[set, set]:
    """What belongs together and what does not, by places; what speaks of words that are gone is left out."""
    ones, others = ({one.words: at for at, one in enumerate(side.passages)} for side in (earlier, later))
    ones[""] = others[""] = -1
    together, apart = set(), set()
    for one in said:
        pair = ones.get(one.earlier_words), others.get(one.later_words)
        if None not in pair and pair != (-1, -1):
            (apart if one.verdict == APART else together).add(pair)
    return together, apart


def _groups(sides: Sequence[Side], links: dict[int, list[Pair]]) -> list[list[list[int]]]:
    """The places of each side that hang together over all plans."""
    head = {(at, place): (at, place) for at, side in enumerate(sides) for place in range(len(side.passages))}

    def find(node):
        while head[node] != node:
            head[node] = node = head[head[node]]
        return node

    for at, pairs in links.items():
        for pair in pairs:
            nodes = [(sides[at].against, place) for place in pair.earlier] + [(at, place) for place in pair.later]
            for node in nodes[1:]:
                head[find(node)] = find(nodes[0])
    groups: dict[tuple[int, int], list[list[int]]] = {}
    for node in sorted(head):
        groups.setdefault(find(node), [[] for _ in sides])[node[0]].append(node[1])
    return list(groups.values())


def _row(mode: str, sides, group: list[list[int]], links, said, effort: Effort) -> Row:
    cells = [Cell(side, [side.passages[place] for place in group[at]]) for at, side in enumerate(sides)]
    for at, cell in enumerate(cells):
        if cell.side.against is None:
            continue
        before = cells[cell.side.against]
        if not cell.passages and not before.passages:
            continue
        cell.earlier = before.passages
        cell.key = "-".join([str(at), *(one[0].words[:12] if one else "0" for one in (before.passages, cell.passages))])
        years = before.side.year, cell.side.year
        cell.judgement = judge(mode, before.passages, cell.passages, years)
        places = set(group[cell.side.against]), set(group[at])
        scores = [pair.score for pair in links[at] if places[0] & set(pair.earlier) and places[1] & set(pair.later)]
        cell.score = max((score for score in scores if score is not None), default=None)
        cell.said = _said_of(said[at], before.passages, cell.passages)
        if cell.said and cell.said.verdict in Verdict and cell.said.verdict != cell.judgement.verdict:
            cell.judgement = Judgement(Verdict(cell.said.verdict))
    _mark(cells, effort)
    theme = next((one.theme for cell in reversed(cells) for one in cell.passages if one.theme), None)
    return Row(theme, cells, totals(cells[0], cells[1:]) if mode == Mode.LEVELS else [])


def _said_of(said: Iterable[Pairing], earlier: Sequence[Passage], later: Sequence[Passage]) -> Pairing | None:
    ones, others = {one.words for one in earlier} or {""}, {one.words for one in later} or {""}
    return next(
        (one for one in said if one.earlier_words in ones and one.later_words in others and one.verdict != APART), None
    )


def _mark(cells: Sequence[Cell], effort: Effort) -> None:
    """Mark the words that differ: with two plans on both sides, with more in the later one of each two."""
    texts = [joined([one.text for one in cell.passages]) for cell in cells]
    for at, cell in enumerate(cells):
        against = cell.side.against
        if against is None:
            cell.segments = telling(texts[at], REMOVED) if len(cells) == 2 and not texts[1] else []
        elif texts[at] and texts[against]:
            was, cell.segments = marked(texts[against], texts[at], effort)
            if len(cells) == 2:
                cells[0].segments = was
        elif texts[at]:
            cell.segments = telling(texts[at], ADDED)
    for cell, text in zip(cells, texts, strict=True):
        cell.segments = cell.segments or ([Segment("kept", text)] if text else [])


def _place(sides: Sequence[Side], row: Row) -> tuple:
    """Where the first plan that has a row has it; what only later ones have stands at its height there."""
    for at, cell in enumerate(row.cells):
        if cell.passages:
            passages = sides[at].passages
            return (passages.index(cell.passages[0]) / len(passages), at)
    return (1.0, len(sides))


def sums(mode: str, found: Iterable[Row], sides: Sequence[Side]) -> list[tuple[Side, Counter]]:
    """How often each class came out, for each side that is compared with one."""
    counted: dict[int, Counter] = {at: Counter() for at, side in enumerate(sides) if side.against is not None}
    for row in found:
        for at, cell in enumerate(row.cells):
            if cell.judgement:
                counted[at][str(cell.judgement.verdict)] += 1
    return [(sides[at], counts) for at, counts in counted.items()]
