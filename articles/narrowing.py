"""By what a search may be narrowed: what the address asks for, what it may ask for next, what is in force."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.kept import kept
from organizations.models import Level, Organization

from .finding import Filters, SearchResult
from .menu import covered
from .models import Article, Channel

NAMES = ("kind", "channel", "level", "organization", "year")
LINKS = 8  # choices that are shown as links; more of them are a list to choose from
MOST = 60


@dataclass(frozen=True)
class Choice:
    """One `value` of the filter `name` in the address; `count` is how many matches have it, None if unknown."""

    name: str
    value: str
    label: str
    count: int | None = None

    @property
    def chosen(self) -> dict:
        """What the address of the narrowed search has otherwise."""
        return {self.name: self.value, "page": None}


@dataclass(frozen=True)
class Chip:
    """A filter in force in words."""

    name: str
    label: str
    value: str

    @property
    def without(self) -> dict:
        """What the address of the search without it has otherwise."""
        return {self.name: None, "page": None}


@dataclass(frozen=True)
class Group:
    """The choices of one filter that is not in force."""

    name: str
    label: str
    choices: list[Choice]

    @property
    def is_long(self) -> bool:
        return len(self.choices) > LINKS


def labels() -> dict[str, str]:
    """The filters as readers know them."""
    return {
        "kind": _("Kind"),
        "channel": _("Channel"),
        "level": _("Level"),
        "organization": _("Union"),
        "year": _("Year"),
    }


class Narrowing:
    """What `asked` (the address) narrows a search by; a value that nothing has is not taken for one."""

    def __init__(self, asked, known: dict[int, Channel], organization: Organization | None):
        self.known = known
        self.levels = kept("levels", (), lambda: dict(Level.objects.values_list("code", "name")))
        self.kinds = dict(Article.Kind.choices)
        self.chosen: dict[str, Choice] = {}
        kind, level, year = (asked.get(name, "") for name in ("kind", "level", "year"))
        channel = next((row for row in known.values() if row.slug == asked.get("channel")), None)
        if kind in self.kinds:
            self._choose("kind", kind, self.kinds[kind])
        if channel:
            self._choose("channel", channel.slug, channel.name)
        if level in self.levels:
            self._choose("level", level, self.levels[level])
        if organization:
            self._choose("organization", organization.slug, organization.name)
        if re.fullmatch("(?:19|20)[0-9]{2}", year):
            self._choose("year", year, year)
        self.filters = Filters(
            channels=tuple(covered(channel, known)) if channel else (),
            organization=organization,
            level=self._value("level"),
            kind=self._value("kind"),
            year=int(year) if "year" in self.chosen else None,
        )

    def _choose(self, name: str, value: str, label: str) -> None:
        self.chosen[name] = Choice(name, value, str(label))

    def _value(self, name: str) -> str:
        return self.chosen[name].value if name in self.chosen else ""

    @property
    def chips(self) -> list[Chip]:
        said = labels()
        return [Chip(name, said[name], self.chosen[name].label) for name in NAMES if name in self.chosen]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What a form sends along so that the filters stay."""
        return [(name, choice.value) for name, choice in self.chosen.items()]

    def groups(self, result: SearchResult) -> list[Group]:
        """What the matches may be narrowed by further; of more matches than are looked at, all that may be."""
        said = labels()
        made = {
            "kind": self._kinds(result),
            "channel": self._channels(result),
            "level": self._levels(result),
            "organization": self._organizations(result),
            "year": self._years(result),
        }
        return [
            Group(name, said[name], choices[:MOST])
            for name, choices in made.items()
            if name not in self.chosen and len(choices) > 1
        ]

    def _kinds(self, result: SearchResult) -> list[Choice]:
        return _choices("kind", self.kinds.items(), (one.kind for one in result.matches), result.capped)

    def _levels(self, result: SearchResult) -> list[Choice]:
        return _choices("level", self.levels.items(), (one.level for one in result.matches), result.capped)

    def _channels(self, result: SearchResult) -> list[Choice]:
        if result.capped:
            lists = [row for row in self.known.values() if row.shown and row.kind == Channel.Kind.LIST]
            return [Choice("channel", row.slug, row.name) for row in lists]
        counted = Counter(one.channel for one in result.matches).most_common()
        found = [(self.known[pk], count) for pk, count in counted if pk in self.known]
        return [Choice("channel", row.slug, row.name, count) for row, count in found]

    def _organizations(self, result: SearchResult) -> list[Choice]:
        held = [(one.organization_slug, one.organization_name) for one in result.matches if one.organization]
        return [
            Choice("organization", slug, name, None if result.capped else count)
            for (slug, name), count in Counter(held).most_common()
        ]

    def _years(self, result: SearchResult) -> list[Choice]:
        years = Counter(one.dated.year for one in result.matches if one.dated)
        if result.capped and result.since:
            every = range(max(years, default=timezone.localdate().year), timezone.localtime(result.since).year - 1, -1)
            return [Choice("year", str(year), str(year)) for year in every]
        return [Choice("year", str(year), str(year), years[year]) for year in sorted(years, reverse=True)]


def _choices(name: str, known: Iterable[tuple[str, str]], held: Iterable[str | None], capped: bool) -> list[Choice]:
    """The known values in their order: all of them where there are more matches than were looked at."""
    counted = Counter(held)
    if capped:
        return [Choice(name, value, str(label)) for value, label in known]
    return [Choice(name, value, str(label), counted[value]) for value, label in known if counted[value]]
