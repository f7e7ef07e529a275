"""What stands beside an article: the one before and after it, its collection, and others like it."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Case, CharField, Count, F, IntegerField, OuterRef, Q, Subquery, Value, When
from taggit.models import TaggedItem

from .models import Article, CollectionEntry

RELATED = 3
BEFORE, AFTER, CHANNEL, ORGANIZATION, TAGS = range(5)


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
    rows = sorted(first.union(*others, all=True), key=lambda row: row[:4], reverse=True)
    for side, _rank, _at, *values in rows:
        neighbour = Neighbour(*values[:-1], organization=values[-1] or "")
        if side == BEFORE:
            found.before = neighbour
        elif side == AFTER:
            found.after = neighbour
        elif neighbour not in found.related and len(found.related) < RELATED:
            found.related.append(neighbour)
    return found


def _lines(rows, side: int, rank=0, prefix: str = "", title: str = "title"):
    """The same columns of every source, as a union needs them."""
    rank = Value(rank, IntegerField()) if isinstance(rank, int) else rank
    names = ("sort_at", "id", "published_at", "published_precision", "organization__name")
    at, pk, *others = (prefix + name for name in names)
    rows = rows.annotate(side=Value(side, IntegerField()), rank=rank)
    return rows.values_list("side", "rank", at, pk, title, *others)


def _in_channel(article: Article, public) -> list:
    rows, at, pk = public.filter(channel=article.channel_id), article.sort_at, article.pk
    newer = rows.filter(Q(sort_at__gt=at) | Q(sort_at=at, pk__gt=pk)).order_by("sort_at", "pk")
    older = rows.filter(Q(sort_at__lt=at) | Q(sort_at=at, pk__lt=pk)).order_by("-sort_at", "-pk")
    return [_lines(newer, BEFORE)[:1], _lines(older, AFTER)[:1]]


def _in_collection(article: Article) -> list:
    rows = CollectionEntry.objects.filter(
        collection=article.collection_id, article__in=Article.objects.published().order_by()
    ).annotate(
        shown=Case(When(title="", then=F("article__title")), default=F("title"), output_field=CharField()),
    )
    before = rows.filter(position__lt=article.place).order_by("-position")
    after = rows.filter(position__gt=article.place).order_by("position")
    return [_lines(side, number, 0, "article__", "shown")[:1] for side, number in ((before, BEFORE), (after, AFTER))]


def _alike(article: Article, tags: list[str], others) -> list:
    sources = [_lines(others.filter(channel=article.channel_id).newest(), CHANNEL)[:RELATED]]
    if article.organization_id:
        sources.append(_lines(others.filter(organization=article.organization_id).newest(), ORGANIZATION)[:RELATED])
    if tags:
        tagged = TaggedItem.objects.filter(
            content_type__app_label="articles", content_type__model="article", tag__name__in=tags
        ).order_by()
        shared = tagged.filter(object_id=OuterRef("pk")).values("object_id").annotate(n=Count("pk")).values("n")
        alike = others.filter(pk__in=tagged.values("object_id"))
        sources.append(_lines(alike, TAGS, Subquery(shared)).order_by("-rank", "-sort_at", "-pk")[:RELATED])
    return sources
