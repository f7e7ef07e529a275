"""Where a record belongs: its channel and its organisation, found or made; what is made is told."""

import re
from collections.abc import Callable

from articles.models import Channel
from importer.filing.shelving import choose_channel
from organizations import registry, tree
from organizations.audit import record
from organizations.models import Level, Organization
from organizations.names import read_union_name
from organizations.slugs import free_slug

from .shape import Body, Record, Whose, gettext_noop

REMEMBERED = 5000  # organisations, so that memory stays flat
SLUG = re.compile(r"[-a-zA-Z0-9_]{1,60}")
UNSORTED = ("imported", "导入稿件")
SEVERAL = gettext_noop("Several organizations have the record's name; say with “organization_above” which it is.")
NO_LEVEL = gettext_noop("The site knows no such level; it was left out.")
LONG_NAME = gettext_noop("The organization's name is too long; it is kept as written.")


class Places:
    """Looks channels, levels and organisations up once a run. `made(kind, name)` is called for each that is made."""

    def __init__(self, made: Callable[[str, str], None]):
        self.made = made
        self.forget()

    def forget(self) -> None:
        """Look everything up anew: what was made may have been taken back."""
        self.channels: list[Channel] | None = None
        self.levels: dict[str, Level] | None = None
        self.organizations: dict[Whose, Organization | None] = {}
        self.bodies: dict[tuple, Organization] = {}  # of those whose place is told, by what they stand below

    def channel(self, one: Record) -> Channel:
        """The channel of the record's address, else of its name; a new one where there is none."""
        if self.channels is None:
            self.channels = list(Channel.objects.order_by("pk"))
        slug = one.channel if SLUG.fullmatch(one.channel) else ""
        name = (one.channel_name or one.channel)[:40]
        if not name:
            lists = [channel for channel in self.channels if channel.kind == Channel.Kind.LIST]
            if lists:
                return choose_channel("plan" if one.plan else "news", one.text["title"], [], lists)
            slug, name = UNSORTED
        wanted = ("slug", slug) if slug else ("name", name)
        there = (channel for channel in self.channels if getattr(channel, wanted[0]) == wanted[1])
        return next(there, None) or self._new_channel(slug, name)

    def _new_channel(self, slug: str, name: str) -> Channel:
        # sixty channels of another site must not fill the menu: an editor chooses those that belong there
        channel = Channel.objects.create(name=name, slug=slug or free_slug(name, Channel.objects.all()), in_menu=False)
        record("add", channel)
        self.channels.append(channel)
        self.made("channel", f"{channel.name} ({channel.slug})")
        return channel

    def level(self, written: str, notes: list[str]) -> Level | None:
        """The level of a code or a name."""
        if not written:
            return None
        if self.levels is None:
            rows = list(Level.objects.all())
            self.levels = {row.name: row for row in rows} | {row.pk: row for row in rows}
        if written not in self.levels:
            notes.append(NO_LEVEL)
        return self.levels.get(written)

    def organization(self, whose: Whose | None, origin: str, notes: list[str]) -> Organization | None:
        """The body a record names; None where it names none, or one of several."""
        if whose is None:
            return None
        if len(whose.name) > 120:
            notes.append(LONG_NAME)
            return None
        if whose not in self.organizations:
            if max(len(self.organizations), len(self.bodies)) >= REMEMBERED:
                self.organizations.clear()
                self.bodies.clear()
            self.organizations[whose] = self._organization(whose, f"records:{origin}"[:200], notes)
        return self.organizations[whose]

    def _organization(self, whose: Whose, origin: str, notes: list[str]) -> Organization | None:
        if whose.told:
            parent = None
            for body in whose.above or ():
                parent = self._below(parent, body, origin, notes, placed=True)
            own = Body(whose.name, whose.level)
            return self._below(parent, own, origin, notes, placed=whose.above is not None, whose=whose)
        there = list(Organization.objects.select_related("level").filter(name=whose.name).order_by("pk"))
        level = self.level(whose.level, notes)
        if level and len(there) > 1:
            there = [row for row in there if row.level_id == level.pk] or there
        placed = [row for row in there if row.placed]
        chosen = placed or [row for row in there if row.origin == origin] or there[:1]
        if len(chosen) > 1:
            notes.append(SEVERAL)
            return None
        return chosen[0] if chosen else self._by_name(whose, level, origin)

    def _by_name(self, whose: Whose, level: Level | None, origin: str) -> Organization:
        """A body that is not there, placed where its name tells the place."""
        name = read_union_name(whose.name)
        if name is None or name.anonymised or (level and name.level and name.level != level.pk):
            return self._add(Organization(name=whose.name, level=level, origin=origin), None)
        last = Organization.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        found = registry.union(name, origin=origin)
        for row in Organization.objects.filter(pk__gt=last).order_by("pk"):
            self._tell(row)
        if level and found.level_id is None and found.pk > last:
            found.level = level
            found.save(update_fields=["level"])
        return found

    def _below(
        self,
        parent: Organization | None,
        body: Body,
        origin: str,
        notes: list[str],
        *,
        placed: bool,
        whose: Whose | None = None,
    ) -> Organization:
        """The body of that name below `parent`, made where it is new."""
        key = (parent and parent.pk, body.name, origin if parent is None and not placed else "")
        if key not in self.bodies:
            rows = Organization.objects.select_related("level").filter(name=key[1], parent=key[0])
            rows = rows.filter(origin=key[2]) if parent is None else rows
            self.bodies[key] = rows.first() or self._new_below(parent, body, key[2], notes, whose)
        return self.bodies[key]

    def _new_below(
        self, parent: Organization | None, body: Body, origin: str, notes: list[str], whose: Whose | None
    ) -> Organization:
        name, level = read_union_name(body.name), self.level(body.level, notes)
        known = name is not None and not name.anonymised and (level is None or name.level == level.pk)
        row = Organization(
            name=body.name[:120],
            level=level,
            kind=name.kind if known else Organization.Kind.OTHER,
            division_code=name.division.code if known and name.division else "",
            origin=origin,
        )
        address = whose.address if whose else ""
        if re.fullmatch(r"[-a-z0-9]{1,80}", address) and not Organization.objects.filter(slug=address).exists():
            row.slug = address
        return self._add(row, parent)

    def _add(self, row: Organization, parent: Organization | None) -> Organization:
        tree.add(row, parent)
        return self._tell(row)

    def _tell(self, row: Organization) -> Organization:
        record("add", row, organization=row)
        self.made("organization", row.name)
        return row
