"""What stands beside an article: the one before and after it, its collection, and others like it."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Value, When

from .models import Article, CollectionEntry
from .tagging import tagged

RELATED = 3
BEFORE, AFTER, CHANNEL, ORGANIZATION, TAGS = range(5)
NO_RANK, OWN_TITLE = Value(0), F("title")


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
    before: Neighbour | None = None
    after: Neighbour | None = None
    related: list[Neighbour] = field(default_factory=list)


def with_place(articles):
    """Add to each article its place in a public collection, if it has one: collection_id, _title, _slug and place."""
    entry = CollectionEntry.objects.filter(article=OuterRef("pk"), collection__is_public=True).order_by("-collection")
    return articles.annotate(
        collection_id=Subquery(entry.values("collection")[:1]),
        collection_title=Subquery(entry.values("collection__title")[:1]),
        collection_slug=Subquery(entry.values("collection__slug")[:1]),
        place=Subquery(entry.values("position")[:1]),
    )


def beside(article: Article, tags: list[str]) -> Beside:
    """What stands beside `article` (from with_place), in one query.

    Before and after it in its collection, else in its channel's list, newest first. Related are up to RELATED others:
    those sharing most of `tags` first, then those of its organisation, then of its channel.
    """
    public = Article.objects.published()
    sources = _in_collection(article) if article.collection_id else _in_channel(article, public)
    sources += _alike(article, tags, public.exclude(pk=article.pk))
    first, *others = sources
    found = Beside()
    rows = sorted(first.union(*others, all=True).order_by(), key=lambda row: row[:4], reverse=True)
    for side, _rank, _at, *values in rows:
        neighbour = Neighbour(*values[:-1], organization=values[-1] or "")
        if side == BEFORE:
            found.before = neighbour
        elif side == AFTER:
            found.after = neighbour
        elif neighbour not in found.related and len(found.related) < RELATED:
            found.related.append(neighbour)
    return found


def first_rows(rows, limit: int):
    """The first `limit` of `rows`, wrapped so that a union may hold them: SQLite allows no LIMIT in its parts."""
    return rows.model.objects.filter(pk__in=rows.values("pk")[:limit]).order_by()


def _lines(rows, side: int, rank=NO_RANK, prefix: str = "", title=OWN_TITLE):
    """The same columns of every source, as a union needs them."""
    names = ("sort_at", "id", "published_at", "published_precision", "organization__name")
    at, pk, *others = (prefix + name for name in names)
    rows = rows.annotate(side=Value(side), rank=rank, shown=title)
    return rows.values_list("side", "rank", at, pk, "shown", *others)


def _in_channel(article: Article, public) -> list:
    rows, at, pk = public.filter(channel=article.channel_id), article.sort_at, article.pk
    newer = rows.filter(Q(sort_at__gt=at) | Q(sort_at=at, pk__gt=pk)).order_by("sort_at", "pk")
    older = rows.filter(Q(sort_at__lt=at) | Q(sort_at=at, pk__lt=pk)).order_by("-sort_at", "-pk")
    return [_lines(first_rows(newer, 1), BEFORE), _lines(first_rows(older, 1), AFTER)]


def _in_collection(article: Article) -> list:
    public = Article.objects.published().order_by()
    rows = CollectionEntry.objects.filter(collection=article.collection_id, article__in=public)
    before = first_rows(rows.filter(position__lt=article.place).order_by("-position"), 1)
    after = first_rows(rows.filter(position__gt=article.place).order_by("position"), 1)
    title = Case(When(title="", then=F("article__title")), default=F("title"))
    return [_lines(side, number, NO_RANK, "article__", title) for side, number in ((before, BEFORE), (after, AFTER))]


def _alike(article: Article, tags: list[str], others) -> list:
    sources = [_lines(first_rows(others.filter(channel=article.channel_id).newest(), RELATED), CHANNEL)]
    if article.organization_id:
        own = others.filter(organization=article.organization_id).newest()
        sources.append(_lines(first_rows(own, RELATED), ORGANIZATION))
    if tags:
        sharing = tagged().filter(tag__name__in=tags)
        shared = sharing.filter(object_id=OuterRef("pk")).values("object_id").annotate(n=Count("pk")).values("n")
        alike = others.filter(pk__in=sharing.values("object_id")).annotate(rank=Subquery(shared))
        best = first_rows(alike.order_by("-rank", "-sort_at", "-pk"), RELATED)
        sources.append(_lines(best, TAGS, Subquery(shared)))
    return sources
