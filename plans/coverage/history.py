"""One body over the years: each cell with all plans that touch the year and the rule by which one is expected."""

from dataclasses import dataclass

from django.utils import timezone

from organizations.models import Organization
from plans.models import Expectation, WorkPlan

from .cells import Cell, Mark
from .expected import ExpectedSet, expectations
from .filters import Asked
from .matrix import cells_of
from .table import LOOKS, sign


@dataclass(frozen=True)
class Year:
    """`rule` is the expectation that wins, also where it exempts."""

    year: int
    cell: Cell
    sign: str
    look: str
    plans: list[WorkPlan]
    rule: Expectation | None

    @property
    def lacks(self) -> bool:
        return self.cell.mark in (Mark.MISSING, Mark.PENDING, Mark.PARTIAL, Mark.REPLACED)


def history(organization: Organization, asked: Asked, user) -> list[Year]:
    """The years asked for, the newest first, by what `user` may see; four queries."""
    seen = WorkPlan.objects.visible_to(user)
    cells = cells_of([organization], asked.years, asked.subject, timezone.localdate(), seen)
    about = expectations(asked.subject, asked.years[-1], asked.years[0], organization)
    rules = ExpectedSet(about).about(organization.pk, organization.path, organization.level_id)
    numbers = {pk for cell in cells.values() for pk in (*cell.plans, *cell.others)}
    plans = WorkPlan.objects.select_related("article").in_bulk(numbers)
    found = []
    for year in asked.years:
        cell = cells[organization.pk, year]
        rule = next((rule for rule in rules if rule.covers(year)), None)
        rows = [plans[pk] for pk in (*cell.plans, *cell.others)]
        found.append(Year(year, cell, sign(cell), LOOKS[cell.mark], rows, rule))
    return found
