"""Lists of articles: channels, collections, tags, and the archive by year and month."""

import datetime
from itertools import pairwise

from django.db.models import Count, F, Q
from django.db.models.functions import TruncMonth
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from taggit.models import Tag

from ..menu import below, covered
from ..menu import channels as known_channels
from ..models import Article, Channel, Collection
from ..tagging import tagged
from .article import article_page, find
from .paging import paged

TAG_LIMIT = 300
ENTRIES_A_PAGE = 200


@require_safe
def channels(request):
    """Every channel with what stands below it."""
    known = known_channels(request)
    top = [(channel, below(channel, known)) for channel in known.values() if channel.parent_id is None]
    return render(request, "articles/channels.html", {"channels": top, "section": "channels"})


@require_safe
def channel(request, slug: str):
    """A channel's articles with those of the channels below it, newest first; a single-page channel shows its page."""
    known = known_channels(request)
    found = next((row for row in known.values() if row.slug == slug), None)
    if found is None:
        raise Http404
    if found.kind == Channel.Kind.PAGE and found.page_id:
        return article_page(request, find(found.page_id), channel=found, single_page=True)
    rows = Article.objects.published().filter(channel__in=covered(found, known)).for_lists().newest()
    context = {"channel": found, "children": below(found, known), "page": paged(request, rows)}
    return render(request, "articles/channel.html", context)


@require_safe
def collections(request):
    """Every public collection with how much of it is here."""
    page = paged(request, Collection.objects.published().with_counts().order_by("-created_at", "-pk"))
    return render(request, "articles/collections.html", {"page": page, "section": "collections"})


@require_safe
def collection(request, slug: str):
    """A collection's entries in their order; one without an article says that the text is missing."""
    found = get_object_or_404(Collection.objects.published().with_counts(), slug=slug)
    shown = Q(article=None) | Q(article__in=Article.objects.published().order_by())
    rows = found.entries.filter(shown).select_related("article__organization", "article__channel")
    page = paged(request, rows, ENTRIES_A_PAGE)
    missing = found.named - found.here
    context = {"collection": found, "page": page, "entries": list(page), "missing": missing, "here": found.here}
    return render(request, "articles/collection.html", {**context, "section": "collections"})


@require_safe
def tags(request):
    """The tags that public articles carry, the most used first."""
    public = Article.objects.published().order_by().values("pk")
    rows = tagged().filter(object_id__in=public).values(name=F("tag__name")).annotate(n=Count("pk"))
    rows = rows.order_by("-n", "name")[:TAG_LIMIT]
    return render(request, "articles/tags.html", {"tags": rows})


@require_safe
def tag(request, name: str):
    """The public articles that carry a tag. An unknown tag is not found."""
    found = get_object_or_404(Tag, name=name)
    carriers = tagged().filter(tag=found).values("object_id")
    page = paged(request, Article.objects.published().filter(pk__in=carriers).for_lists().newest())
    if not page.paginator.count:
        raise Http404
    return render(request, "articles/tag.html", {"tag": found, "page": page})


# The archive: by publication date; an article without one is not in it


def _between(first: datetime.datetime, end: datetime.datetime):
    return Article.objects.published().filter(published_at__gte=first, published_at__lt=end)


def _start(year: int, month: int) -> datetime.datetime:
    try:
        return timezone.make_aware(datetime.datetime(year, month, 1))
    except (ValueError, OverflowError):
        raise Http404


def _years() -> dict[int, dict[int, int]]:
    """Numbers of articles by year and month, the newest year first."""
    dated = Article.objects.published().filter(published_at__isnull=False).order_by()
    counted = dated.annotate(month=TruncMonth("published_at")).values_list("month").annotate(Count("pk"))
    years: dict[int, dict[int, int]] = {}
    for month, count in sorted(counted, reverse=True):
        years.setdefault(month.year, dict.fromkeys(range(1, 13), 0))[month.month] = count
    return years


def _months(year: int) -> dict[int, int]:
    """Numbers of articles by month of one year: twelve ranges in one pass, where a truncated date would be slow."""
    starts = [_start(year, month) for month in range(1, 13)] + [_start(year + 1, 1)]
    ranges = {
        f"month_{month}": Count("pk", filter=Q(published_at__gte=first, published_at__lt=end))
        for month, (first, end) in enumerate(pairwise(starts), 1)
    }
    counted = _between(starts[0], starts[-1]).order_by().aggregate(**ranges)
    return {month: counted[f"month_{month}"] for month in range(1, 13)}


@require_safe
def archive(request):
    """The years and months that hold dated articles."""
    rows = [(year, sum(months.values()), months.items()) for year, months in _years().items()]
    return render(request, "articles/archive.html", {"years": rows})


@require_safe
def archive_year(request, year: int):
    first, end = _start(year, 1), _start(year + 1, 1)
    return _archive_page(request, _between(first, end), year=year)


@require_safe
def archive_month(request, year: int, month: int):
    first = _start(year, month)
    end = _start(year + month // 12, month % 12 + 1)
    return _archive_page(request, _between(first, end), year=year, month=month)


def _archive_page(request, rows, *, year: int, month: int | None = None):
    months = _months(year)
    if not any(months.values()):
        raise Http404
    page = paged(request, rows.for_lists().newest())
    context = {"page": page, "year": year, "month": month, "months": months.items()}
    return render(request, "articles/archive_list.html", context)
