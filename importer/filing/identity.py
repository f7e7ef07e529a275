"""Which item a file continues, and which text of a changed file is which article of those imported from it before."""

from collections.abc import Collection

from django.db.models import Case, Q, When

from articles.canonical import canonical
from importer.models import ImportBatch, ImportedArticle, ImportItem

Outcome = ImportItem.Outcome
SETTLED = (Outcome.FILED, Outcome.REVISED, Outcome.SET_ASIDE, Outcome.DISMISSED)
"""What was read and hands the identities of its articles on."""
UPLOADED = "upload:"
"""How the source of an uploaded file begins; the same name may be quite another file there."""


def upload_source(batch: ImportBatch, name: str) -> str:
    return f"{UPLOADED}{batch.owner_id}:{name}"


def earlier_item(source: str, sha256: str, owner, *, but: int | None = None) -> ImportItem | None:
    """The last item from this source that was settled, else one of `owner` with the very same bytes."""
    from_there = Q(source=source[:500], outcome__in=SETTLED)
    same_bytes = Q(sha256=sha256, batch__owner=owner, outcome__in=(Outcome.READ, *SETTLED))
    items = ImportItem.objects.filter(from_there | same_bytes, batch__undone_at=None).exclude(pk=but).defer("raw")
    return items.order_by(Case(When(from_there, then=0), default=1), "-pk").first()


def met_before(sources: Collection[str], digests: Collection[str]) -> set[str]:
    """What the items there are have of these sources and digests; a page with neither continues nothing."""
    sources = [source[:500] for source in sources]
    items = ImportItem.objects.filter(Q(source__in=sources) | Q(sha256__in=digests)).order_by()
    return {value for row in items.values_list("source", "sha256") for value in row}


def imported_from(item: ImportItem | None) -> list[ImportedArticle]:
    """The articles an item stands for, with their texts now and as imported."""
    rows = ImportedArticle.objects.select_related("article__latest_revision", "revision")
    return list(rows.filter(item=item).order_by("index")) if item else []


def known_texts(item: ImportItem, earlier: ImportItem | None, wanted: dict[int, dict]) -> dict[int, ImportedArticle]:
    """For each place of `wanted` (articles of the output) the row of the article that was imported from it before.

    An item that was settled knows its own; else its texts are compared with those of the `earlier` one.
    """
    own = {row.index: row for row in imported_from(item)} if item.pk else {}
    if own:
        return {index: own[index] for index in wanted if index in own}
    places = list(wanted)
    by_place = not item.source.startswith(UPLOADED)
    same = same_texts([found["title"] for found in wanted.values()], imported_from(earlier), by_place=by_place)
    return {places[place]: row for place, row in same.items()}


def same_texts(titles: list[str], rows: list[ImportedArticle], *, by_place: bool = True) -> dict[int, ImportedArticle]:
    """For each title's place the row of the same text: by its title, else by its place where no text came or went."""
    left, found = list(rows), {}
    for index, title in enumerate(titles):
        row = next((row for row in left if canonical(row.article.latest_revision.title) == canonical(title)), None)
        if row:
            left.remove(row)
            found[index] = row
    if by_place and len(rows) == len(titles):
        found |= {index: row for index, row in enumerate(rows) if index not in found and row in left}
    return found


def untouched(row: ImportedArticle) -> bool:
    """Whether the article's text is still as it was imported."""
    return row.revision_id == row.article.latest_revision_id
