"""The pages that show several rooms: the front page and a union's own page."""

from django.db.models import Count, Q, Window
from django.db.models.functions import RowNumber
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from articles.listing import organization_list, own_list
from articles.long_lists import OfListing, count_of
from articles.menu import channels, menu, single_pages
from articles.models import Article
from articles.views.paging import paged
from organizations.directory import Directory
from organizations.models import Level, Organization
from organizations.shown import kept_page, shows
from plans.models import Target, WorkPlan

from . import front as front_page
from .errors import old_address

OF_A_LEVEL = 12
"""So many of a union's own subordinates of one level are named; the directory has all."""
LONGEST_GAP = 3
"""Years in a row without a plan that are told one by one."""


@require_safe
def icon(request, name: str):
    """The icons that browsers ask for at the root without being told of them."""
    response = redirect(static(f"icons/{name}"))
    response.headers["Cache-Control"] = "max-age=86400"
    return response


@require_safe
def front(request):
    """The front page; with a query that an old portal told its articles apart by (/?p=12), on to that article."""
    if request.GET and (old := old_address(request)):
        return old
    shows("articles", "plans", "collections")
    levels = Directory().levels
    plans = front_page.plans(levels)
    context = {
        "front": True,
        "news": front_page.news(menu(request), channels(request)),
        "plans": plans,
        "figures": front_page.figures(plans),
        "levels": front_page.organizations_by_level(levels),
        "collections": front_page.collections(),
        "guide": single_pages(request),
    }
    return render(request, "unioncms/front.html", context)


@require_safe
def organization(request, slug: str):
    """A union: its plans by year, who stands above and below it, and its news: its own and that of those below it.

    ?news=own shows the one, ?news=below the other.
    """
    found = get_object_or_404(Organization.objects.select_related("level"), slug=slug)
    which = request.GET.get("news", "")
    if which not in ("", "own", "below"):
        raise Http404
    below = _below(found)
    context = {
        "organization": found,
        "which": which,
        "page": paged(request, _news(found, which, alone=not below).for_lists().newest()),
        "years": _years(found),
        "above": list(Organization.objects.ancestors(found)),
        "below": below,
        "below_total": sum(total for _level, _rows, total in below),
    }
    return render(request, "unioncms/organization.html", context)


def _news(found: Organization, which: str, *, alone: bool):
    rows = Article.objects.published()
    if which == "own" or alone:
        return rows.filter(organization=found)
    around = Organization.objects.below(found) if which == "below" else Organization.objects.subtree(found)
    return rows.filter(organization__in=around.order_by().values("pk"))


def _below(found: Organization) -> list[tuple[Level | None, list[Organization], int]]:
    """(level, the first OF_A_LEVEL bodies just below `found` of that level, how many there are), in one query."""
    rank = Window(RowNumber(), partition_by="level", order_by="path")
    total = Window(Count("pk"), partition_by="level")
    rows = found.children.annotate(rank=rank, total=total).filter(rank__lte=OF_A_LEVEL).select_related("level")
    groups: dict[Level | None, list[Organization]] = {}
    for row in sorted(rows, key=lambda row: (row.level is None, row.level.position if row.level else 0, row.path)):
        groups.setdefault(row.level, []).append(row)
    return [(level, members, members[0].total) for level, members in groups.items()]


def _years(found: Organization) -> list[tuple[int, list[WorkPlan]]]:
    """Every year from the last to the first plan in force with its public plans; in public a plan is its article.

    Of a long time without a plan no year is told.
    """
    plans = (
        WorkPlan.objects.in_force()
        .filter(organization=found, article__in=Article.objects.published().order_by().values("pk"))
        .annotate(
            clause_count=Count("clauses", filter=Q(clauses__depth=1, clauses__broken=False), distinct=True),
            target_count=Count(
                "targets", filter=Q(targets__kind__in=Target.FORWARD, targets__broken=False), distinct=True
            ),
        )
        .select_related("article")
        .order_by("role", "starts_on", "pk")
    )
    by_year: dict[int, list[WorkPlan]] = {}
    for plan in plans:
        for year in range(plan.starts_on.year, min(plan.ends_on.year, plan.starts_on.year + 9) + 1):
            by_year.setdefault(year, []).append(plan)
    rows: list[tuple[int, list[WorkPlan]]] = []
    for year in sorted(by_year, reverse=True):
        if rows and rows[-1][0] - year - 1 <= LONGEST_GAP:
            rows += [(missing, []) for missing in range(rows[-1][0] - 1, year, -1)]
        rows.append((year, by_year[year]))
    return rows
