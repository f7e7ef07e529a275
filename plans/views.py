"""The register and the page of a plan, for signed-in staff."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.rendering import render_body
from organizations import rights

from .marks import plan_marks
from .models import Clause, ClauseTheme, Target, WorkPlan
from .register import read_register


def staff_only(view):
    """Outsiders go to the sign-in; an account without a role gets a page that says so and whom to ask."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not rights.may(request.user, "view"):
            return render(request, "plans/no_role.html", status=403)
        return view(request, *args, **kwargs)

    return never_cache(require_safe(login_required(guarded)))


@staff_only
def register(request: HttpRequest) -> HttpResponse:
    """All plans the user may see, filtered, sorted and paged by GET parameters."""
    found = read_register(request.GET, request.user)
    page, address = found.page, found.address
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    context = {
        "section": "plans",
        "register": found,
        "pages": [(number, address.page(number) if isinstance(number, int) else "") for number in numbers],
        "previous_url": address.page(page.number - 1),
        "next_url": address.page(page.number + 1),
        "candidates": [
            (organization, address.with_value("organization", organization.slug))
            for organization in found.filters.form.candidates
        ],
        "may_file": request.user.is_staff and rights.may(request.user, "file_plan"),
    }
    return render(request, "plans/register.html", context)


@staff_only
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan: outline and themes, the text with its targets marked, and each target beside its sentence."""
    row = get_object_or_404(_whole_plans(request.user), pk=pk)
    targets = list(row.targets.all())
    context = {
        "section": "plans",
        "plan": row,
        "clauses": _nested(list(row.clauses.all()), targets),
        "body": render_body(row.text_revision.body, _marks(row)),
        "promises": [target for target in targets if target.kind in Target.FORWARD],
        "figures": [target for target in targets if target.kind not in Target.FORWARD],
        "article_url": _article_url(row.article, request.user),
        "may_edit": request.user.is_staff and rights.may(request.user, "file_plan", row),
    }
    return render(request, "plans/plan.html", context)


def _whole_plans(user):
    """Plans with all that their page shows, in a fixed number of queries."""
    themes = ClauseTheme.objects.select_related("theme")
    return (
        WorkPlan.objects.visible_to(user)
        .select_related("article__owner", "organization__parent", "level_then", "text_revision", "replaces")
        .prefetch_related(
            Prefetch("clauses", queryset=Clause.objects.defer("text")),
            Prefetch("clauses__theme_ranks", queryset=themes),
            "targets",
            "replaced_by",
        )
    )


def _nested(clauses: list[Clause], targets: list[Target]) -> list[dict]:
    """The outline as a tree: clause, themes, number of promises in it and below, children."""
    nodes = {row.pk: {"clause": row, "promises": 0, "children": []} for row in clauses}
    parents = {row.pk: row.parent_id for row in clauses}
    for target in targets:
        at = target.clause_id if target.kind in Target.FORWARD else None
        while at in nodes:
            nodes[at]["promises"] += 1
            at = parents[at]
    for pk, node in nodes.items():
        if parents[pk] is not None:
            nodes[parents[pk]]["children"].append(node)
    return [node for pk, node in nodes.items() if parents[pk] is None]


def _marks(row: WorkPlan) -> list:
    """Places of clauses and promises; the other figures are marked on the article's own page only."""
    return [mark for mark in plan_marks(row.article, row.text_revision) if mark.kind != "figure"]


def _article_url(article, user) -> str:
    """Where the text can be read: its public page, else the preview for those who may see it, else nowhere."""
    if article.is_public_now:
        return article.get_absolute_url()
    return reverse("article-preview", args=[article.pk]) if rights.may(user, "view", article) else ""
