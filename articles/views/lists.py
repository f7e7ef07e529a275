"""Lists of articles: channels, collections, tags."""

import re

from django.db.models import Count, F, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from taggit.models import Tag

from organizations.counted import counted

from ..menu import below, covered
from ..menu import channels as known_channels
from ..models import Article, Channel, Collection
from ..months import by_year, dated_between, state_of_articles, year_range
from ..most_read import most_read
from ..tagging import tagged
from .article import article_page, find, page_context
from .paging import paged

_YEAR = re.compile(r"[0-9]{4}")
MOST_READ = 8
TAG_LIMIT = 300
ENTRIES_A_PAGE = 200


@require_safe
def channels(request):
    """Every channel that has something to read, with what stands below it."""
    known = known_channels(request)
    top = [(channel, below(channel, known)) for channel in known.values() if channel.parent_id is None]
    return render(request, "articles/channels.html", {"channels": top, "section": "channels"})


@require_safe
def channel(request, slug: str):
    """A channel's articles with those of the channels below it, newest first, of one ?year= or all.

    A single-page channel shows its page.
    """
    known = known_channels(request)
    found = next((row for row in known.values() if row.slug == slug), None)
    if found is None:
        raise Http404
    if found.kind == Channel.Kind.PAGE and found.page_id:
        return _single_page(request, found, known)
    reach = covered(found, known)
    years = by_year(reach)
    year = _year(request, years)
    rows = Article.objects.published().filter(channel__in=reach)
    if year:
        rows = dated_between(rows, *year_range(year))
    context = {
        "channel": found,
        "children": below(found, known),
        "page": paged(request, rows.for_lists().select_related("organization__level").newest()),
        "years": years.items(),
        "year": year,
        "most_read": most_read("month", MOST_READ, channels=reach),
    }
    return render(request, "articles/channel.html", context)


def _year(request, years) -> int | None:
    """The year of `?year=`, None without it. Raises Http404 for one that is not among `years`."""
    written = request.GET.get("year", "")
    if not written:
        return None
    if not _YEAR.fullmatch(written) or int(written) not in years:
        raise Http404
    return int(written)


def _single_page(request, channel: Channel, known: dict[int, Channel]):
    """The page of a channel beside its sister pages; one that is not readable answers as its article does."""
    article = find(channel.page_id)
    if not (article.is_public_now or article.is_kept):
        return article_page(request, article, channel=channel)
    sisters = [
        row
        for row in known.values()
        if row.kind == Channel.Kind.PAGE and row.shown and row.parent_id == channel.parent_id
    ]
    context = {
        **page_context(request, article, article.live_revision),
        "channel": channel,
        "single_page": True,
        "counted": article.is_public_now,
        "sisters": sisters if len(sisters) > 1 else [],
        "children": below(channel, known),
    }
    return render(request, "articles/single_page.html", context)


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
    return render(request, "articles/tags.html", {"tags": counted("tags", state_of_articles(), _used_tags)})


def _used_tags() -> list[dict]:
    public = Article.objects.published().order_by().values("pk")
    rows = tagged().filter(object_id__in=public).values(name=F("tag__name")).annotate(n=Count("pk"))
    return list(rows.order_by("-n", "name")[:TAG_LIMIT])


@require_safe
def tag(request, name: str):
    """The public articles that carry a tag. An unknown tag is not found."""
    found = get_object_or_404(Tag, name=name)
    carriers = tagged().filter(tag=found).values("object_id")
    page = paged(request, Article.objects.published().filter(pk__in=carriers).for_lists().newest())
    if not page.paginator.count:
        raise Http404
    return render(request, "articles/tag.html", {"tag": found, "page": page})
