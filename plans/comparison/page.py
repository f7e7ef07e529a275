"""What the page of a comparison shows: rows by theme, sums, the form of one row, what persons said."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from plans.models import Pairing, Theme, WorkPlan

from . import judging
from .alignment import scores
from .choosing import address
from .rows import APART, Cell, Row, rows, sums
from .sides import Side, in_order, load
from .verdicts import Mode, Verdict, classes

CANDIDATES = 12  # partners offered for a measure, the likeliest first


@dataclass(frozen=True)
class Group:
    """The rows of a theme with the number of measures that each plan has in it."""

    name: str
    rows: list[Row]
    counts: list[int]


@dataclass(frozen=True)
class Said:
    """A correction as it is listed: who said it, of which passages, and whether the user may take it back."""

    pairing: Pairing
    earlier: str
    later: str
    what: str
    may_take_back: bool


@dataclass(frozen=True)
class Candidate:
    words: str
    text: str
    score: float | None
    current: bool


@dataclass(frozen=True)
class Page:
    mode: Mode
    sides: list[Side]
    groups: list[Group]
    sums: list[tuple[Side, list[tuple[Verdict, int]]]]
    said: list[Said]
    may_say: frozenset[int]  # the places of sides whose cells the user may correct
    asked: str

    @property
    def two(self) -> bool:
        return len(self.sides) == 2

    @property
    def numbers(self) -> list[int]:
        return [side.plan.pk for side in self.sides]

    @property
    def addresses(self) -> dict[str, str]:
        return {kind: address(self.numbers, format=kind) for kind in ("csv", "xlsx")}

    @property
    def here(self) -> str:
        return address(self.numbers)

    @property
    def classes(self) -> list[Verdict]:
        return [verdict for verdict in classes(self.mode) if verdict in judging.OF_A_PAIR]

    @property
    def rows(self) -> list[tuple[str, Row]]:
        """Every row with the name of its theme."""
        return [(group.name, row) for group in self.groups for row in group.rows]

    @cached_property
    def edited(self) -> Cell | None:
        """The cell whose form is asked for, where the user may correct it."""
        cells = (cell for _theme, row in self.rows for cell in row.judged)
        found = next((cell for cell in cells if cell.key == self.asked), None)
        return found if found and int(found.key.split("-")[0]) in self.may_say else None

    @property
    def before(self) -> Side:
        """The side that the edited cell is compared with."""
        return self.sides[self.edited.side.against]

    @cached_property
    def candidates(self) -> list[Candidate]:
        """What the measure of the edited cell may belong to, the likeliest first."""
        cell = self.edited
        if cell.earlier:
            own, others, place = cell.earlier[0], cell.side.passages, 1
            found = scores([own], others)
        else:
            own, others, place = cell.passages[0], self.before.passages, 0
            found = scores(others, [own])
        current = {one.words for one in (cell.passages if cell.earlier else [])}
        by_place = {pair[place]: score for pair, score in found.items()}
        ranked = sorted(
            range(len(others)), key=lambda at: (others[at].words not in current, -by_place.get(at, 0.0), at)
        )
        return [
            Candidate(others[at].words, others[at].text, by_place.get(at), others[at].words in current)
            for at in ranked[:CANDIDATES]
        ]


def page_of(plans: Sequence[WorkPlan], user, asked) -> Page:
    """The comparison of two to five `plans`; `asked` holds the address's `row`. Five queries, whatever their length,
    one more where a plan has no clauses."""
    mode, ordered, against = in_order(plans)
    sides = load(ordered, against)
    numbers = [plan.pk for plan in ordered]
    pairings = list(
        Pairing.objects.filter(earlier__in=numbers, later__in=numbers).select_related("by").order_by("-at", "-pk")
    )
    found = rows(mode, sides, pairings)
    names = dict(Theme.objects.order_by("position").values_list("code", "name"))
    may = frozenset(
        at
        for at, side in enumerate(sides)
        if side.against is not None and judging.may_say(user, side.plan, sides[side.against].plan)
    )
    counted = [
        (side, [(verdict, counts[str(verdict)]) for verdict in classes(mode)])
        for side, counts in sums(mode, found, sides)
    ]
    return Page(mode, sides, _groups(found, names), counted, _said(pairings, sides, user), may, asked.get("row", ""))


def _groups(found: Sequence[Row], names: dict[str, str]) -> list[Group]:
    out = []
    for code, name in [*names.items(), (None, "")]:
        own = [row for row in found if row.theme == code or (code is None and row.theme not in names)]
        if own:
            counts = [sum(len(row.cells[at].passages) for row in own) for at in range(len(own[0].cells))]
            out.append(Group(name, own, counts))
    return out


def _said(pairings: Sequence[Pairing], sides: Sequence[Side], user) -> list[Said]:
    texts = {side.plan.pk: {one.words: one.text for one in side.passages} for side in sides}
    plans = {side.plan.pk: side.plan for side in sides}
    compared = {(sides[side.against].plan.pk, side.plan.pk) for side in sides if side.against is not None}
    out = []
    for one in pairings:
        if (one.earlier_id, one.later_id) not in compared:
            continue
        known = one.verdict in Verdict
        out.append(
            Said(
                one,
                texts[one.earlier_id].get(one.earlier_words, ""),
                texts[one.later_id].get(one.later_words, ""),
                Verdict(one.verdict).label if known else APART if one.verdict == APART else "",
                judging.may_say(user, plans[one.earlier_id], plans[one.later_id]),
            )
        )
    return out
