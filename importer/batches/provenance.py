"""Where each value of an imported article comes from: the file, or a person. Computed, not stored."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from articles.models import Article, Revision
from articles.particulars import FIELDS
from articles.text import TEXT_FIELDS
from importer.filing.placing import CHANGE_NOTE
from importer.models import ImportedArticle, ImportItem
from organizations.models import AuditEntry

PARTICULARS = tuple(name for name in FIELDS if name not in ("owner", "withdraw_at"))
CORRECTED_AS = {"published_on": "published_at", "body_html": "body"}  # the importer's name of a field: the article's


@dataclass(frozen=True)
class Provenance:
    """`kind` is "imported" or "edited"; `who` a name ("" on the server itself), `revision` the number it came with."""

    kind: str
    who: str
    when: datetime.datetime | None
    revision: int | None


def of(article: Article) -> dict[str, Provenance]:
    """By field of the text (title, body …) and of the particulars; empty for an article that was not imported."""
    records = list(
        ImportedArticle.objects.filter(article=article, revision__isnull=False)
        .select_related("item__batch__by", "item__decided_by", "revision")
        .defer("item__raw", "item__output", "revision__body")
        .order_by("item_id")
    )
    if not records:
        return {}
    first_by_revision: dict[int, ImportedArticle] = {}
    for row in records:
        first_by_revision.setdefault(row.revision_id, row)
    first = min(records, key=lambda row: row.revision.number)
    revisions = list(article.revisions.filter(number__gte=first.revision.number).order_by("number"))
    found = {name: _of_text(name, revisions, first_by_revision) for name in TEXT_FIELDS}
    imported = _imported(first)
    found |= dict.fromkeys(PARTICULARS, imported)
    hands = _hands(first_by_revision.values())
    for row in first_by_revision.values():
        _mark_corrected(found, row, hands)
    _mark_described(found, article)
    return found


def _imported(row: ImportedArticle) -> Provenance:
    who = row.item.batch.by
    return Provenance("imported", str(who) if who else "", row.revision.made_at, row.revision.number)


def _of_text(name: str, revisions: list[Revision], imports: dict[int, ImportedArticle]) -> Provenance:
    """The revision that brought the value which the latest one has."""
    brought, attribute = revisions[0], Revision._meta.get_field(name).attname
    for before, after in pairwise(revisions):
        if getattr(before, attribute) != getattr(after, attribute):
            brought = after
    if brought.pk in imports:
        return _imported(imports[brought.pk])
    kind = "imported" if brought.change_note == CHANGE_NOTE else "edited"  # a file's values among a person's
    return Provenance(kind, brought.made_by_name, brought.made_at, brought.number)


def _hands(rows: Iterable[ImportedArticle]) -> dict[tuple[int, str], tuple[str, datetime.datetime]]:
    """Who corrected a field of an item last before it was filed, and when, by the item's number and the field."""
    items = {str(row.item_id): row.item_id for row in rows if row.item.corrections}
    if not items:
        return {}
    entries = AuditEntry.objects.filter(
        object_type=ImportItem._meta.label_lower, object_id__in=list(items), verb="describe"
    )
    return {
        (items[entry.object_id], name): (entry.actor_name, entry.at)
        for entry in entries.order_by("pk")
        for name in entry.after or {}
    }


def _mark_corrected(found: dict[str, Provenance], row: ImportedArticle, hands: dict) -> None:
    """What a person set before the page was filed is theirs, while no later revision changed it."""
    for name in row.item.corrections.get(str(row.index), {}):
        field = CORRECTED_AS.get(name, name)
        there = found.get(field)
        if there and there.kind == "imported" and there.revision == row.revision.number:
            decided = (str(row.item.decided_by or ""), row.item.decided_at)
            found[field] = Provenance("edited", *hands.get((row.item_id, name), decided), row.revision.number)


def _mark_described(found: dict[str, Provenance], article: Article) -> None:
    entries = AuditEntry.objects.filter(
        object_type=article._meta.label_lower, object_id=str(article.pk), verb__in=("describe", "redate")
    )
    for entry in entries.order_by("pk"):
        for name in entry.after or {}:
            if name in PARTICULARS:
                found[name] = Provenance("edited", entry.actor_name, entry.at, entry.revision)
