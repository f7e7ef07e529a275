"""The register (计划登记): what a state of its address shows, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organizations.models import Level
from plans.models import Clause, ClauseTheme, Target, Theme, WorkPlan

from .address import Address, Chip, chips
from .filters import BASES, YES_NO, RegisterFilters

PLANS_A_PAGE = 30
TARGETS_A_PLAN = 12

_PROMISES = Target.objects.filter(plan=OuterRef("pk"), kind__in=Target.FORWARD)


def _number_of(rows, relation: str = "plan"):
    """The number of `rows` of each plan, as a subquery: a join would multiply the plans."""
    counted = rows.order_by().values(relation).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), Value(0))


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
class Option:
    """A line of a facet: how many plans choosing it would show beside what is chosen in the other facets."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True)
class Facet:
    name: str
    legend: str
    options: list[Option]

    @property
    def in_use(self) -> bool:
        return any(option.selected for option in self.options)


@dataclass(frozen=True)
class Sort:
    """A sortable head: `url` takes this order up or turns it round; `direction` is None where it is not in use."""

    name: str
    label: str
    url: str
    direction: str | None


@dataclass(frozen=True)
class Register:
    """Everything a page of the register shows."""

    filters: RegisterFilters
    page: Page
    plans: int
    targets: int
    facets: list[Facet]
    sorts: dict[str, Sort]
    chips: list[Chip]
    address: Address


class _CountedPaginator(Paginator):
    """A paginator that knows the count already."""

    def __init__(self, rows, per_page: int, count: int):
        super().__init__(rows, per_page)
        self.__dict__["count"] = count


def read_register(data, user) -> Register:
    """The register for the GET parameters `data` (a QueryDict) as `user` may see it.

    Five queries, one more where an organisation is asked for. Never raises for bad parameters: they are left out and
    named in `filters.complaints`.
    """
    levels, themes = _names()
    filters = RegisterFilters(data, WorkPlan.objects.visible_to(user), levels=levels, themes=themes)
    groups = _groups(filters)
    shown = [group for group in groups if _matches(group, filters.asked)]
    plans = sum(group["plans"] for group in shown)
    address = Address(data)
    sort = filters.asked.get("sort", "-year")
    paginator = _CountedPaginator(_rows(filters.narrowed(), sort), PLANS_A_PAGE, plans)
    page = paginator.get_page(data.get("page"))
    page.object_list = list(page.object_list)
    return Register(
        filters=filters,
        page=page,
        plans=plans,
        targets=sum(group["promises"] for group in shown),
        facets=_facets(filters, groups, levels, themes),
        sorts=_sorts(address, sort),
        chips=chips(filters, address, levels, themes),
        address=address,
    )


def _names() -> tuple[dict[str, str], dict[str, str]]:
    """The names of levels and of themes by code, in their order; both in one query."""
    rows = Level.objects.order_by().values_list(Value("level"), "position", "code", "name")
    rows = rows.union(Theme.objects.order_by().values_list(Value("theme"), "position", "code", "name"), all=True)
    found = sorted(rows)
    return tuple({code: name for kind, _, code, name in found if kind == wanted} for wanted in ("level", "theme"))


# How the value of a facet stands in a group
_IN_GROUP = {
    "level": lambda group: group["level_then"],
    "state": lambda group: group["state"],
    "basis": lambda group: "stated" if group["year_stated"] else "inferred",
    "targets": lambda group: "yes" if group["promising"] else "no",
}


def _groups(filters: RegisterFilters) -> list[dict]:
    """Plans and targets counted by level, state, basis of the year and having targets, before these are filtered."""
    return list(
        filters.narrowed(without=tuple(_IN_GROUP))
        .order_by()
        .annotate(promising=Exists(_PROMISES), own_promises=_number_of(_PROMISES))
        .values("level_then", "state", "year_stated", "promising")
        .annotate(plans=Count("pk"), promises=Sum("own_promises"))
    )


def _matches(group: dict, asked: dict, but: str = "") -> bool:
    """Whether a group is shown under the facets chosen, the facet `but` left out."""
    return all(value_of(group) in asked[name] for name, value_of in _IN_GROUP.items() if name in asked and name != but)


def _facets(filters: RegisterFilters, groups: list[dict], levels: dict, themes: dict) -> list[Facet]:
    asked = filters.asked

    def count(name: str, value: str) -> int:
        read = _IN_GROUP[name]
        return sum(group["plans"] for group in groups if read(group) == value and _matches(group, asked, but=name))

    def facet(name: str, legend: str, choices: Iterable[tuple[str, str]], counted=count) -> Facet:
        options = [Option(code, text, counted(name, code), code in asked.get(name, ())) for code, text in choices]
        return Facet(name, legend, options)

    by_theme = _theme_counts(filters)
    return [
        facet("level", _("level"), levels.items()),
        facet("theme", _("theme"), themes.items(), lambda name, code: by_theme.get(code, 0)),
        facet("state", _("state"), WorkPlan.State.choices),
        facet("targets", _("targets"), YES_NO),
        facet("basis", _("basis of the year"), BASES),
    ]


def _theme_counts(filters: RegisterFilters) -> dict[str, int]:
    plans = filters.narrowed(without=("theme",)).order_by().values("pk")
    rows = ClauseTheme.objects.filter(clause__plan__in=plans).order_by()
    return dict(rows.values_list("theme").annotate(plans=Count("clause__plan", distinct=True)))


def _rows(plans, sort: str):
    """The plans in order with what a row shows; no article's text is read."""
    order = ORDERS[sort.removeprefix("-")]
    direction = order.desc(nulls_last=True) if sort.startswith("-") else order.asc(nulls_last=True)
    sections = Clause.objects.filter(plan=OuterRef("pk"), depth=1)
    return (
        plans.select_related("article", "organization", "level_then")
        .annotate(promised=_number_of(_PROMISES), sections=_number_of(sections))
        .order_by(direction, F("starts_on").desc(nulls_last=True), "organization__slug", "pk")
        .prefetch_related(Prefetch("targets", queryset=_shown_targets(), to_attr="promises"))
    )


def _shown_targets():
    """The first promises of each plan with the primary theme of their clause, else of the clause above it."""

    def primary(condition: Q):
        return Subquery(ClauseTheme.objects.filter(condition).order_by("rank").values("theme__name")[:1])

    theme = Coalesce(primary(Q(clause=OuterRef("clause"))), primary(Q(clause__children=OuterRef("clause"))))
    promises = Target.objects.filter(kind__in=Target.FORWARD).annotate(theme_name=theme)
    return promises.order_by("position", "pk")[:TARGETS_A_PLAN]


def _sorts(address: Address, sort: str) -> dict[str, Sort]:
    used, descending = sort.removeprefix("-"), sort.startswith("-")

    def head(name: str) -> Sort:
        first = name if name == "organization" else f"-{name}"
        turned = (name if descending else f"-{name}") if name == used else first
        direction = ("descending" if descending else "ascending") if name == used else None
        return Sort(name, SORT_LABELS[name], address.with_value("sort", turned), direction)

    return {name: head(name) for name in ORDERS}
