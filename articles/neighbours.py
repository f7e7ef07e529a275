"""What stands beside an article: those before and after it, its collection, others like it, the files of its text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone
from taggit.models import Tag

from organizations.prepared import prepared

from .alike import like_titles, telling_words, with_like_titles
from .body_files import MOST, File
from .models import Article, CollectionEntry, Listing, MediaFile

RELATED = 3
LOOKED_AT = 60
"""So many of the newest articles that carry a tag are compared by how many they share."""
BEFORE, AFTER, EARLIER, LATER, FILE, CHANNEL, ORGANIZATION, WORDS, TAGS = range(9)
NOTHING, OWN_TITLE = Value(0), F("title")
_SIDES = {BEFORE: "before", AFTER: "after", EARLIER: "earlier", LATER: "later"}


@dataclass(frozen=True)
class Neighbour:
    """An article as a link: enough for a line, nothing more."""

    pk: int
    title: str
    published_at: datetime | None
    published_precision: str
    organization: str


@dataclass
class Beside:
    """`before` (the newer one) and `after` stand in the channel's list, `earlier` and `later` in the collection.

    `least` is the last kind of likeness that `related` had to be filled with.
    """

    before: Neighbour | None = None
    after: Neighbour | None = None
    earlier: Neighbour | None = None
    later: Neighbour | None = None
    related: list[Neighbour] = field(default_factory=list)
    least: int = CHANNEL
    files: dict[str, File] = field(default_factory=dict)


def with_place(articles, now=None):
    """Add to each article its place in a public collection, if it has one.

    collection_id, _title, _slug; `place`, the position there; `collection_number` of `collection_count`, counted as
    its readers see it: texts that are missing too, drafts not.
    """
    entry = CollectionEntry.objects.filter(article=OuterRef("pk"), collection__is_public=True).order_by("-collection")
    seen = CollectionEntry.objects.filter(collection=OuterRef("collection_id")).filter(
        Q(article=None) | Q(article__in=Article.objects.published(now).order_by())
    )
    return articles.annotate(
        collection_id=Subquery(entry.values("collection")[:1]),
        collection_title=Subquery(entry.values("collection__title")[:1]),
        collection_slug=Subquery(entry.values("collection__slug")[:1]),
        place=Subquery(entry.values("position")[:1]),
        collection_count=_number(seen),
        collection_number=_number(seen.filter(position__lte=OuterRef("place"))),
    )


def _number(rows):
    return Subquery(rows.order_by().values("collection").annotate(number=Count("pk")).values("number"))


def beside(article: Article, title: str, tags: list[str], files: Sequence[str] = ()) -> Beside:
    """What stands beside `article` (from with_place) with the text of this title and these tags, in one query.

    Before and after it in its channel's list, newest first, and in its collection. Related are up to RELATED others:
    those sharing most of `tags` first, then those sharing words of the title, then of its organisation, then of its
    channel. `files` are paths of stored files.
    """
    words = like_titles(title)
    values = {"channel": article.channel_id, "at": article.sort_at, "pk": article.pk, "now": timezone.now()}
    values |= {"files": tuple(files), "tags": tuple(tags), "words": words}
    values |= {"organization": (article.organization_id,) if article.organization_id else ()}
    values |= {"collection": (article.collection_id, article.place) if article.collection_id else ()}
    found = Beside()
    for row in sorted(_rows(**values), key=lambda row: row[:4], reverse=True):
        side, rank, _at, *values, width, height = row
        if side == FILE:
            path, name = values[1], values[-1]
            found.files[path] = File(path, rank, name, width, height)
            continue
        neighbour = Neighbour(*values[:-1], organization=values[-1] or "")
        if side in _SIDES:
            setattr(found, _SIDES[side], neighbour)
        elif neighbour not in found.related and len(found.related) < RELATED:
            found.related.append(neighbour)
            found.least = side if len(found.related) == RELATED else CHANNEL
    return found


def tags_of(article: Article, title: str, tags: list[str], found: Beside) -> Iterator[str]:
    """What a page tells that it shows (organizations.shown) beside `article`: a change of which changes `found`."""
    yield from (f"beside:{article.pk}", f"turn:{article.channel_id}")
    for other in (found.before, found.after):
        if other:
            yield f"beside:{other.pk}"
    for other in (found.before, found.after, found.earlier, found.later, *found.related):
        if other:
            yield f"article:{other.pk}"
    if article.collection_id:
        yield f"collection:{article.collection_id}"
    yield from (f"tag:{name.casefold()}" for name in tags)
    if found.least <= WORDS:
        words = telling_words(title)
        yield "words"
        yield from (f"word:{word}" for word in words[:-1] or words)  # every pair of words has one of these
    if found.least <= ORGANIZATION and article.organization_id:
        yield f"own:{article.organization_id}"
    if found.least <= CHANNEL:
        yield f"channel:{article.channel_id}"


def first_rows(rows, limit: int):
    """The first `limit` of `rows`, wrapped so that a union may hold them: SQLite allows no LIMIT in its parts."""
    return rows.model.objects.filter(pk__in=rows.values("pk")[:limit]).order_by()


def _lines(rows, side: int, rank=NOTHING, prefix: str = "", title=OWN_TITLE):
    """The same columns of every source, as a union needs them; the last two are a file's."""
    names = ("sort_at", "id", "published_at", "published_precision", "organization__name")
    at, pk, *others = (prefix + name for name in names)
    rows = rows.annotate(side=Value(side), rank=rank, shown=title, wide=NOTHING, high=NOTHING)
    return rows.values_list("side", "rank", at, pk, "shown", *others, "wide", "high")


