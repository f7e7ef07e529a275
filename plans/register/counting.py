"""How much there is: plans, targets, and what each option of a facet would show, never looking at more than CAP plans.

Whether there are more than CAP is asked first. Counted are the plans under all conditions, by everything that stands in
their row, in one query; the options of a facet in use without its own condition, in another for all such facets; themes
in a third. Where there are more than CAP plans a facet prints no numbers, so that no page costs more as the register
grows.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Subquery, Sum, Value, When
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organizations.models import Organization
from plans.models import ClauseTheme, WorkPlan

from .filters import BASES, YES_NO, RegisterFilters

CAP = 5000
SUBJECTS = 12  # of which the facet prints the most frequent

# How a facet of one value a plan is told from its row; that of `targets` depends on the reader
_VALUES = {
    "level": F("level_then"),
    "kind": F("organization__kind"),
    "role": F("role"),
    "period": F("period"),
    "state": F("state"),
    "basis": Case(When(year_stated=True, then=Value("stated")), default=Value("inferred")),
    "subject": F("subject"),
}
LEGENDS = {
    "level": _("level"),
    "kind": _("kind of organization"),
    "theme": _("theme"),
    "state": _("state"),
    "role": pgettext_lazy("of a plan", "role"),
    "period": _("period"),
    "subject": _("subject"),
    "targets": _("targets"),
    "basis": _("basis of the year"),
}


@dataclass(frozen=True)
class Option:
    """A line of a facet: how many plans choosing it would show beside what is chosen in the other facets; None where
    they are too many to count."""

    value: str
    label: str
    count: int | None
    selected: bool


@dataclass(frozen=True)
class Facet:
    name: str
    legend: str
    options: list[Option]

    @property
    def in_use(self) -> bool:
        return any(option.selected for option in self.options)

    @property
    def is_open(self) -> bool:
        """Whether it stands open on its own: in use, or of those that are asked for most."""
        return self.in_use or self.name in ("level", "theme", "state")


def number_of(rows, relation: str = "plan"):
    """The number of `rows` of each plan, as a subquery: a join would multiply the plans."""
    counted = rows.order_by().values(relation).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), Value(0))


class Counts:
    """The numbers under `filters`; at most four queries, when they are asked for."""

    def __init__(self, filters: RegisterFilters):
        self.filters = filters
        promising = Exists(filters.promised.filter(plan=OuterRef("pk")))
        self._values = _VALUES | {"targets": Case(When(promising, then=Value("yes")), default=Value("no"))}

    def _some(self, without: tuple[str, ...] = ()):
        """At most CAP + 1 of the plans under every condition but the named ones, in no order."""
        numbers = self.filters.narrowed(without).order_by().values("pk")[: CAP + 1]
        return WorkPlan.objects.filter(pk__in=numbers).order_by()

    @cached_property
    def capped(self) -> bool:
        """Whether there are more than CAP plans, of which no more is asked: to group them takes long."""
        return self.filters.narrowed().order_by()[: CAP + 1].count() > CAP

    @cached_property
    def _groups(self) -> list[dict]:
        names = {f"by_{name}": value for name, value in self._values.items()}
        promised = number_of(self.filters.promises.filter(plan=OuterRef("pk")))
        rows = self._some().annotate(**names, promised=promised)
        return list(rows.values(*names).annotate(plans=Count("pk"), promises=Sum("promised")).order_by())

    @property
    def plans(self) -> int:
        """How many plans are shown, at most CAP + 1."""
        return CAP + 1 if self.capped else sum(group["plans"] for group in self._groups)

    @property
    def targets(self) -> int:
        """How many targets the plans shown have; 0 where they are too many to count."""
        return 0 if self.capped else sum(group["promises"] for group in self._groups)

    @cached_property
    def _own(self) -> dict[str, Counter]:
        """For each facet in use its options without its own condition."""
        parts = [
            self._some((name,))
            .annotate(facet=Value(name, CharField()), option=Cast(value, CharField()))
            .values_list("facet", "option")
            .annotate(plans=Count("pk"))
            .order_by()
            for name, value in self._values.items()
            if name in self.filters.asked
        ]
        found: dict[str, Counter] = {}
        for name, option, plans in parts[0].union(*parts[1:], all=True).order_by() if parts else ():
            found.setdefault(name, Counter())[option] = plans
        return found

    def of(self, name: str) -> Counter | None:
        """How many plans each option of the facet `name` would show; None where there are more than CAP."""
        if name == "theme":
            return self._of_themes
        if name in self.filters.asked:
            counted = self._own.get(name, Counter())
        elif self.capped:
            return None
        else:
            counted = Counter()
            for group in self._groups:
                counted[group[f"by_{name}"]] += group["plans"]
        return None if counted.total() > CAP else counted

    @cached_property
    def _of_themes(self) -> Counter | None:
        if self.capped:
            return None
        within = self._some(("theme",))
        if "theme" in self.filters.asked and within.count() > CAP:
            return None
        rows = ClauseTheme.objects.visible_to(self.filters.user).filter(clause__plan__in=within.values("pk"))
        rows = rows.order_by().values_list("theme")
        return Counter(dict(rows.annotate(plans=Count("clause__plan", distinct=True))))


def facets(counts: Counts, levels: dict, themes: dict, states: Iterable[tuple[str, str]]) -> list[Facet]:
    """Every facet with its options in order: those of a fixed list, subjects by how many plans have them."""
    choices: dict[str, Callable[[], Iterable[tuple[str, str]]]] = {
        "level": levels.items,
        "kind": lambda: Organization.Kind.choices,
        "theme": themes.items,
        "state": lambda: states,
        "role": lambda: WorkPlan.Role.choices,
        "period": lambda: WorkPlan.Period.choices,
        "subject": lambda: _subjects(counts),
        "targets": lambda: YES_NO,
        "basis": lambda: BASES,
    }
    return [_facet(counts, name, legend, choices[name]()) for name, legend in LEGENDS.items()]


def _facet(counts: Counts, name: str, legend: str, choices: Iterable[tuple[str, str]]) -> Facet:
    counted, selected = counts.of(name), counts.filters.asked.get(name, ())
    options = [
        Option(value, label, None if counted is None else counted[value], value in selected) for value, label in choices
    ]
    if name == "kind":  # eleven of them, of which a place has a few
        options = [option for option in options if option.count != 0 or option.selected]
    return Facet(name, legend, options)


def _subjects(counts: Counts) -> list[tuple[str, str]]:
    counted = counts.of("subject") or Counter({WorkPlan.DEFAULT_SUBJECT: 0})
    names = [name for name, _number in counted.most_common(SUBJECTS)]
    return [(name, name) for name in dict.fromkeys([*counts.filters.asked.get("subject", ()), *names])]
