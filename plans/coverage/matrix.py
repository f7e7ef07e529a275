"""The coverage table: bodies by years, read in three queries and one pass however many there are."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from organizations import paths
from organizations.models import Organization
from plans.models import WorkPlan

from .cells import GAPS, NOTHING, Cell, Filed, Mark, Tally, read_cell, years_of
from .expected import ExpectedSet, expectations

_BODY = ("pk", "path", "level", "level__position", "name", "slug", "valid_from", "valid_to")
_PLAN = ("organization", "pk", "period", "starts_on", "ends_on", "state", "year_stated")

GAP, AWAITING, INFERRED = "gaps", "drafts", "inferred"
SHOWS = {GAP: GAPS, AWAITING: {Mark.DRAFT}, INFERRED: {Mark.INFERRED}}
"""What a table may be narrowed to: bodies with such a cell; of gaps one that is expected."""


@dataclass(slots=True)
class Body:
    """A row: a body and its cells, the newest year first."""

    pk: int
    path: str
    level: str | None
    position: int | None
    name: str
    slug: str
    valid_from: datetime.date | None
    valid_to: datetime.date | None
    cells: list[Cell] | None = None

    @property
    def expected(self) -> int:
        return sum(cell.due is not None for cell in self.cells)

    @property
    def filed(self) -> int:
        return sum(cell.due is not None and cell.filed for cell in self.cells)

    def has(self, show: str) -> bool:
        marks = SHOWS[show]
        return any(cell.mark in marks and (show != GAP or cell.due is not None) for cell in self.cells)


class Matrix:
    """`bodies` by level and then as in the tree, with the cells of `years` (the newest first)."""

    def __init__(self, bodies: list[Body], years: list[int]):
        self.bodies, self.years = bodies, years
        self.tallies: dict[str | None, list[Tally]] = {}
        for body in bodies:
            row = self.tallies.get(body.level)
            if row is None:
                row = self.tallies[body.level] = [Tally() for _ in years]
            for tally, cell in zip(row, body.cells, strict=True):
                if cell is not NOTHING:
                    tally.add(cell)

    def totals(self) -> list[Tally]:
        """Over all levels, by year."""
        return [Tally().take_in(row[at] for row in self.tallies.values()) for at in range(len(self.years))]

    def counts(self) -> dict[str, int]:
        """How many bodies each narrowing would leave."""
        return {show: sum(body.has(show) for body in self.bodies) for show in SHOWS}

    def narrowed(self, show: str) -> "Matrix":
        return Matrix([body for body in self.bodies if body.has(show)], self.years)


def read_matrix(
    plans,
    years: list[int],
    today: datetime.date,
    *,
    subject: str = WorkPlan.DEFAULT_SUBJECT,
    within: Organization | None = None,
    level: str = "",
    everybody: bool = False,
) -> Matrix:
    """The table of the bodies of the tree at or below `within`, of `level`, by what stands in `plans` (a queryset).

    Bodies of which nothing is expected and nothing is there in these years are left out unless `everybody` is set.
    """
    place = Q(placed=True)
    if within is not None:
        place &= Q(path__gte=within.path, path__lt=paths.subtree_end(within.path))
    if level:
        place &= Q(level=level)
    rules = ExpectedSet(expectations(subject, min(years), max(years), within))
    found = plans.in_years(min(years), max(years)).filter(role=WorkPlan.Role.PLAN, subject=subject)
    found = found.filter(organization__in=Organization.objects.filter(place).order_by().values("pk")).order_by()
    filed = _by_body_and_year(found.values_list(*_PLAN))
    rows = Organization.objects.filter(place).order_by()
    spoken_of = None if everybody else rules.bodies()
    if spoken_of is not None:
        rows = rows.filter(spoken_of | Q(pk__in=found.values("organization")))
    bodies = [Body(*row) for row in rows.values_list(*_BODY)]
    _fill(bodies, years, rules, filed, today)
    if not everybody:
        bodies = [body for body in bodies if any(cell is not NOTHING for cell in body.cells)]
    bodies.sort(key=lambda body: (body.position is None, body.position, body.path))
    return Matrix(bodies, years)


def without_row(plans, years: list[int], subject: str, most: int) -> list[Organization]:
    """Bodies, at most `most`, that have no row since they stand nowhere in the tree, though they have such `plans`."""
    found = plans.in_years(min(years), max(years)).filter(role=WorkPlan.Role.PLAN, subject=subject)
    rows = Organization.objects.filter(Exists(found.filter(organization=OuterRef("pk"))), placed=False)
    return list(rows.only("name", "slug").order_by("name")[:most])


def cells_of(
    bodies: Iterable[Organization], years: list[int], subject: str, today: datetime.date, plans=None
) -> dict[tuple[int, int], Cell]:
    """The cells of some bodies by (body, year), by what stands in `plans`: all that are filed unless told otherwise.

    Two queries.
    """
    rows = [Body(o.pk, o.path, o.level_id, None, o.name, o.slug, o.valid_from, o.valid_to) for o in bodies]
    plans = WorkPlan.objects.all() if plans is None else plans
    found = plans.in_years(min(years), max(years)).filter(role=WorkPlan.Role.PLAN, subject=subject)
    found = found.filter(organization__in=[body.pk for body in rows]).order_by()
    rules = ExpectedSet(expectations(subject, min(years), max(years)))
    _fill(rows, years, rules, _by_body_and_year(found.values_list(*_PLAN)), today)
    return {(body.pk, year): cell for body in rows for year, cell in zip(years, body.cells, strict=True)}


def _by_body_and_year(rows: Iterable[tuple]) -> dict[tuple[int, int], list[Filed]]:
    found = defaultdict(list)
    for body, *plan in rows:
        filed = Filed(*plan)
        for year in years_of(filed):
            found[body, year].append(filed)
    return found


def _fill(bodies: list[Body], years: list[int], rules: ExpectedSet, filed: dict, today: datetime.date) -> None:
    for body in bodies:
        about = rules.about(body.pk, body.path, body.level)
        exists = (body.valid_from, body.valid_to)
        body.cells = []
        for year in years:
            plans = filed.get((body.pk, year), ())
            due = rules.due(about, year, exists) if about else None
            body.cells.append(read_cell(year, plans, due, today) if plans or due else NOTHING)
