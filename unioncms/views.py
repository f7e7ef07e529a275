"""The pages that show several rooms: the front page and a union's own page."""

from django.db.models import Count, Q, Window
from django.db.models.functions import RowNumber
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from articles.listing import organization_list
from articles.long_lists import OfListing, with_counts
from articles.menu import channels, menu, single_pages
from articles.models import Article
from articles.months import untimely
from articles.views.paging import PAGE_SIZE, paged
from organizations.directory import Directory
from organizations.kept import kept
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
@kept_page(ignores_others=False)
def front(request):
    """The front page; with a query that an old portal told its articles apart by (/?p=12), on to that article."""
    if request.GET and (old := old_address(request)):
        return old
    shows("articles")
    levels = Directory().levels
    plans, figures = kept("front-plans", ["plans"], lambda: front_page.plans_and_figures(levels))
    by_level = kept("front-levels", (), lambda: front_page.organizations_by_level(levels))
    context = {
        "front": True,
        "news": front_page.news(menu(request), channels(request)),
        "plans": plans,
        "figures": figures,
        "levels": by_level,
        "collections": kept("front-collections", ["collections"], front_page.collections),
        "guide": single_pages(request),
    }
    return render(request, "unioncms/front.html", context)


@require_safe
@kept_page("page", "news")
def organization(request, slug: str):
    """A union: its plans by year, who stands above and below it, and its news: its own and that of those below it.

    ?news=own shows the one, ?news=below the other.
    """
    found = get_object_or_404(with_counts(Organization.objects.select_related("level")), slug=slug)
    shows(f"organization:{found.path}", f"plans:{found.pk}")
    which = request.GET.get("news", "")
    if which not in ("", "own", "below"):
        raise Http404
    below = _below(found)
    context = {
        "organization": found,
        "which": which,
        "page": _news(request, found, which, alone=not below),
        "years": _years(found),
        "above": list(Organization.objects.ancestors(found)),
        "below": below,
        "below_total": sum(total for _level, _rows, total in below),
    }
    return render(request, "unioncms/organization.html", context)


def _news(request, found: Organization, which: str, *, alone: bool):
    rows, own = Article.objects.published().for_lists(), found.own_count
    if which == "own" or alone:
        rows = rows.filter(organization=found).newest()
        return paged(request, rows, count=own - sum(one.organization == found.pk for one in untimely()))
    listed = OfListing(rows, organization_list(found), PAGE_SIZE, but=found if which == "below" else None)
    return paged(request, listed, count=found.whole_count - (own if which == "below" else 0) - listed.off)


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
