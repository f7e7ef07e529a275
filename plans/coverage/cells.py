"""What stands in a cell of the coverage table: one body, one year, from its plans and the day one is due."""

import datetime
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from plans.grammar.periods import year_span


class Mark(TextChoices):
    IN_FORCE = "in_force", pgettext_lazy("coverage", "filed and checked")  # 齐
    DRAFT = "draft", pgettext_lazy("coverage", "filed, to be checked")  # 核
    INFERRED = "inferred", pgettext_lazy("coverage", "year inferred")  # 推
    CLOSED = "closed", pgettext_lazy("coverage", "filed and closed")  # 结
    PARTIAL = "partial", pgettext_lazy("coverage", "only a part of the year")  # 部
    REPLACED = "replaced", pgettext_lazy("coverage", "only a replaced plan")  # 替
    MISSING = "missing", pgettext_lazy("coverage", "expected, not filed")  # 缺
    PENDING = "pending", pgettext_lazy("coverage", "expected, not yet due")  # 待
    NONE = "none", pgettext_lazy("coverage", "not expected")  # —


SIGNS = {
    Mark.IN_FORCE: pgettext_lazy("sign of coverage", "full"),
    Mark.DRAFT: pgettext_lazy("sign of coverage", "draft"),
    Mark.INFERRED: pgettext_lazy("sign of coverage", "guess"),
    Mark.CLOSED: pgettext_lazy("sign of coverage", "closed"),
    Mark.PARTIAL: pgettext_lazy("sign of coverage", "part"),
    Mark.REPLACED: pgettext_lazy("sign of coverage", "old"),
    Mark.MISSING: pgettext_lazy("sign of coverage", "gap"),
    Mark.PENDING: pgettext_lazy("sign of coverage", "open"),
    Mark.NONE: "—",
}
FILED = frozenset({Mark.IN_FORCE, Mark.DRAFT, Mark.INFERRED, Mark.CLOSED})
GAPS = frozenset({Mark.MISSING, Mark.PARTIAL, Mark.REPLACED})

DRAFT, IN_FORCE, REPLACED, CLOSED = "draft", "in_force", "replaced", "closed"  # WorkPlan.State
YEAR, SEVERAL_YEARS = "year", "years"  # WorkPlan.Period
_DAY = datetime.timedelta(days=1)


class Filed(NamedTuple):
    """What a cell has to know of a plan."""

    pk: int
    period: str
    starts_on: datetime.date
    ends_on: datetime.date
    state: str
    year_stated: bool


class Cell(NamedTuple):
    """`due` is None where nothing is expected; `plans` are those the mark rests on, `others` touch the year besides."""

    mark: Mark
    due: datetime.date | None = None
    plans: tuple[int, ...] = ()
    others: tuple[int, ...] = ()

    @property
    def expected(self) -> bool:
        return self.due is not None

    @property
    def filed(self) -> bool:
        return self.mark in FILED

    @property
    def apart(self) -> bool:
        """There is a plan although none is expected."""
        return self.due is None and self.mark != Mark.NONE


NOTHING = Cell(Mark.NONE)


def years_of(plan: Filed) -> range:
    """The years in whose cells a plan stands: each that a plan of several years touches, else the one that holds most
    of its days (the middle one)."""
    first, last = plan.starts_on.year, plan.ends_on.year
    if first == last:
        return range(first, first + 1)
    if plan.period != SEVERAL_YEARS:
        first = last = (plan.starts_on + (plan.ends_on - plan.starts_on) // 2).year
    return range(first, last + 1)


def read_cell(year: int, plans: Sequence[Filed], due: datetime.date | None, today: datetime.date) -> Cell:
    """The cell of `year` for a body whose `plans` stand there (years_of) and whose plan is `due` by that day.

    A yearly plan fills the year, and so do half-years and quarters that leave no day of it out; the best ones decide:
    in force before closed before draft before replaced. A plan of several years never fills a year.
    """
    mark, decide = _filled(year, plans) if plans else (None, ())
    if mark is None:
        mark = Mark.NONE if due is None else Mark.MISSING if today > due else Mark.PENDING
    chosen = tuple(plan.pk for plan in decide)
    return Cell(mark, due, chosen, tuple(plan.pk for plan in plans if plan.pk not in chosen))


def _filled(year: int, plans: Sequence[Filed]) -> tuple[Mark | None, Sequence[Filed]]:
    if len(plans) == 1 and plans[0].period == YEAR and plans[0].state != REPLACED:
        return _mark(plans), plans
    own = [plan for plan in plans if plan.period != SEVERAL_YEARS]
    whole = [plan for plan in own if plan.period == YEAR]
    parts = [plan for plan in own if plan.period != YEAR and plan.state != REPLACED]
    for some in (
        [plan for plan in whole if plan.state == IN_FORCE],
        [plan for plan in whole if plan.state == CLOSED],
        _covering(year, [plan for plan in parts if plan.state != DRAFT]),
        [plan for plan in whole if plan.state == DRAFT],
        _covering(year, parts),
    ):
        if some:
            return _mark(some), some
    if parts:
        return Mark.PARTIAL, parts
    return (Mark.REPLACED, own) if own else (None, ())


def _covering(year: int, parts: list[Filed]) -> list[Filed]:
    """`parts`, where they leave out no day of the year; else none."""
    day, last = year_span(year)
    for part in sorted(parts, key=lambda plan: plan.starts_on):
        if part.starts_on > day:
            return []
        day = max(day, part.ends_on + _DAY)
    return parts if day > last else []


def _mark(plans: Sequence[Filed]) -> Mark:
    """The weakest of plans that fill a year together; of whole ones beside each other the best."""
    if all(plan.state == CLOSED for plan in plans):
        return Mark.CLOSED
    guessed = [not plan.year_stated for plan in plans if plan.state != CLOSED]
    if all(guessed) if plans[0].period == YEAR else any(guessed):
        return Mark.INFERRED
    return Mark.DRAFT if any(plan.state == DRAFT for plan in plans) else Mark.IN_FORCE


class Tally:
    """Cells counted: what is expected and how far it is filed; what is there though not expected is counted apart."""

    __slots__ = ("apart", "expected", "filed", "marks")

    def __init__(self):
        self.expected = self.filed = self.apart = 0
        self.marks: dict[Mark, int] = {}

    def add(self, cell: Cell) -> None:
        if cell.due is not None:
            self.expected += 1
            self.filed += cell.mark in FILED
            self.marks[cell.mark] = self.marks.get(cell.mark, 0) + 1
        elif cell.mark in FILED:
            self.apart += 1

    def take_in(self, others: Iterable["Tally"]) -> "Tally":
        for other in others:
            self.expected += other.expected
            self.filed += other.filed
            self.apart += other.apart
            for mark, count in other.marks.items():
                self.marks[mark] = self.marks.get(mark, 0) + count
        return self

    @property
    def percent(self) -> int | None:
        """Whole percent filed, 100 only where all is; None where nothing is expected."""
        return self.filed * 100 // self.expected if self.expected else None
