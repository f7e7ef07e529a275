"""The pages that show several rooms: the front page, the directory of unions, a union's own page."""

from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.menu import channels, menu
from articles.models import Article
from articles.views.paging import paged
from organizations.models import Organization
from plans.models import Target, WorkPlan

from . import front as front_page
from .errors import old_address

LEVEL_SAMPLE = 30
DIRECTORY_PAGE = 120
SUBORDINATES = 60
LONGEST_ROW_OF_YEARS = 12


@require_safe
def front(request):
    """The front page; with a query that an old portal told its articles apart by (/?p=12), on to that article."""
    if request.GET and (old := old_address(request)):
        return old
    news = front_page.news()
    context = {
        "front": True,
        "news": news,
        "sections": front_page.sections(menu(request), channels(request), news.shown),
        "figures": front_page.figures(),
        "levels": front_page.organizations_by_level(),
        "collections": front_page.collections(),
    }
    return render(request, "unioncms/front.html", context)


@require_safe
def organizations(request):
    """The public tree by level; ?level= shows all of one."""
    code = request.GET.get("level", "")
    if not code:
        levels = front_page.organizations_by_level(LEVEL_SAMPLE)
        return render(request, "unioncms/organizations.html", {"levels": levels})
    rows = Organization.objects.placed().filter(level=code).select_related("level", "parent")
    page = paged(request, rows, DIRECTORY_PAGE)
    if not page.paginator.count:
        raise Http404
    return render(request, "unioncms/organizations_level.html", {"page": page, "level": page.object_list[0].level})


@require_safe
def organization(request, slug: str):
    """A union: its news with that of its subordinates, its plans by year, who stands above and below it."""
    found = get_object_or_404(Organization.objects.select_related("level"), slug=slug)
    inside = Organization.objects.subtree(found).order_by().values("pk")
    page = paged(request, Article.objects.published().filter(organization__in=inside).for_lists().newest())
    below = list(found.children.select_related("level").order_by("path")[: SUBORDINATES + 1])
    context = {
        "organization": found,
        "page": page,
        "years": _years(found),
        "above": list(Organization.objects.ancestors(found)),
        "below": below[:SUBORDINATES],
        "more_below": len(below) > SUBORDINATES,
    }
    return render(request, "unioncms/organization.html", context)


def _years(found: Organization) -> list[tuple[int, list[WorkPlan]]]:
    """Every year from the first to the last plan in force with its public plans; in public a plan is its article."""
    plans = (
        WorkPlan.objects.in_force()
        .filter(organization=found, article__in=Article.objects.published().order_by().values("pk"))
        .annotate(
            clause_count=Count("clauses", filter=Q(clauses__depth=1), distinct=True),
            target_count=Count("targets", filter=Q(targets__kind__in=Target.FORWARD), distinct=True),
        )
        .select_related("article")
        .order_by("starts_on", "pk")
    )
    by_year: dict[int, list[WorkPlan]] = {}
    for plan in plans:
        for year in range(plan.starts_on.year, min(plan.ends_on.year, plan.starts_on.year + 9) + 1):
            by_year.setdefault(year, []).append(plan)
    if not by_year:
        return []
    last = max(by_year)
    first = max(min(by_year), last - LONGEST_ROW_OF_YEARS + 1)
    return [(year, by_year.get(year, [])) for year in range(first, last + 1)]
