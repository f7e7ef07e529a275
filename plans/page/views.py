"""The page of a plan, for signed-in staff."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from articles.rendering import render_body
from organizations import rights
from plans.access import staff_only
from plans.marks import plan_marks
from plans.models import Clause, ClauseTheme, Target, WorkPlan


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
    return render(request, "plans/page/plan.html", context)


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
