"""For search engines: robots.txt, and a sitemap in parts that hold a block of article numbers each."""

from django.db.models import Max
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from .models import Article, Channel, Collection

BLOCK = 2_000  # a sitemap may hold 50,000 addresses; fewer are rendered at once
CLOSED = ("/admin/", "/accounts/", "/plans/", "/preview/", "/search/")


@require_safe
def robots(request):
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), "Disallow: /articles/*/preview/"]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def sitemap_index(request):
    """The parts there are: 0 for the lists, then one for each block of article numbers."""
    last = Article.objects.published().aggregate(last=Max("pk"))["last"]
    parts = range((last // BLOCK + 2) if last else 1)
    addresses = [request.build_absolute_uri(reverse("sitemap-part", args=[part])) for part in parts]
    return render(request, "articles/sitemap_index.xml", {"addresses": addresses}, content_type="application/xml")


@require_safe
def sitemap_part(request, part: int):
    if part == 0:
        pages = [reverse(name) for name in ("front", "channels", "organizations", "collections", "archive")]
        pages += [channel.get_absolute_url() for channel in Channel.objects.all()]
        pages += [collection.get_absolute_url() for collection in Collection.objects.published()]
        rows = [(page, None) for page in pages]
    else:
        block = Article.objects.published().filter(pk__gte=(part - 1) * BLOCK, pk__lt=part * BLOCK).order_by("pk")
        dated = block.values_list("pk", Coalesce("revised_at", "first_published_at"))
        rows = [(reverse("article", args=[pk]), changed) for pk, changed in dated]
        if not rows:
            raise Http404
    entries = [(request.build_absolute_uri(path), changed) for path, changed in rows]
    return render(request, "articles/sitemap.xml", {"entries": entries}, content_type="application/xml")
