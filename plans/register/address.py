"""The addresses of the register: every state of it is a link, and every condition in force one that removes it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from organizations.models import Organization
from plans.models import WorkPlan

from .filters import BASES, PROGRESS, YES_NO, RegisterFilters

SHAPE = ("sort", "view", "columns")  # how it is shown, not what
NEVER = ("format",)


class Address:
    """The address of the state given by `data` (a QueryDict), and of states near it; empty values are left out."""

    def __init__(self, data):
        self.pairs = [(name, value) for name, values in data.lists() for value in values if value and name not in NEVER]
        self._written = {pair: urlencode([pair]) for pair in self.pairs}  # a page has hundreds of addresses

    def _url(self, pairs) -> str:
        query = "&".join(self._written.get(pair) or urlencode([pair]) for pair in pairs)
        return reverse("plans") + (f"?{query}" if query else "")

    def with_value(self, name: str, value: str) -> str:
        """The same state with one value of `name`; back on the first page."""
        return self._url([pair for pair in self.pairs if pair[0] not in (name, "page")] + [(name, value)])

    def without(self, *names: str, value: str | None = None) -> str:
        """The same state without `names` (or without their one `value`); back on the first page."""
        kept = [
            (name, given)
            for name, given in self.pairs
            if name != "page" and not (name in names and value in (None, given))
        ]
        return self._url(kept)

    def cleared(self) -> str:
        """Without any condition, shown in the same way."""
        return self._url([pair for pair in self.pairs if pair[0] in SHAPE])

    def of_body(self, slug: str) -> str:
        """The plans of one organisation alone, under the other conditions."""
        pairs = [pair for pair in self.pairs if pair[0] not in ("organization", "own", "view", "page")]
        return self._url([*pairs, ("organization", slug), ("own", "1")])

    def kept(self, *but: str) -> list[tuple[str, str]]:
        """What a form that asks for `but` anew hands on in hidden fields."""
        return [pair for pair in self.pairs if pair[0] not in (*but, "page")]

    @property
    def query(self) -> str:
        """The state without its page, as a saved view keeps it."""
        return urlencode(self.kept())

    def page(self, number: int) -> str:
        pairs = [pair for pair in self.pairs if pair[0] != "page"]
        return self._url([*pairs, ("page", number)] if number > 1 else pairs)


@dataclass(frozen=True)
class Chip:
    """A condition in force in words, and the address without it."""

    label: str
    url: str


def chips(filters: RegisterFilters, address: Address, levels: dict, themes: dict) -> list[Chip]:
    """One chip for each condition in force, in the order of the filters."""
    asked = filters.asked
    names = {
        "level": levels,
        "kind": dict(Organization.Kind.choices),
        "theme": themes,
        "state": dict(WorkPlan.State.choices),
        "role": dict(WorkPlan.Role.choices),
        "period": dict(WorkPlan.Period.choices),
        "subject": {name: name for name in asked.get("subject", ())},
        "targets": dict(YES_NO),
        "basis": dict(BASES),
    }
    found = []
    if organization := asked.get("organization"):
        label = _("Organization: %(name)s") if asked.get("own") else _("Organization: %(name)s and below")
        found.append(Chip(label % {"name": organization.name}, address.without("organization", "own")))
    for name, labels in names.items():
        for value in asked.get(name, []):
            label = _("%(filter)s: %(value)s") % {
                "filter": str(filters.filters[name].label).capitalize(),
                "value": labels[value],
            }
            found.append(Chip(label, address.without(name, value=value)))
    return found + _year_chips(asked, address) + _target_chips(asked, address)


def _target_chips(asked: dict, address: Address) -> list[Chip]:
    found = []
    if words := asked.get("q"):
        in_targets = asked.get("where") == "targets"
        label = _("Words in targets: %(words)s") if in_targets else _("Words: %(words)s")
        found.append(Chip(label % {"words": words}, address.without("q", "where")))
    if unit := asked.get("unit"):
        found.append(Chip(_("Unit: %(unit)s") % {"unit": unit}, address.without("unit")))
    if progress := asked.get("progress"):
        label = _("Progress: %(value)s") % {"value": dict(PROGRESS)[progress]}
        found.append(Chip(label, address.without("progress")))
    if asked.get("overdue"):
        found.append(Chip(_("Overdue"), address.without("overdue")))
    return found


def _year_chips(asked: dict, address: Address) -> list[Chip]:
    found = []
    if year := asked.get("year"):
        found.append(Chip(_("Year: %(year)s") % {"year": year}, address.without("year")))
    first, last = asked.get("year_from"), asked.get("year_to")
    if first and last:
        label = _("Years: %(first)s to %(last)s") % {"first": first, "last": last}
    elif first:
        label = _("Years: from %(first)s") % {"first": first}
    elif last:
        label = _("Years: until %(last)s") % {"last": last}
    else:
        return found
    return [*found, Chip(label, address.without("year_from", "year_to"))]
