"""What stands beside an article: those before and after it, its collection, others like it, the files of its text."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from .alike import with_like_titles
from .body_files import MOST, File
from .models import Article, CollectionEntry, MediaFile
from .tagging import tagged

RELATED = 3
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
    """`before` (the newer one) and `after` stand in the channel's list, `earlier` and `later` in the collection."""

    before: Neighbour | None = None
    after: Neighbour | None = None
    earlier: Neighbour | None = None
    later: Neighbour | None = None
    related: list[Neighbour] = field(default_factory=list)
    files: dict[str, File] = field(default_factory=dict)


def with_place(articles):
    """Add to each article its place in a public collection, if it has one.

    collection_id, _title, _slug; `place`, the position there; `collection_number` of `collection_count`, counted as
    its readers see it: texts that are missing too, drafts not.
    """
    entry = CollectionEntry.objects.filter(article=OuterRef("pk"), collection__is_public=True).order_by("-collection")
    seen = CollectionEntry.objects.filter(collection=OuterRef("collection_id")).filter(
        Q(article=None) | Q(article__in=Article.objects.published().order_by())
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
    public = Article.objects.published()
    sources = _in_channel(article, public)
    if article.collection_id:
        sources += _in_collection(article)
    if files:
        sources.append(_stored(files))
    sources += _alike(article, title, tags, public.exclude(pk=article.pk))
    first, *others = sources
    found = Beside()
    rows = sorted(first.union(*others, all=True).order_by(), key=lambda row: row[:4], reverse=True)
    for side, rank, _at, *values, width, height in rows:
        if side == FILE:
            path, name = values[1], values[-1]
            found.files[path] = File(path, rank, name, width, height)
            continue
        neighbour = Neighbour(*values[:-1], organization=values[-1] or "")
        if side in _SIDES:
            setattr(found, _SIDES[side], neighbour)
        elif neighbour not in found.related and len(found.related) < RELATED:
            found.related.append(neighbour)
    return found


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
    """Those of `public` in a channel that stand before (newer) and after a place in its list, the nearest first."""
    rows = public.filter(channel=channel)
    newer = rows.filter(Q(sort_at__gt=at) | Q(sort_at=at, pk__gt=pk)).order_by("sort_at", "pk")
    older = rows.filter(Q(sort_at__lt=at) | Q(sort_at=at, pk__lt=pk)).order_by("-sort_at", "-pk")
    return newer, older


def _in_channel(article: Article, public) -> list:
    newer, older = in_turn(article.channel_id, article.sort_at, article.pk, public)
    return [_lines(first_rows(newer, 1), BEFORE), _lines(first_rows(older, 1), AFTER)]


def _in_collection(article: Article) -> list:
    public = Article.objects.published().order_by()
    rows = CollectionEntry.objects.filter(collection=article.collection_id, article__in=public)
    earlier = first_rows(rows.filter(position__lt=article.place).order_by("-position"), 1)
    later = first_rows(rows.filter(position__gt=article.place).order_by("position"), 1)
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


def _alike(article: Article, title: str, tags: list[str], others) -> list:
    sources = [_lines(first_rows(others.filter(channel=article.channel_id).newest(), RELATED), CHANNEL)]
    if article.organization_id:
        own = others.filter(organization=article.organization_id).newest()
        sources.append(_lines(first_rows(own, RELATED), ORGANIZATION))
    if (like := with_like_titles(others, title)) is not None:
        sources.append(_lines(first_rows(like.newest(), RELATED), WORDS))
    if tags:
        sharing = tagged().filter(tag__name__in=tags)
        shared = sharing.filter(object_id=OuterRef("pk")).values("object_id").annotate(n=Count("pk")).values("n")
        alike = others.filter(pk__in=sharing.values("object_id")).annotate(rank=Subquery(shared))
        best = first_rows(alike.order_by("-rank", "-sort_at", "-pk"), RELATED)
        sources.append(_lines(best, TAGS, Subquery(shared)))
    return sources
