"""What plans stress (主题分布): the share of each theme in their clauses or targets, by year or by level.

Counted are yearly and shorter plans that are or were in force, of which CAP at most, the newest.
"""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter

from organizations.models import Level
from plans.models import ClauseTheme, Target, Theme, WorkPlan
from plans.register.address import Chip, chips

from .address import PageAddress, link
from .plan_filters import PlanFilters

CAP = 5000
STATES = (WorkPlan.State.IN_FORCE, WorkPlan.State.CLOSED)
PERIODS = [period for period in WorkPlan.Period.values if period != WorkPlan.Period.YEARS]
STEPS = (4, 8, 12, 20)  # from which percentage a cell has the next tint
COLUMNS = {"year": "starts_on__year", "level": "level_then"}
BY = [("year", _("by year")), ("level", _("by level"))]
OF = [("clauses", _("clauses")), ("targets", _("targets"))]
ASKED = ("level", "organization", "own", "year", "year_from", "year_to", "kind", "subject")


class EmphasisFilters(PlanFilters):
    """The filters of the page of themes: those on plans, and what is counted by what."""

    by = ChoiceFilter(label=_("columns"), method="unchanged", choices=BY)
    of = ChoiceFilter(label=_("what is counted"), method="unchanged", choices=OF)

    def counted(self):
        """The plans that are counted, the newest first."""
        rows = self.plans().filter(role=WorkPlan.Role.PLAN, state__in=STATES, period__in=PERIODS)
        return rows.exclude(starts_on=None).order_by("-starts_on", "-pk")


@dataclass(frozen=True)
class Cell:
    """How many clauses or targets of a column have the theme, in percent of all that have one, the tint from 0 to 5,
    and where they can be looked at."""

    count: int
    share: float
    step: int
    url: str


@dataclass(frozen=True)
class Column:
    value: object
    label: str
    plans: int
    total: int


@dataclass(frozen=True)
class Emphasis:
    """The heat map: `rows` are pairs of a theme's name and its cells, one for each of `columns`, and one of all."""

    columns: list[Column]
    rows: list[tuple[str, list[Cell]]]
    plans: int
    total: int
    capped: bool
    by: str
    of: str


def read(data, user) -> tuple[EmphasisFilters, Emphasis, list[Chip], dict[str, str]]:
    """The filters for the GET parameters `data` over what `user` may see, the map, its chips and the names of levels;
    four queries, one more where an organisation is asked for."""
    levels = dict(Level.objects.order_by("position").values_list("code", "name"))
    themes = dict(Theme.objects.values_list("code", "name"))
    plans = WorkPlan.objects.visible_to(user)
    filters = EmphasisFilters(data, plans, user, levels=levels, themes=themes, states=WorkPlan.State.choices)
    address = PageAddress(data, "plan-themes")
    return filters, emphasis(filters, address, levels, themes), chips(filters, address, levels, themes), levels


def emphasis(filters: EmphasisFilters, address: PageAddress, levels: dict, themes: dict) -> Emphasis:
    by, of = filters.asked.get("by", "year"), filters.asked.get("of", "clauses")
    numbers = filters.counted().values("pk")
    some = WorkPlan.objects.filter(pk__in=numbers[: CAP + 1]).order_by()
    plans = Counter(dict(some.values_list(COLUMNS[by]).annotate(Count("pk"))))
    capped = plans.total() > CAP
    counts: Counter = Counter()
    for theme, column, number in _of(of, numbers[:CAP], by, filters.user):
        counts[theme, column] = number
    totals = Counter()
    for (_theme, column), number in counts.items():
        totals[column] += number
    wanted = (
        sorted((year for year in plans if year), reverse=True)
        if by == "year"
        else [code for code in levels if code in plans]
    )
    names = levels if by == "level" else {year: str(year) for year in wanted}
    columns = [Column(value, names[value], plans[value], totals[value]) for value in wanted]
    page, given = _elsewhere(address, of)

    def cell(theme: str, column: Column | None) -> Cell:
        number = counts[theme, column.value] if column else sum(counts[theme, one.value] for one in columns)
        total = column.total if column else sum(one.total for one in columns)
        share = number * 100 / total if total else 0
        more = [(by, column.value)] if column else []
        kept = [pair for pair in given if not (column and by == "year" and pair[0].startswith("year"))]
        url = link(page, [*[pair for pair in kept if not (column and pair[0] == by)], *more, ("theme", theme)])
        return Cell(number, share, _step(share) if number else 0, url)

    rows = [(name, [cell(code, column) for column in [*columns, None]]) for code, name in themes.items()]
    return Emphasis(columns, rows, min(plans.total(), CAP), sum(one.total for one in columns), capped, by, of)


def _of(of: str, numbers, by: str, user):
    """How many clauses by their first theme, or promises by theirs, that `user` may read each column has: (theme,
    column, number)."""
    if of == "targets":
        rows = Target.objects.visible_to(user).filter(kind__in=Target.FORWARD, theme__isnull=False, plan__in=numbers)
        column = f"plan__{COLUMNS[by]}"
    else:
        rows = ClauseTheme.objects.visible_to(user).filter(clause__plan__in=numbers, rank=0)
        column = f"clause__plan__{COLUMNS[by]}"
    return rows.order_by().values_list("theme", column).annotate(Count("pk"))


def _elsewhere(address: PageAddress, of: str) -> tuple[str, list[tuple[str, object]]]:
    """The page that shows what is counted, and the conditions that choose the same plans there."""
    fixed = [("role", WorkPlan.Role.PLAN.value), *(("state", state.value) for state in STATES)]
    kept = [pair for pair in address.pairs if pair[0] in ASKED]
    return (
        "plan-targets" if of == "targets" else "plans",
        [*kept, *fixed, *(("period", period) for period in PERIODS)],
    )


def _step(share: float) -> int:
    return 1 + sum(round(share) >= edge for edge in STEPS)
