"""For search engines: robots.txt, OpenSearch, and a sitemap in parts that hold a block of numbers each."""

from collections import Counter

from django.db.models import F, IntegerField
from django.db.models.functions import Cast, Coalesce
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from organizations.kept import kept
from organizations.models import Organization
from organizations.shown import kept_page, shows

from .concerned import BLOCK, block_of
from .listing import BLOCKS
from .menu import channels
from .models import Article, Collection, ListCount
from .months import untimely

CLOSED = ("/admin/", "/accounts/", "/plans/", "/preview/", "/search/", "/favourites/", "/leaving/")
LISTS = ("front", "channels", "organizations", "collections", "tags", "archive", "site-map", "accessibility")
CHANGED = Coalesce("revised_at", "first_published_at")


@require_safe
@kept_page()
def robots(request):
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), "Disallow: /articles/*/preview/"]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@kept_page()
def opensearch(request):
    """The site as a search engine of the browser's address line."""
    context = {"address": request.build_absolute_uri(reverse("search"))}
    return render(request, "articles/opensearch.xml", context, content_type="application/opensearchdescription+xml")


def _xml(request, template: str, rows):
    entries = [(request.build_absolute_uri(path), changed) for path, changed in rows]
    return render(request, f"articles/{template}.xml", {"entries": entries}, content_type="application/xml")


def _parts_of_articles() -> list[int]:
    """The blocks that hold a public article."""
    rows = ListCount.objects.filter(list=BLOCKS, count__gt=0).order_by("month").values_list("month", "count")
    held = kept("blocks", ["articles"], lambda: list(rows))
    off = Counter(block_of(one.pk) for one in untimely())
    return [part for part, count in held if count > off[part]]


def _parts_of_unions() -> list[int]:
    part = Cast(F("pk") / BLOCK, IntegerField())
    return sorted(
        number + 1 for number in Organization.objects.placed().order_by().values_list(part, flat=True).distinct()
    )


@require_safe
@kept_page()
def sitemap_index(request):
    """The parts there are: the lists, unions and articles by blocks of numbers. When what changed, each part says."""
    parts = [reverse("sitemap-lists")]
    parts += [reverse("sitemap-unions", args=[part]) for part in kept("blocks-of-unions", (), _parts_of_unions)]
    parts += [reverse("sitemap-articles", args=[part]) for part in _parts_of_articles()]
    return _xml(request, "sitemap_index", [(part, None) for part in parts])


@require_safe
@kept_page()
def lists(request):
    """Every list and single page that has something to read."""
    shows("collections")
    pages = [reverse(name) for name in LISTS]
    pages += [channel.get_absolute_url() for channel in channels(request).values() if channel.shown]
    pages += [collection.get_absolute_url() for collection in Collection.objects.published()]
    return _xml(request, "sitemap", [(page, None) for page in pages])


@require_safe
@kept_page()
def unions(request, part: int):
    """The unions of the public tree whose numbers are in one block."""
    rows = Organization.objects.placed().filter(pk__gte=(part - 1) * BLOCK, pk__lt=part * BLOCK).order_by("pk")
    return _part(
        request, [(reverse("organization", args=[slug]), None) for slug in rows.values_list("slug", flat=True)]
    )


@require_safe
@kept_page()
def articles(request, part: int):
    """The public articles whose numbers are in one block, with the time of their last major change."""
    shows(f"block:{part}")
    rows = Article.objects.published().filter(pk__gte=(part - 1) * BLOCK, pk__lt=part * BLOCK).order_by("pk")
    return _part(request, [(reverse("article", args=[pk]), at) for pk, at in rows.values_list("pk", CHANGED)])


def _part(request, rows):
    if not rows:
        raise Http404
    return _xml(request, "sitemap", rows)