def in_turn(channel: int, at: datetime, pk: int, public) -> tuple:
    """Those of `public` in a channel that stand before (newer) and after a place in its list, the nearest first.

    As one range of times, which an index gives in order: of two by OR a database sorts all that a channel holds.
    """
    rows = public.filter(channel=channel)
    newer = rows.filter(Q(sort_at__gt=at) | Q(pk__gt=pk), sort_at__gte=at).order_by("sort_at", "pk")
    older = rows.filter(Q(sort_at__lt=at) | Q(pk__lt=pk), sort_at__lte=at).order_by("-sort_at", "-pk")
    return newer, older


@prepared
def _rows(*, channel, at, pk, now, files, tags, words, organization, collection):
    """All that may stand beside an article, by one statement; the columns are those of _lines."""
    public = Article.objects.published(now)
    others = public.exclude(pk=pk)
    newer, older = in_turn(channel, at, pk, public)
    sources = [_lines(first_rows(newer, 1), BEFORE), _lines(first_rows(older, 1), AFTER)]
    if collection:
        sources += _in_collection(*collection, public)
    if files:
        sources.append(_stored(files))
    sources.append(_lines(first_rows(others.filter(channel=channel).newest(), RELATED), CHANNEL))
    if organization:
        own = others.filter(organization=organization[0]).newest()
        sources.append(_lines(first_rows(own, RELATED), ORGANIZATION))
    if words:
        sources.append(_lines(first_rows(with_like_titles(others, words).newest(), RELATED), WORDS))
    if tags:
        sources.append(_sharing(tags, others))
    first, *more = sources
    return first.union(*more, all=True).order_by()


def _in_collection(collection: int, place: int, public) -> list:
    rows = CollectionEntry.objects.filter(collection=collection, article__in=public.order_by())
    earlier = first_rows(rows.filter(position__lt=place).order_by("-position"), 1)
    later = first_rows(rows.filter(position__gt=place).order_by("position"), 1)
    title = Case(When(title="", then=F("article__title")), default=F("title"))
    return [_lines(side, number, NOTHING, "article__", title) for side, number in ((earlier, EARLIER), (later, LATER))]


def _stored(paths: Sequence[str]):
    """Files as such lines: the size as rank, the path as title, the name it was uploaded by as organisation."""
    rows = first_rows(MediaFile.objects.filter(file__in=paths).order_by("pk"), MOST)
    width, height = (Coalesce(name, NOTHING) for name in ("width", "height"))
    rows = rows.annotate(side=Value(FILE), wide=width, high=height)
    return rows.values_list(
        *("side", "size", "uploaded_at", "pk", "file", "uploaded_at", "kind", "original_name", "wide", "high")
    )


def _sharing(tags: Sequence[str], others):
    """Those that share most of `tags`; of a tag that many carry only the newest are looked at.

    They are named by a union: for several lists joined by OR PostgreSQL reads every article there is.
    """
    newest, rank = [], NOTHING
    for tag in tags:
        carriers = Listing.objects.filter(list=Subquery(Tag.objects.filter(name=tag).values(list=_list_of_tag)[:1]))
        newest.append(first_rows(carriers.order_by("-sort_at", "-article_id"), LOOKED_AT).values("article"))
        rank += Case(When(Exists(carriers.filter(article=OuterRef("pk"))), then=1), default=0)
    first, *more = newest
    alike = others.filter(pk__in=first.union(*more, all=True) if more else first).annotate(rank=rank)
    return _lines(first_rows(alike.order_by("-rank", "-sort_at", "-pk"), RELATED), TAGS, rank)


_list_of_tag = Concat(Value("t"), Cast("pk", CharField()))
