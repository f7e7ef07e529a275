"""What is known of targets: their terms, what is part of them, and the reports that count."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, Value
from django.db.models.expressions import RawSQL

from plans.models import Measure, ProgressReport, Target, WorkPlan

from .measures import counting_span, goal_of, measure_of

_BELOW = """
WITH RECURSIVE below(id) AS (
    SELECT id FROM plans_target WHERE id IN ({})
    UNION
    SELECT plans_target.id FROM plans_target JOIN below ON plans_target.parent_id = below.id
)
SELECT id FROM below
"""
_TERMS = (
    "pk",
    "parent_id",
    "plan_id",
    "plan__state",
    "plan__name_then",
    "plan__starts_on",
    "plan__ends_on",
    "plan__period",
    "kind",
    "number",
    "unit",
    "comparator",
    "measure",
    "indicator__measure",
    "period",
    "deadline",
    "object",
)


class Figure(NamedTuple):
    """A report that counts: nothing corrects it and it takes nothing back."""

    on: datetime.date
    value: Decimal


@dataclass
class Reading:
    """A target as the rule of state needs it; `seen` says whether the reader may be told its name as that of a part."""

    pk: int
    parent_id: int | None
    plan_id: int
    plan_state: str
    body: str
    starts: datetime.date | None
    ends: datetime.date | None
    plan_period: str
    kind: str
    number: Decimal | None
    unit: str
    comparator: str
    chosen: str
    of_indicator: str | None
    period: str
    deadline: datetime.date | None
    object: str
    figures: list[Figure] = field(default_factory=list)
    parts: list["Reading"] = field(default_factory=list)
    seen: bool = True

    @cached_property
    def measure(self) -> Measure:
        return measure_of(self.kind, self.unit, self.number, self.chosen, self.of_indicator or "")

    @cached_property
    def goal(self) -> Decimal | None:
        return goal_of(self.kind, self.number, self.measure)

    @property
    def name(self) -> str:
        return f"{self.body} {self.object}".strip()

    def span(self, today: datetime.date) -> tuple[datetime.date, datetime.date] | None:
        """The days in which the goal is to be reached, as they count on `today`; None where the plan has no dates."""
        if self.starts is None or self.ends is None:
            return None
        last = self.deadline or self.ends
        if self.measure == Measure.EACH:
            return counting_span(self.period, self.starts, max(last, self.starts), today)
        return self.starts, last

    def counted(self, today: datetime.date) -> list[Figure]:
        """The reports that count on `today`, the last at the end; what comes after the last period is of it."""
        span = self.span(today) if self.measure == Measure.EACH else None
        if span is None:
            return self.figures
        last = span[1] >= (self.deadline or self.ends)
        return [one for one in self.figures if span[0] <= one.on and (last or one.on <= span[1])]


def read(pks: Collection[int], today: datetime.date, user=None) -> dict[int, Reading]:
    """The targets numbered `pks` with all that is part of them at any depth and the reports up to `today`; two queries.

    A figure of the year's end comes after all others. What stands in a draft is part of a target of the same draft
    alone. Figures count whoever reads, but parts that `user` may not see are not `seen`; None is the machine.
    """
    if not pks:
        return {}
    below = RawSQL(_BELOW.format(", ".join(["%s"] * len(pks))), list(pks))  # noqa: S611  numbers are parameters
    rows = Target.objects.filter(pk__in=below).order_by("plan__starts_on", "plan_id", "position", "pk")
    found = {row[0]: Reading(*row[:-1], seen=row[-1]) for row in rows.values_list(*_TERMS, _seen_by(user))}
    for one in found.values():
        upper = found.get(one.parent_id)
        if upper and (one.plan_state != WorkPlan.State.DRAFT or one.plan_id == upper.plan_id):
            upper.parts.append(one)
    valid = ProgressReport.objects.filter(target__in=list(found), on__lte=today).standing()
    for pk, on, value in valid.order_by("final", "on", "pk").values_list("target_id", "on", "value"):
        found[pk].figures.append(Figure(on, value))
    return found


def _seen_by(user):
    """Whether `user` may see a target that is part of another."""
    if user is None or user.is_superuser:
        return Value(True)
    plans = WorkPlan.objects.visible_to(user).filter(pk=OuterRef("plan")).order_by()
    its = Target.objects.visible_to(user).filter(Exists(plans), pk=OuterRef("pk")).order_by()
    return ExpressionWrapper(Q(parent=None) | Exists(its), BooleanField())
