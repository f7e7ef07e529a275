"""What publishing takes from one article of the importer's output: its text, date and organisation."""

import datetime
from dataclasses import replace

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext_noop

from articles.models import Article, Revision
from articles.typography import full_width, full_width_html
from organizations import registry
from organizations.models import Organization
from organizations.names import read_union_name

BYLINE = ("kicker", "subtitle", "source", "author", "author_title", "editor")


def text_of(found: dict, *, full_width_marks: bool = False) -> tuple[dict, list[str]]:
    """The text as publishing takes it, and notes; a byline too long for its field is left out and said."""
    subtitle = (found["evidence"].get("subtitle") or {}).get("text")
    text = {
        "title": (subtitle and found["title"] and found["title"].removesuffix(subtitle).strip()) or found["title"],
        "kicker": found["kicker"] or "",
        "subtitle": subtitle or "",
        "body": found["body_html"],
        "source": found["source"] or "",
        "author": found["author"] or "",
        "author_title": found["author_title"] or "",
        "editor": found["editor"] or "",
        "complete": found["complete"],
    }
    notes = []
    for name in BYLINE:
        if len(text[name]) > Revision._meta.get_field(name).max_length:
            notes.append(gettext_noop("long: a line of the byline is too long and was left out."))
            text[name] = ""
    if full_width_marks:
        text["body"] = full_width_html(text["body"])
        text |= {name: full_width(text[name]) for name in ("title", "kicker", "subtitle", "author_title")}
    return text, notes


def organization_of(found: dict, *, origin: str) -> Organization | None:
    """The organisation a person chose, else the one named, made where it is new; None for an anonymised name."""
    if found.get("organization_id"):
        return Organization.objects.filter(pk=found["organization_id"]).first()
    name = read_union_name(found["organization"]) if found["organization"] else None
    if name is None:
        return None
    parent = None if name.anonymised else found["parent_organization"] or None
    if parent and not name.parent:  # the name alone tells no parent, the page does
        name = replace(name, parent=parent)
    return registry.union(name, origin=origin[:200])


def publication_time(found: dict) -> tuple[datetime.datetime | None, str]:
    """The article's date as the page prints it: to the second where it does, else the day at midnight, Beijing time."""
    if found["published_at"]:
        return parse_datetime(found["published_at"]), Article.Precision.SECOND
    if found["published_on"]:
        day = parse_date(found["published_on"])
        return timezone.make_aware(datetime.datetime.combine(day, datetime.time())), Article.Precision.DAY
    return None, Article.Precision.SECOND
