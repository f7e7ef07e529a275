"""The text of a revision (稿件文字): its fields, what is taken out of them, how long they may be."""

import re
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from taggit.models import Tag

from .html import CONTROL, clean, parse
from .models import Revision
from .told_before import told_before

LINES = (
    *("title", "kicker", "subtitle", "summary", "source", "author", "author_title", "editor", "reviewer"),
    *("index_number", "document_number", "original_url"),
)
"""The text fields of one line."""
TEXT_FIELDS = (
    *("title", "kicker", "subtitle", "summary", "body", "source", "author", "author_title", "editor", "reviewer"),
    *("index_number", "document_number", "written_on", "original_url", "tags", "channel", "lead_image", "complete"),
)
SUMMARY_LENGTH = 120
TAG_LENGTH = 100
_WEB_ADDRESS = re.compile(r"https?://[^\s/?#@\\]+(?:[/?#][^\s\\]*)?", re.IGNORECASE)


def _line(text: str) -> str:
    """`text` on one line, single spaces between words, without control characters, which no feed may hold."""
    return " ".join(filter(None, (CONTROL.sub("", word) for word in text.split())))


def spelling(given: Iterable[str]) -> dict[str, str]:
    """How tags are to be spelt, by their lower case or as written: as the site does already, else as the first of them.

    The address of a tag's page has the spelling. Only what is not found as written may be there in other letters.
    """
    wanted = dict.fromkeys(tag for tag in map(_line, given) if tag)
    if not wanted:
        return {}
    used = {name: name for name in Tag.objects.order_by().filter(name__in=wanted).values_list("name", flat=True)}
    others = [tag for tag in wanted if tag not in used and tag.lower() != tag.upper()]
    same = Q(pk=None)
    for tag in others:
        same |= Q(name__iexact=tag)
    there = Tag.objects.order_by().filter(same).values_list("name", flat=True) if others else []
    return {tag.lower(): tag for tag in reversed(others)} | {name.lower(): name for name in there} | used


def _tags(given, used: Mapping[str, str] | None) -> list[str]:
    """Each tag once, whatever its case, in the spelling that is `used` (None: asked for)."""
    once: dict[str, str] = {}
    for tag in filter(None, map(_line, given)):
        once.setdefault(tag.lower(), tag)
    tags = list(once.values())
    if any(len(tag) > TAG_LENGTH for tag in tags):
        raise ValidationError(
            {"tags": _("A tag has at most %d characters; part the words with commas.") % TAG_LENGTH}, code="length"
        )
    if not tags:
        return []
    used = spelling(tags) if used is None else used
    return [used.get(tag) or used.get(tag.lower(), tag) for tag in tags]


def cleaned(text: dict, fallback: Revision | None, used_tags: Mapping[str, str] | None = None) -> dict:
    """The whole text of the next revision: what is given, else what the last one had, made fit to be stored.

    `used_tags` is spelling() of its tags, where the caller has asked for those of many texts at once. Raises
    ValidationError with one sentence where it has no title or something is too long.
    """
    unknown = set(text) - set(TEXT_FIELDS)
    if unknown:
        raise TypeError(f"no such text field: {', '.join(sorted(unknown))}")
    values = {name: getattr(fallback, name) for name in TEXT_FIELDS} if fallback else {"tags": [], "complete": True}
    values.update(text)
    for name in LINES:
        values[name] = _line(values.get(name) or "")
    values.setdefault("lead_image", None)
    values.setdefault("written_on", None)
    values["body"] = clean(values.get("body") or "")
    values["tags"] = _tags(values["tags"], used_tags)
    if not values["title"]:
        raise ValidationError({"title": _("Give the article a title.")}, code="title")
    if values["original_url"] and not _WEB_ADDRESS.fullmatch(values["original_url"]):
        raise ValidationError(
            {"original_url": _("The original address begins with http:// or https:// and has no spaces.")}, code="url"
        )
    for name in LINES:
        limit = Revision._meta.get_field(name).max_length
        if len(values[name]) > limit:
            label = Revision._meta.get_field(name).verbose_name
            raise ValidationError(
                {name: _("%(label)s: at most %(limit)d characters; shorten it.") % {"label": label, "limit": limit}},
                code="length",
            )
    return values


@told_before
def first_sentences(body: str) -> str:
    """The start of a text for lists, at most SUMMARY_LENGTH characters, ended at a sentence where one ends."""
    paragraphs = [node.text_content().strip() for node in parse(body).iter("p")] if body else []
    text = next((part for part in paragraphs if len(part) > 20), "")
    if len(text) <= SUMMARY_LENGTH:
        return text
    cut = max(text.rfind(mark, 40, SUMMARY_LENGTH) for mark in "。！？；;!?")
    return text[: cut + 1] if cut > 0 else text[: SUMMARY_LENGTH - 1] + "…"
