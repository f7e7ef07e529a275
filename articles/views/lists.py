"""Lists of articles: channels, collections, tags."""

import re
from collections import Counter

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from taggit.models import Tag

from organizations.kept import kept
from organizations.shown import kept_page, shows

from ..listing import tag_list
from ..long_lists import ByMonth, OfListing
from ..menu import below, covered
from ..menu import channels as known_channels
from ..models import Article, Channel, Collection, ListCount, Listing
from ..months import by_year, counts, of_year, untimely
from ..most_read import SECONDS, most_read
from .article import article_page, find, page_context
from .paging import PAGE_SIZE, paged

_YEAR = re.compile(r"[0-9]{4}")
MOST_READ = 8
TAG_LIMIT = 300
SPARE = 50
"""So many more tags are counted than shown, in place of those whose articles are not public by the clock."""
ENTRIES_A_PAGE = 200


@require_safe
@kept_page()
def channels(request):
    """Every channel that has something to read, with what stands below it."""
    known = known_channels(request)
    top = [(channel, below(channel, known)) for channel in known.values() if channel.parent_id is None]
    return render(request, "articles/channels.html", {"channels": top, "section": "channels"})


@require_safe
@kept_page("page", "year", seconds=SECONDS)
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
    held = counts(reach)
    years = by_year(held.dated)
    year = _year(request, years)
    rows = Article.objects.published().filter(channel__in=reach).for_lists().select_related("organization__level")
    if year:
        listed = ByMonth(rows.filter(published_at__isnull=False), of_year(held.dated, year), PAGE_SIZE)
    else:
        listed = ByMonth(rows, held.all, PAGE_SIZE)
    context = {
        "channel": found,
        "children": below(found, known),
        "page": paged(request, listed),
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
    article = find(request, channel.page_id)
    shows(f"article:{article.pk}")
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
@kept_page("page")
def collections(request):
    """Every public collection with how much of it is here."""
    shows("collections")
    page = paged(request, Collection.objects.published().with_counts().order_by("-created_at", "-pk"))
    return render(request, "articles/collections.html", {"page": page, "section": "collections"})


@require_safe
@kept_page("page")
def collection(request, slug: str):
    """A collection's entries in their order; one without an article says that the text is missing."""
    found = get_object_or_404(Collection.objects.published().with_counts(), slug=slug)
    shows(f"collection:{found.pk}")
    shown = Q(article=None) | Q(article__in=Article.objects.published().order_by())
    rows = found.entries.filter(shown).select_related("article__organization", "article__channel")
    page = paged(request, rows, ENTRIES_A_PAGE)
    missing = found.named - found.here
    context = {"collection": found, "page": page, "entries": list(page), "missing": missing, "here": found.here}
    return render(request, "articles/collection.html", {**context, "section": "collections"})


@require_safe
@kept_page()
def tags(request):
    """The tags that public articles carry, the most used first."""
    return render(request, "articles/tags.html", {"tags": kept("tags", ["articles"], _used_tags)})


def _used_tags() -> list[dict]:
    off = Listing.objects.filter(list__startswith="t", article__in=[one.pk for one in untimely()])
    less = Counter(off.values_list("list", flat=True))
    rows = ListCount.objects.filter(list__gte="t", list__lt="u", count__gt=0).order_by("-count")
    counted = {name: count - less[name] for name, count in rows.values_list("list", "count")[: TAG_LIMIT + SPARE]}
    names = Tag.objects.in_bulk([int(name[1:]) for name in counted])
    found = [{"name": names[int(name[1:])].name, "n": count} for name, count in counted.items() if count > 0]
    return sorted(found, key=lambda row: (-row["n"], row["name"]))[:TAG_LIMIT]


@require_safe
@kept_page("page")
def tag(request, name: str):
    """The public articles that carry a tag. An unknown tag is not found."""
    found = get_object_or_404(Tag, name=name)
    own = f"tag:{found.name.casefold()}"
    shows(own)
    listed = OfListing(Article.objects.published().for_lists(), tag_list(found.pk), PAGE_SIZE, tags=[own])
    page = paged(request, listed)
    if not page.paginator.count:
        raise Http404
    return render(request, "articles/tag.html", {"tag": found, "page": page})
