"""For search engines: robots.txt, OpenSearch, and a sitemap in parts that hold a block of numbers each."""

from django.core.cache import cache
from django.db.models import F, IntegerField, Max
from django.db.models.functions import Cast, Coalesce
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from organizations.models import Organization

from .menu import channels
from .models import Article, Collection

BLOCK = 2_000  # a sitemap may hold 50,000 addresses; fewer are rendered at once
INDEX_SECONDS = 600  # the index asks for the newest change of every block: once in so long
CLOSED = ("/admin/", "/accounts/", "/plans/", "/preview/", "/search/", "/favourites/", "/leaving/")
LISTS = ("front", "channels", "organizations", "collections", "tags", "archive", "site-map", "accessibility")
CHANGED = Coalesce("revised_at", "first_published_at")


@require_safe
def robots(request):
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), "Disallow: /articles/*/preview/"]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def opensearch(request):
    """The site as a search engine of the browser's address line."""
    context = {"address": request.build_absolute_uri(reverse("search"))}
    return render(request, "articles/opensearch.xml", context, content_type="application/opensearchdescription+xml")


def _xml(request, template: str, rows):
    entries = [(request.build_absolute_uri(path), changed) for path, changed in rows]
    return render(request, f"articles/{template}.xml", {"entries": entries}, content_type="application/xml")


def _blocks(rows, *changed) -> list:
    """(number, the newest change or None) of every block of `rows` that holds any, in one query."""
    part = Cast(F("pk") / BLOCK, IntegerField())
    counted = rows.order_by().annotate(part=part).values("part").annotate(last=Max(*changed) if changed else Max("pk"))
    return sorted((row["part"] + 1, row["last"] if changed else None) for row in counted)


@require_safe
def sitemap_index(request):
    """The parts there are with the newest change in each: the lists, unions and articles by blocks of numbers."""
    parts = cache.get("sitemap-index")
    if parts is None:
        articles = _blocks(Article.objects.published(), CHANGED)
        unions = _blocks(Organization.objects.placed())
        parts = [(reverse("sitemap-lists"), None)]
        parts += [(reverse("sitemap-unions", args=[part]), changed) for part, changed in unions]
        parts += [(reverse("sitemap-articles", args=[part]), changed) for part, changed in articles]
        cache.set("sitemap-index", parts, INDEX_SECONDS)
    return _xml(request, "sitemap_index", parts)


@require_safe
def lists(request):
    """Every list and single page that has something to read."""
    pages = [reverse(name) for name in LISTS]
    pages += [channel.get_absolute_url() for channel in channels(request).values() if channel.shown]
    pages += [collection.get_absolute_url() for collection in Collection.objects.published()]
    return _xml(request, "sitemap", [(page, None) for page in pages])


@require_safe
def unions(request, part: int):
    """The unions of the public tree whose numbers are in one block."""
    rows = Organization.objects.placed().filter(pk__gte=(part - 1) * BLOCK, pk__lt=part * BLOCK).order_by("pk")
    return _part(
        request, [(reverse("organization", args=[slug]), None) for slug in rows.values_list("slug", flat=True)]
    )


@require_safe
def articles(request, part: int):
    """The public articles whose numbers are in one block, with the time of their last major change."""
    rows = Article.objects.published().filter(pk__gte=(part - 1) * BLOCK, pk__lt=part * BLOCK).order_by("pk")
    return _part(request, [(reverse("article", args=[pk]), at) for pk, at in rows.values_list("pk", CHANGED)])


def _part(request, rows):
    if not rows:
        raise Http404
    return _xml(request, "sitemap", rows)
