"""What the page of an indicator shows: its years at one body, each with goal and what was reached."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count

from organizations.models import Organization
from plans.models import Indicator, Target, WorkPlan

from .charts import Chart, series
from .states import Progress, progress_of
from .units import convert

YEARS = 60
BODIES = 200


@dataclass(frozen=True)
class Year:
    """A target of the indicator; goal and value are in the indicator's unit."""

    target: Target
    progress: Progress
    goal: Decimal | None
    value: Decimal | None


@dataclass(frozen=True)
class IndicatorPage:
    bodies: list[tuple[Organization, int]]
    organization: Organization | None
    years: list[Year]
    chart: Chart | None


def indicator_page(indicator: Indicator, user, today: datetime.date, organization: str = "") -> IndicatorPage:
    """The series of `indicator` at the body of this slug, else at the one with most years; five queries.

    Only plans `user` may see, no drafts.
    """
    plans = WorkPlan.objects.visible_to(user).exclude(state=WorkPlan.State.DRAFT).order_by().values("pk")
    targets = Target.objects.visible_to(user).filter(indicator=indicator, kind__in=Target.FORWARD, plan__in=plans)
    counted = dict(
        targets.order_by().values_list("plan__organization").annotate(number=Count("pk")).order_by("-number")[:BODIES]
    )
    found = Organization.objects.in_bulk([pk for pk in counted if pk])
    bodies = sorted(((found[pk], number) for pk, number in counted.items() if pk), key=lambda one: one[0].path)
    chosen = next((body for body, _number in bodies if body.slug == organization), None)
    if chosen is None and bodies:
        chosen = max(bodies, key=lambda one: one[1])[0]
    rows = targets.filter(plan__organization=chosen).select_related("plan").order_by("plan__starts_on", "pk")[:YEARS]
    rows = list(rows) if chosen else []
    states = progress_of(rows, today, user)
    years = [_year(row, states[row.pk], indicator.unit) for row in rows]
    return IndicatorPage(
        bodies=bodies,
        organization=chosen,
        years=years,
        chart=series(_points(years)),
    )


def _points(years: list[Year]) -> list[tuple[str, Decimal | None, Decimal | None]]:
    """Goal and value of each year, by the plan for the whole year; where there are several, by the last one."""
    of_year = {one.target.plan.years: one for one in years if one.target.plan.period == WorkPlan.Period.YEAR}
    return [(name, one.goal, one.value) for name, one in sorted(of_year.items())]


def _year(target: Target, progress: Progress, unit: str) -> Year:
    def own(number: Decimal | None) -> Decimal | None:
        return None if number is None else convert(number, target.unit, unit)

    return Year(target, progress, own(progress.goal), own(progress.value))
