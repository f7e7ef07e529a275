"""What may be asked of the coverage page, as GET parameters; what cannot be read is left out and complained of."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.models import Level, Organization
from plans.models import Expectation, WorkPlan
from plans.organization_choice import choose

from .matrix import SHOWS

FIRST_YEAR, LAST_YEAR = 1949, 2100
YEARS, MOST_YEARS = 10, 30
NAMES = ("organization", "level", "year_from", "year_to", "subject", "show", "everybody")
"""The parameters that say what the table holds; `page`, `remind` and `format` say how it is shown."""


@dataclass
class Asked:
    """The parameters that could be read. `candidates` are the organisations that a name may mean."""

    years: list[int]
    levels: dict[str, str]
    organization: Organization | None = None
    level: str = ""
    subject: str = WorkPlan.DEFAULT_SUBJECT
    show: str = ""
    everybody: bool = False
    remind: int | None = None
    written: str = ""
    complaints: list[str] = field(default_factory=list)
    candidates: list[Organization] = field(default_factory=list)
    parameters: dict[str, str] = field(default_factory=dict)

    def address(self, name: str = "plan-coverage", **other) -> str:
        """The address of this state of the page with `other` values; None takes one away."""
        pairs = {key: value for key, value in (self.parameters | other).items() if value not in (None, "")}
        return reverse(name) + (f"?{urlencode(pairs)}" if pairs else "")


def read(data) -> Asked:
    """What the GET parameters `data` ask for; one query, one more where an organisation is named."""
    levels = dict(Level.objects.order_by("position").values_list("code", "name"))
    parameters = {name: data[name].strip() for name in NAMES if data.get(name, "").strip()}
    asked = Asked([], levels, parameters=parameters)
    _read_years(asked, parameters)
    _read_choices(asked, parameters, data.get("remind", ""))
    written = asked.written = parameters.get("organization", "")[:120]
    if written:
        asked.organization, asked.candidates = choose(written)
        if asked.organization:
            asked.written, parameters["organization"] = asked.organization.name, asked.organization.slug
        elif asked.candidates:
            said = _("Several organizations match “%(name)s”. Choose one of them.")
            asked.complaints.append(said % {"name": written})
        else:
            said = _("No organization is called “%(name)s”. Write its full name, or a part of it.")
            asked.complaints.append(said % {"name": written})
    return asked


def _read_years(asked: Asked, parameters: dict) -> None:
    given = {name: _year(asked, parameters, name) for name in ("year_from", "year_to")}
    this_year = timezone.localdate().year
    last = given["year_to"] or max(this_year, given["year_from"] or 0)
    first = given["year_from"] or last - YEARS + 1
    if first > last:
        said = _("The first year %(first)s lies after the last year %(last)s. Exchange the two.")
        asked.complaints.append(said % {"first": first, "last": last})
        first = last - YEARS + 1
    if last - first >= MOST_YEARS:
        asked.complaints.append(
            _("The table holds %(count)d years at most; the earlier ones were left out.") % {"count": MOST_YEARS}
        )
        first = last - MOST_YEARS + 1
    asked.years = list(range(last, max(first, FIRST_YEAR) - 1, -1))


def _year(asked: Asked, parameters: dict, name: str) -> int | None:
    written = parameters.get(name, "")
    if not written:
        return None
    if written.isascii() and written.isdigit() and len(written) == 4 and FIRST_YEAR <= int(written) <= LAST_YEAR:
        return int(written)
    said = _("“%(value)s” is not a year. Write four digits such as 2019; the condition was left out.")
    asked.complaints.append(said % {"value": _printable(written)})
    del parameters[name]
    return None


def _read_choices(asked: Asked, parameters: dict, remind: str) -> None:
    for name, known, label in (("level", asked.levels, _("level")), ("show", SHOWS, _("only"))):
        value = parameters.get(name, "")
        if value and value not in known:
            said = _("“%(value)s” is not known as “%(filter)s”; the condition was left out.")
            asked.complaints.append(said % {"value": _printable(value), "filter": label})
            del parameters[name]
        else:
            setattr(asked, name, value)
    asked.subject = parameters.get("subject", WorkPlan.DEFAULT_SUBJECT)[:40]
    asked.everybody = parameters.get("everybody") == "1"
    asked.remind = next((year for year in asked.years if str(year) == remind), None)


def _printable(text: str) -> str:
    return "".join(filter(str.isprintable, text))[:60]


def subjects(chosen: str) -> list[str]:
    """The subjects of which plans are expected, the general one first and the one chosen among them."""
    known = set(Expectation.objects.order_by().values_list("subject", flat=True).distinct()[:50])
    general = WorkPlan.DEFAULT_SUBJECT
    return [general, *sorted((known | {chosen}) - {general})]
