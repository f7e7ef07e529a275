"""What may be asked of all targets: the register's conditions, and those on the target itself."""

from django.db.models import F
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django_filters import ChoiceFilter, MultipleChoiceFilter

from plans.models import Target
from plans.progress.units import families, spellings
from plans.register.address import Chip, chips
from plans.register.promises import wanted

from .plan_filters import PlanFilters

GROUPS = {
    "year": gettext_lazy("year"),
    "theme": gettext_lazy("theme"),
    "indicator": gettext_lazy("indicator"),
    "level": gettext_lazy("level"),
    "organization": gettext_lazy("organization"),
}
SORTS = {
    "year": gettext_lazy("year"),
    "amount": pgettext_lazy("quantity", "number"),
    "deadline": gettext_lazy("deadline"),
    "organization": gettext_lazy("organization"),
}
UNITS = {name: "、".join(units[:3]) for name, units in families().items()}


class TargetFilters(PlanFilters):
    """The filters over targets of the plans `queryset`, which is what `user` may see.

    `targets(without=…)` is the list with every condition but the named ones. Words are looked for in the sentences of
    targets; where no kind is asked for, what is promised is shown.
    """

    what = MultipleChoiceFilter(label=gettext_lazy("kind of target"), method="unchanged", choices=Target.Kind.choices)
    family = MultipleChoiceFilter(label=gettext_lazy("unit"), method="unchanged", choices=list(UNITS.items()))
    indicator = MultipleChoiceFilter(label=gettext_lazy("indicator"), method="unchanged")
    group = ChoiceFilter(label=gettext_lazy("groups"), method="unchanged", choices=list(GROUPS.items()))
    sort = ChoiceFilter(
        label=gettext_lazy("order"),
        method="unchanged",
        choices=[(sign + name, name) for name in SORTS for sign in ("", "-")],
    )

    def __init__(self, data, queryset, user, *, indicators: dict[str, str], **names):
        super().__init__(data, queryset, user, **names)
        self.filters["indicator"].extra["choices"] = list(indicators.items())

    @cached_property
    def asked(self) -> dict:
        """The parameters that could be read and say something."""
        asked = super().asked
        return asked | {"where": "targets"} if asked.get("q") else asked

    def targets(self, without: tuple[str, ...] = ()):
        asked = {name: value for name, value in self.asked.items() if name not in without}
        kinds = Target.Kind.values if "what" in without else asked.get("what", Target.FORWARD)
        rows = wanted(asked, self.user, kinds).filter(plan__in=self.plans(without).values("pk"))
        if indicators := asked.get("indicator"):
            rows = rows.filter(indicator__in=indicators)
        if chosen := asked.get("family"):
            rows = rows.filter(unit__in=[unit for name in chosen for unit in spellings(name)])
        return rows.order_by()


GROUP_ORDERS = {
    "year": (F("plan__starts_on__year").desc(nulls_last=True),),
    "theme": (F("theme__position").asc(nulls_last=True), F("theme")),
    "indicator": (F("indicator__name").asc(nulls_last=True), F("indicator")),
    "level": (F("plan__level_then__position").asc(nulls_last=True), F("plan__level_then")),
    "organization": (F("plan__organization__slug").asc(nulls_last=True), F("plan__organization")),
}


def target_chips(filters: TargetFilters, address, names: dict[str, dict]) -> list[Chip]:
    """One chip for each condition in force; `names` are those of levels, themes and indicators by code."""
    found = chips(filters, address, names["level"], names["theme"])
    for name, labels in (("what", dict(Target.Kind.choices)), ("family", UNITS), ("indicator", names["indicator"])):
        for value in filters.asked.get(name, ()):
            label = _("%(filter)s: %(value)s") % {
                "filter": str(filters.filters[name].label).capitalize(),
                "value": labels[value],
            }
            found.append(Chip(label, address.without(name, value=value)))
    return found
