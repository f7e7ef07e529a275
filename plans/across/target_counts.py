"""How many targets there are, by every facet and by number and unit, never looking at more than CAP of them.

Where more than CAP meet the conditions, the page speaks of the CAP last filed, and says so.
"""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import Case, CharField, Count, DecimalField, F, Min, Value, When
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plans.models import Target, WorkPlan
from plans.progress.units import family, in_base
from plans.register.counting import Facet, Option

from .distribution import Spread, spread
from .target_filters import UNITS, TargetFilters

CAP = 20_000
INDICATORS = 12  # of which the facet prints the most frequent
_VALUES = {
    "theme": F("theme"),
    "level": F("plan__level_then"),
    "family": F("unit"),
    "indicator": F("indicator"),
    "what": F("kind"),
    "state": F("plan__state"),
    "role": F("plan__role"),
}
LEGENDS = {
    "theme": _("theme"),
    "level": _("level"),
    "family": _("unit"),
    "indicator": _("indicator"),
    "what": _("kind of target"),
    "state": _("state of the plan"),
    "role": pgettext_lazy("of a plan", "role"),
}
OPEN = ("theme", "level", "family")


@dataclass(frozen=True)
class Extreme:
    """The least or the greatest number and a target that has it."""

    number: Decimal
    target: Target


@dataclass(frozen=True)
class Distribution:
    """How the numbers are spread, in `unit`; `without` of the targets have no number."""

    spread: Spread
    unit: str
    without: int
    extremes: list[Extreme]

    @property
    def rows(self) -> list[tuple[str, object]]:
        return [
            (_("Least"), self.spread.least),
            (_("Lower quartile"), self.spread.lower),
            (_("Median"), self.spread.median),
            (_("Upper quartile"), self.spread.upper),
            (_("Greatest"), self.spread.greatest),
        ]


class TargetCounts:
    """The numbers under `filters`, by four queries when all are asked for."""

    def __init__(self, filters: TargetFilters):
        self.filters = filters

    def _some(self, most: int, without: tuple[str, ...] = ()):
        """At most `most` of the targets, the last filed, in no order."""
        numbers = self.filters.targets(without).order_by("-pk").values("pk")[:most]
        return Target.objects.filter(pk__in=numbers).order_by()

    @cached_property
    def _groups(self) -> list[dict]:
        names = {f"by_{name}": value for name, value in _VALUES.items()}
        rows = self._some(CAP + 1).annotate(**names).values(*names)
        return list(rows.annotate(targets=Count("pk")).order_by())

    @cached_property
    def found(self) -> int:
        """How many targets there are, at most CAP + 1."""
        return sum(group["targets"] for group in self._groups)

    @property
    def capped(self) -> bool:
        return self.found > CAP

    @property
    def shown_count(self) -> int:
        return min(self.found, CAP)

    @property
    def shown(self):
        """The targets that the page speaks of."""
        return self._some(CAP) if self.capped else self.filters.targets()

    @cached_property
    def _own(self) -> dict[str, Counter]:
        """For each facet in use its options without its own condition; the kinds always, since without a condition on
        them only what is promised is shown."""
        parts = [
            self._some(CAP + 1, (name,))
            .annotate(facet=Value(name, CharField()), option=Cast(value, CharField()))
            .values_list("facet", "option")
            .annotate(targets=Count("pk"))
            .order_by()
            for name, value in _VALUES.items()
            if name in self.filters.asked or name == "what"
        ]
        found: dict[str, Counter] = {}
        for name, option, targets in parts[0].union(*parts[1:], all=True).order_by():
            found.setdefault(name, Counter())[_option(name, option)] += targets
        return found

    def of(self, name: str) -> Counter | None:
        """How many targets each option of the facet `name` would show; None where there are more than CAP."""
        if name in self.filters.asked or name == "what":
            counted = self._own.get(name, Counter())
        else:
            counted = Counter()
            for group in self._groups:
                counted[_option(name, group[f"by_{name}"])] += group["targets"]
        return None if counted.total() > CAP else counted

    @cached_property
    def units(self) -> Counter:
        """How many of the targets shown have each family of units, or each unit that belongs to none."""
        found = Counter()
        for group in self._groups:
            if unit := group["by_family"]:
                found[family(unit) or unit] += group["targets"]
        return found

    @cached_property
    def distribution(self) -> Distribution | None:
        """How the numbers are spread, where all of them are of one family of units; two queries."""
        if len(self.units) != 1:
            return None
        counted: Counter = Counter()
        first: dict[Decimal, int] = {}
        unit, without = "", 0
        for number, written, targets, pk in self.shown.values_list("number", "unit").annotate(Count("pk"), Min("pk")):
            if number is None or not written:
                without += targets
                continue
            value, unit = in_base(number, written)
            counted[value] += targets
            first.setdefault(value, pk)
        spread_out = spread(counted.items())
        if spread_out is None:
            return None
        ends = [spread_out.greatest, spread_out.least][: len(counted)]
        rows = Target.objects.select_related("plan__organization").in_bulk([first[value] for value in ends])
        return Distribution(spread_out, unit, without, [Extreme(value, rows[first[value]]) for value in ends])

    def in_one_unit(self):
        """The number of a target in the base of its family, for the order of the list."""
        written = {group["by_family"] for group in self._groups}
        cases = [When(unit=unit, then=F("number") * Value(in_base(Decimal(1), unit)[0])) for unit in written if unit]
        # in SQLite a product of decimals is a floating number: good enough to order by
        return Case(*cases, default=F("number"), output_field=DecimalField(max_digits=30, decimal_places=4))


def _option(name: str, value) -> str:
    if name == "family":
        return (family(value) or value) if value else ""
    return "" if value is None else str(value)


def facets(counts: TargetCounts, names: dict[str, dict]) -> list[Facet]:
    """Every facet with its options in order; of indicators the most frequent."""
    choices = {
        "theme": names["theme"],
        "level": names["level"],
        "family": UNITS,
        "indicator": names["indicator"],
        "what": dict(Target.Kind.choices),
        "state": dict(WorkPlan.State.choices),
        "role": dict(WorkPlan.Role.choices),
    }
    return [facet for name, legend in LEGENDS.items() if (facet := _facet(counts, name, legend, choices[name])).options]


def _facet(counts: TargetCounts, name: str, legend: str, choices: dict) -> Facet:
    counted, selected = counts.of(name), counts.filters.asked.get(name, ())
    options = [
        Option(value, label, None if counted is None else counted[value], value in selected)
        for value, label in choices.items()
    ]
    if name in ("family", "indicator"):
        options = [option for option in options if option.count != 0 or option.selected]
        options.sort(key=lambda option: (not option.selected, -(option.count or 0)))
        options = options[:INDICATORS]
    return Facet(name, legend, options)
