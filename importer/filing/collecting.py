"""The collection (文集) that a page with a table of contents is filed as."""

from collections.abc import Callable, Iterable

from articles.models import Article, Collection, CollectionEntry
from importer.models import ImportItem
from organizations.audit import record
from organizations.concerned import SITE, also
from organizations.models import Organization
from organizations.slugs import free_slug


def file(
    output: dict,
    item: ImportItem,
    articles: Iterable[Article],
    earlier: ImportItem | None,
    owner: Organization,
    marks: Callable[[str], str],
) -> Collection:
    """The collection of `item`, that of the `earlier` one if there was one, with the entries the page lists.

    `articles` are those that the item stands for.
    `marks` is what was done to the marks of every title, so that entries find their articles.
    """
    found = output["collection"]
    collection = earlier.collection if earlier and earlier.collection else None
    if collection is None:
        title = (found["title"] or (found["toc"][0]["title"] if found["toc"] else "") or item.name)[:200]
        collection = Collection(title=title, slug=free_slug(title, Collection.objects.all()), owner=owner)
    also(SITE)
    collection.declared_count = found["declared_count"]
    collection.save()
    by_title = {article.title: article for article in articles}
    collection.entries.all().delete()
    CollectionEntry.objects.bulk_create(
        CollectionEntry(
            collection=collection,
            position=position,
            title=marks(entry["title"]),
            article=by_title.get(marks(entry["title"])),
        )
        for position, entry in enumerate(found["toc"], 1)
    )
    return collection


def make_public(collection: Collection) -> None:
    """Let readers have a collection; where that is new, with an entry of its own in the audit trail."""
    if not collection.is_public:
        collection.is_public = True
        collection.save(update_fields=["is_public"])
        record("publish", collection, organization=collection.owner)
