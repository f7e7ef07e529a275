"""What a person sets instead of what was read: checked, brought into one form, and laid over the output."""

import copy
import datetime
import hashlib
import json

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from articles.html import CONTROL
from articles.models import Channel, Revision
from articles.typography import full_width
from importer.batches import texts
from importer.models import ImportItem
from organizations.models import Level, Organization

KINDS = ("plan", "news", "notice", "speech", "document", "other")
FLAGS = ("carries_plan", "full_width")
LINES = ("title", "kicker", "source", "author", "author_title", "editor")
YEARS = range(1949, 2101)
FOR_ALL = ("channel", "organization", "source")
"""What may be set for all waiting items of a batch at once."""


def checked(name: str, value):
    """`value` of field `name` as it is stored in JSON. Raises ValidationError with one sentence."""
    if value is None or value == "":
        return False if name in FLAGS else None
    if name in LINES:
        return _line(value, Revision._meta.get_field(name).max_length)
    return _CHECKS[name](value)


def organization_of(value) -> tuple[str, int | None]:
    """(name, primary key) of an Organization, its key or a name; the key is None for a name that is only written."""
    if isinstance(value, str) and not value.isdecimal():
        name = _line(value, 120)
        found = list(Organization.objects.filter(name=name)[:2])
        return name, found[0].pk if len(found) == 1 else None
    found = value if isinstance(value, Organization) else Organization.objects.filter(pk=value).first()
    if found is None:
        raise ValidationError(_("There is no such organization: choose one, or write its name."), code="organization")
    return found.name, found.pk


def corrected(item: ImportItem) -> dict:
    """The item's output with the corrections in it: those of its batch, then its own."""
    output = copy.deepcopy(item.output)
    common = for_all(item.batch.options) if item.outcome in ImportItem.WAITING else {}
    titles = {}
    for index, found in enumerate(output.get("articles", ())):
        title = found["title"]
        _lay_over(found, common | item.corrections.get(str(index), {}))
        titles[title] = found["title"]
    for entry in (output.get("collection") or {}).get("toc", ()):
        marked = full_width(entry["title"]) if common.get("full_width") else entry["title"]
        entry["title"] = titles.get(entry["title"]) or marked
    return output


def stamp(item: ImportItem) -> str:
    """What a form that shows `item` was made from: another one once anybody corrects or decides on it."""
    state = [item.outcome, item.corrections, {name: item.batch.options.get(name) for name in FOR_ALL}]
    return hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()[:16]


def carried(earlier: ImportItem | None, output: dict) -> dict:
    """The corrections of an `earlier` item that hold for the `output` of its changed file: where that says the same."""
    if earlier is None:
        return {}
    before, now = earlier.output.get("articles", ()), output.get("articles", ())
    kept = {}
    for place, values in earlier.corrections.items():
        index = int(place)
        if index < min(len(before), len(now)) and before[index]["title"] == now[index]["title"]:
            same = [name for name in values if before[index].get(name) == now[index].get(name)]
            if own := {name: values[name] for name in same if name != "organization_id" or "organization" in same}:
                kept[place] = own
    return kept


def for_all(options: dict) -> dict:
    """The corrections that a batch's options hold for all its items that wait."""
    values = {name: options[name] for name in ("channel", "source") if name in options}
    if options.get("organization"):
        found = Organization.objects.filter(pk=options["organization"]).first()
        values |= {"organization": found.name, "organization_id": found.pk} if found else {}
    if options.get("full_width"):
        values["full_width"] = True
    return values


def _lay_over(found: dict, values: dict) -> None:
    for name, value in values.items():
        if name == "channel":
            found["channel_slug"] = value
        else:
            found[name] = value
    if "organization" in values:
        found["organization_as_written"] = found["organization_as_written"] or values["organization"]
        found["parent_organization"] = None
        chosen = Organization.objects.filter(pk=values.get("organization_id")).select_related("parent").first()
        if chosen:
            found["parent_organization"] = chosen.parent and chosen.parent.name
            if "level" not in values:
                found["level"] = chosen.level_id or found["level"]
    if "plan_year" in values:
        found["plan_year_stated"] = values["plan_year"] is not None
    if "published_on" in values:
        found["published_at"] = None
    if "body_html" in values:
        from importer.batches.reading_anew import read_anew  # all that reads: few texts are written anew

        read_anew(found)
    if values.get("full_width"):
        texts.set_full_width(found)


def _line(value, limit: int) -> str | None:
    line = " ".join(CONTROL.sub("", str(value)).split())
    if len(line) > limit:
        raise ValidationError(_("At most %(limit)d characters; shorten it.") % {"limit": limit}, code="length")
    return line or None


def _kind(value) -> str:
    if value not in KINDS:
        raise ValidationError(_("Choose a kind from the list."), code="kind")
    return value


def _level(value) -> str:
    level = Level.objects.filter(pk=getattr(value, "pk", value)).first()
    if level is None:
        raise ValidationError(_("Choose a level from the list."), code="level")
    return level.pk


def _year(value) -> int:
    if isinstance(value, bool) or not str(value).isdecimal() or int(value) not in YEARS:
        raise ValidationError(_("Give the year in four digits, such as 2024."), code="year")
    return int(value)


def _flag(value) -> bool:
    if not isinstance(value, bool):
        raise ValidationError(_("Say yes or no."), code="flag")
    return value


def _day(value) -> str:
    try:
        day = value if isinstance(value, datetime.date) else parse_date(str(value))
    except ValueError:
        day = None
    if day is None:
        raise ValidationError(_("Give the date as 2024-03-05."), code="date")
    if day > timezone.localdate():
        raise ValidationError(_("The date lies ahead: give the one the page was published on."), code="ahead")
    return day.isoformat()


def _channel(value) -> str:
    slug = getattr(value, "slug", value)
    if not Channel.objects.filter(slug=slug, kind=Channel.Kind.LIST).exists():
        raise ValidationError(_("Choose a channel that holds articles."), code="channel")
    return slug


_CHECKS = {
    "kind": _kind,
    "level": _level,
    "plan_year": _year,
    "carries_plan": _flag,
    "full_width": _flag,
    "published_on": _day,
    "channel": _channel,
}
