"""The rows of the register: plans in their order with what a row shows, a page of them or all for an export."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import batched

from django.db.models import F, OuterRef, Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plans.models import Clause, Target, WorkPlan
from plans.progress.states import Progress, progress_of

from .address import Address
from .columns import chosen
from .counting import number_of
from .filters import RegisterFilters

TARGETS_A_PLAN = 8
_PLANS_AT_ONCE = 100  # of an export

# What the table and an export read of each; levels and themes have been read for the filters
_OF_PLAN = (
    *("article__title", "organization__name", "name_then", "level_then", "role", "subject", "period"),
    *("starts_on", "ends_on", "year_stated", "state", "doc_number", "filed_at"),
)
_OF_TARGET = (
    *("plan", "theme", "position", "number", "unit", "comparator", "kind"),
    *("period", "deadline", "duty_holder", "object", "quote", "broken"),
)
_OF_CLAUSE = ("plan", "number", "heading", "broken")

ORDERS = {
    "year": F("starts_on"),
    "organization": F("organization__slug"),  # pinyin, the order in which names are looked up
    "targets": F("promised"),
    "filed": F("filed_at"),
}
SORT_LABELS = {
    "year": _("year"),
    "organization": _("organization"),
    "targets": _("targets"),
    "filed": pgettext_lazy("column", "filed"),
}


@dataclass(frozen=True)
class Sort:
    """A sortable head: `url` takes this order up or turns it round; `direction` is None where it is not in use."""

    name: str
    label: str
    url: str
    direction: str | None


@dataclass(frozen=True)
class Line:
    """A line of an export: a target of a plan, or a plan that has none to show."""

    plan: WorkPlan
    target: Target | None
    progress: Progress | None


def sorts(address: Address, sort: str) -> dict[str, Sort]:
    """The orders by name, given the one in use."""
    used, descending = sort.removeprefix("-"), sort.startswith("-")

    def head(name: str) -> Sort:
        first = name if name == "organization" else f"-{name}"
        turned = (name if descending else f"-{name}") if name == used else first
        direction = ("descending" if descending else "ascending") if name == used else None
        return Sort(name, SORT_LABELS[name], address.with_value("sort", turned), direction)

    return {name: head(name) for name in ORDERS}


def numbers_in_order(filters: RegisterFilters, sort: str, *, many: bool = False):
    """The numbers of the plans shown, in order: the rows themselves would be carried through the sorting.

    Where there are `many`, the newest year is not put in the order of names, so that an index gives the first of them.
    """
    name = sort.removeprefix("-")
    order = ORDERS[name].desc(nulls_last=True) if sort.startswith("-") else ORDERS[name].asc(nulls_last=True)
    rows = filters.narrowed()
    if name == "targets":
        rows = rows.annotate(promised=number_of(filters.promises.filter(plan=OuterRef("pk"))))
    if many and name == "year":
        return rows.order_by(order, "pk").values_list("pk", flat=True)
    ends = [F("organization__slug"), F("pk")]
    if name != "year":
        ends.insert(0, F("starts_on").desc(nulls_last=True))
    return rows.order_by(order, *ends).values_list("pk", flat=True)


def plans(filters: RegisterFilters, numbers: list[int], *, most: int | None = TARGETS_A_PLAN) -> list[WorkPlan]:
    """The plans numbered `numbers`, in that order, each with its `promises` (at most `most`, each with its `progress`),
    `promised` (how many there are), `of_all` and `sections`. Four queries that read what the columns chosen show."""
    clauses = "clause" in chosen(filters.asked)
    shown = filters.promises.only(*_OF_TARGET).order_by("position", "pk")
    if clauses:
        shown = shown.select_related("clause").only(*_OF_TARGET, *(f"clause__{name}" for name in _OF_CLAUSE))
    sections = Clause.objects.visible_to(filters.user).filter(plan=OuterRef("pk"), depth=1)
    upon = ("article__owner", "organization") if clauses else ("article", "organization")
    rows = (
        WorkPlan.objects.filter(pk__in=numbers)
        .select_related(*upon)
        .only(*_OF_PLAN, *(["article__owner__path", "article__channel"] if clauses else []))
        .annotate(
            promised=number_of(filters.promises.filter(plan=OuterRef("pk"))),
            of_all=number_of(filters.promised.filter(plan=OuterRef("pk"))),
            sections=number_of(sections),
        )
        .prefetch_related(Prefetch("targets", queryset=shown[:most] if most else shown, to_attr="promises"))
        .order_by()
    )
    found = {plan.pk: plan for plan in rows}
    for plan in found.values():
        plan.level_then = filters.level_rows.get(plan.level_then_id)
    targets = [target for plan in found.values() for target in plan.promises]
    progress = progress_of(targets, timezone.localdate(), filters.user)
    for target in targets:
        target.theme = filters.theme_rows.get(target.theme_id)
        target.progress = progress.get(target.pk)
        if clauses:
            target.hide_lost_clause(filters.user)
    return [found[number] for number in numbers if number in found]


def lines(filters: RegisterFilters, sort: str) -> Iterator[Line]:
    """Every line of an export, read some plans at a time while it is sent."""
    for numbers in batched(list(numbers_in_order(filters, sort)), _PLANS_AT_ONCE):
        for plan in plans(filters, list(numbers), most=None):
            if not plan.promises:
                yield Line(plan, None, None)
            for target in plan.promises:
                yield Line(plan, target, target.progress)
