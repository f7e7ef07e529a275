"""The public search page, and what it suggests while somebody types."""

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from taggit.models import Tag

from organizations.characters import simplified
from organizations.models import Organization

from ..menu import channels
from ..models import Article
from ..narrowing import Narrowing
from ..query import read
from ..search import CAP, search, titles
from ..snippets import highlight_title, snippet, text_of
from ..tagging import tagged
from ..ways_out import ways_out
from .paging import PAGE_SIZE, page_number

LONGEST_QUERY = 100
ORGANIZATIONS = 6
CHANNELS = 12
ORDERS = ("relevance", "date")
SUGGESTED_ORGANIZATIONS, SUGGESTED_TITLES, SUGGESTED_TAGS, SUGGESTED = 3, 6, 2, 8
LONGEST_SUGGESTED = 40


@require_safe
def search_page(request):
    """What the public may read that holds every word of `q`, narrowed by what the address asks for.

    Unions that are called so stand first. Of a query that finds nothing it says what would.
    """
    query = _typed(request, LONGEST_QUERY)
    order = request.GET.get("order", "relevance")
    order = order if order in ORDERS else "relevance"
    context = {"query": query, "order": order, "own_search": True}
    if query:
        context |= _results(request, query, order, page_number(request, CAP))
    else:
        context["channels"] = _with_articles(channels(request))
    return render(request, "articles/search.html", context)


def _typed(request, length: int) -> str:
    return " ".join(request.GET.get("q", "").split())[:length]


def _results(request, query: str, order: str, number: int) -> dict:
    slug = request.GET.get("organization", "")
    rows = Organization.objects.filter(slug=slug) if slug else Organization.objects.placed().named(query)
    unions = list(rows.select_related("level")[:ORGANIZATIONS])
    known = channels(request)
    narrowing = Narrowing(request.GET, known, unions[0] if slug and unions else None)
    offset = (number - 1) * PAGE_SIZE
    result = search(query, order=order, limit=PAGE_SIZE, offset=offset, filters=narrowing.filters)
    paginator = Paginator(range(min(result.count, CAP)), PAGE_SIZE)
    if number > paginator.num_pages:
        raise Http404
    context = {
        "unions": unions if number == 1 and not slug else [],
        "narrowing": narrowing,
        "page": paginator.page(number),
        "count": min(result.count, CAP),
        "capped": result.capped,
        "looked_at": CAP,
        "exact": bool(read(query).phrases),
    }
    if result.count:
        return context | {"hits": _hits(result, narrowing.levels), "groups": narrowing.groups(result)}
    named = [row for row in known.values() if row.shown and query in row.name]
    others = [row for row in _with_articles(known) if row not in named]
    return context | {"ways_out": ways_out(query, narrowing.filters), "channels": [*named, *others][:CHANNELS]}


def _hits(result, levels: dict[str, str]) -> list[dict]:
    rows = Article.objects.for_lists().select_related("live_revision").in_bulk(result.ids)
    return [
        {
            "article": rows[match.id],
            "level": levels.get(match.level),
            "title": highlight_title(rows[match.id].title, result.words),
            "said": snippet(text_of(rows[match.id].live_revision.body), result.words),
        }
        for match in result.shown
        if match.id in rows
    ]


def _with_articles(known: dict) -> list:
    return [row for row in known.values() if row.shown and row.parent_id is None][:CHANNELS]


@require_safe
@cache_control(public=True, max_age=60)
def suggest(request):
    """What `q` may be about, as JSON: unions by their names, titles that hold it, tags that begin with it.

    {"said": how many in words, "items": [{"text", "kind" in words, "url"}]}: at most 8, all of them public.
    """
    text = _typed(request, LONGEST_SUGGESTED)
    unions = Organization.objects.placed().named(text).select_related("level")[:SUGGESTED_ORGANIZATIONS]
    items = [_item(row.name, row.level.name if row.level else _("Union"), row.get_absolute_url()) for row in unions]
    tags = [_item(tag.name, _("Tag"), reverse("tag", args=[tag.name])) for tag in _tags(text)]
    room = min(SUGGESTED_TITLES, SUGGESTED - len(items) - len(tags))
    articles = [_item(title, _("Article"), reverse("article", args=[pk])) for pk, title in titles(text, room)]
    items += articles + tags
    said = ngettext("%(count)d suggestion", "%(count)d suggestions", len(items)) % {"count": len(items)}
    return JsonResponse({"said": said, "items": items})


def _item(text: str, kind: str, url: str) -> dict[str, str]:
    return {"text": text, "kind": str(kind), "url": url}


def _tags(text: str):
    """Tags of public articles that begin with `text`, in either set of characters."""
    if not text:
        return []
    public = tagged().filter(tag=OuterRef("pk"), object_id__in=Article.objects.published().order_by().values("pk"))
    begins = Q(name__startswith=text) | Q(name__startswith=simplified(text))
    return Tag.objects.filter(begins, Exists(public)).order_by("name")[:SUGGESTED_TAGS]
