"""The public search page."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organizations.models import Organization

from ..html import plain_text
from ..models import Article
from ..search import CAP, search
from ..snippets import highlight_title, snippet
from .paging import PAGE_SIZE, page_number

LONGEST_QUERY = 100
ORGANIZATIONS = 6
ORDERS = ("relevance", "date")


@require_safe
def search_page(request):
    """What the public may read that holds every word of `q`; unions whose name holds it stand first."""
    query = " ".join(request.GET.get("q", "").split())[:LONGEST_QUERY]
    order = request.GET.get("order", "relevance")
    order = order if order in ORDERS else "relevance"
    number = page_number(request, CAP)
    context = {"query": query, "order": order, "own_search": True}
    if query:
        context |= _results(query, order, number)
    return render(request, "articles/search.html", context)


def _results(query: str, order: str, number: int) -> dict:
    result = search(query, order=order, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE)
    paginator = Paginator(range(min(result.count, CAP)), PAGE_SIZE)
    if number > paginator.num_pages:
        raise Http404
    rows = Article.objects.for_lists().select_related("live_revision").in_bulk(result.ids)
    hits = [
        {
            "article": rows[pk],
            "title": highlight_title(rows[pk].title, result.words),
            "said": snippet(plain_text(rows[pk].live_revision.body), result.words),
        }
        for pk in result.ids
        if pk in rows
    ]
    unions = Organization.objects.placed().filter(name__icontains=query).select_related("level")[:ORGANIZATIONS]
    return {
        "hits": hits,
        "count": min(result.count, CAP),
        "capped": result.capped,
        "page": paginator.page(number),
        "unions": unions if number == 1 else [],
    }
