"""What the page of a plan shows, by a fixed number of queries."""

import datetime
from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count, Prefetch, Q
from django.urls import reverse
from django.utils.dateparse import parse_datetime

from organizations import rights
from plans.grammar.quantities import find_quantities
from plans.grammar.widths import fold
from plans.models import Clause, ClauseTheme, Evidence, PlanEdit, Target, WorkPlan
from plans.progress.charts import Chart, sparks_of
from plans.progress.states import Progress, State, progress_of

from .marked import Reference, marked_text
from .verbs import may_edit

EDITS_READ = 60


@dataclass
class Node:
    """A clause in the outline: the promises in it and below it, what stands below it."""

    clause: Clause
    promises: int = 0
    children: list["Node"] = field(default_factory=list)


@dataclass
class Line:
    """A target in the list: its number there, how far it has come, its sentence taken apart around the figure."""

    target: Target
    number: int
    progress: Progress | None
    before: str
    figure: str
    after: str
    chart: Chart | None = None

    @property
    def value(self) -> str:
        """What it has come to, without needless zeros; nothing where nothing is reported."""
        reached = self.progress.value if self.progress else None
        return "" if reached is None else f"{reached.normalize():f}"


@dataclass
class Reanchored:
    """What the last change of the text did: when, how many sentences were found again, which words are lost.

    Of those `reworded` the words stand, but the sentence around them is another one.
    """

    at: datetime.datetime | None
    moved: int
    broken: list[Line]
    reworded: list[Line]
    clauses: list[Clause]


def whole_plans(user):
    """Plans with all that their page shows, in a fixed number of queries."""
    confirmed = Count("evidence", filter=Q(evidence__verdict=Evidence.Verdict.CONFIRMED))
    return (
        WorkPlan.objects.visible_to(user)
        .select_related("article__owner", "organization__parent", "level_then", "text_revision", "replaces")
        .prefetch_related(
            Prefetch("clauses", queryset=Clause.objects.defer("text")),
            Prefetch("clauses__theme_ranks", queryset=ClauseTheme.objects.select_related("theme")),
            Prefetch(
                "targets",
                queryset=Target.objects.select_related("theme", "indicator", "confirmed_by")
                .annotate(proofs=confirmed)
                .order_by("position", "pk"),  # what counts is not ordered by itself
            ),
            "replaced_by",
        )
    )


def context_of(plan: WorkPlan, user, today: datetime.date) -> dict:
    """The page's context: head, sums, outline, marked text, targets with their progress, changes.

    What is no longer in the text, and what was changed, is for the plan's own people: it may never have been public.
    """
    inside = rights.may(user, "view", plan)
    clauses, targets = ([row for row in rows if inside or not row.broken] for rows in _rows(plan))
    progress = progress_of(targets, today, user)
    promises = [target for target in targets if target.kind in Target.FORWARD]
    lines = [_line(row, number, progress.get(row.pk)) for number, row in enumerate(promises, 1)]
    charts = sparks_of(promises, today)
    for line in lines:
        line.chart = charts.get(line.target.pk)
    figures = [row for row in targets if row.kind not in Target.FORWARD]
    editor = may_edit(user, plan)
    states = Counter(one.progress.state for one in lines if one.progress)
    return {
        "section": "plans",
        "plan": plan,
        "clauses": nested(clauses, targets),
        "text": marked_text(plan.text_revision.body, clauses, promises, _references(plan, lines, editor)),
        "lines": lines,
        "figures": [_line(row, len(lines) + place, None) for place, row in enumerate(figures, 1)],
        "states": [(state, states[state]) for state in State if states[state]],
        "article_url": _article_url(plan.article, user),
        "may_edit": editor,
        "at_desk": user.is_staff and rights.may(user, "file_plan", plan),
        "unconfirmed": sum(row.confirmed_at is None for row in promises),
        "reanchored": _reanchored(plan, clauses, lines) if inside else None,
        "edits": list(_edits(plan)) if inside else [],
    }


def _rows(plan: WorkPlan) -> tuple[list[Clause], list[Target]]:
    return list(plan.clauses.all()), list(plan.targets.all())


def _edits(plan: WorkPlan):
    return PlanEdit.objects.filter(plan=plan).select_related("by").defer("before")[:EDITS_READ]


def nested(clauses: list[Clause], targets: list[Target]) -> list[Node]:
    """The outline as a tree."""
    nodes = {row.pk: Node(row) for row in clauses}
    parents = {row.pk: row.parent_id for row in clauses}
    for target in targets:
        at = target.clause_id if target.kind in Target.FORWARD else None
        while at in nodes:
            nodes[at].promises += 1
            at = parents[at]
    for pk, node in nodes.items():
        if parents[pk] in nodes:
            nodes[parents[pk]].children.append(node)
    return [node for pk, node in nodes.items() if parents[pk] not in nodes]


def _line(target: Target, number: int, progress: Progress | None) -> Line:
    quote = target.quote
    for one in find_quantities(fold(quote)):
        if one.number == target.number and one.unit == target.unit:
            return Line(target, number, progress, quote[: one.start], quote[one.start : one.end], quote[one.end :])
    return Line(target, number, progress, quote, "", "")


def _references(plan: WorkPlan, lines: list[Line], editor: bool) -> list[Reference]:
    address = reverse("plan", args=[plan.pk])
    return [
        Reference(one.target.end, one.target.pk, one.number, f"{address}targets/{one.target.pk}/" if editor else "")
        for one in lines
        if not one.target.broken
    ]


def _reanchored(plan: WorkPlan, clauses: list[Clause], lines: list[Line]) -> Reanchored | None:
    """What the last change of the text did, as plans/anchoring.py noted it, less what was put right since."""
    note = plan.reanchored
    if not note:
        return None
    lost, clauses_lost = set(note.get("broken", [])), set(note.get("clauses_broken", []))
    reworded = set(note.get("reworded", []))
    return Reanchored(
        at=parse_datetime(note.get("at") or ""),
        moved=len(note.get("moved", [])),
        broken=[one for one in lines if one.target.pk in lost and one.target.broken],
        reworded=[one for one in lines if one.target.pk in reworded and not one.target.broken],
        clauses=[row for row in clauses if row.pk in clauses_lost and row.broken],
    )


def _article_url(article, user) -> str:
    """Where the text can be read: its public page, else the preview for those who may see it, else nowhere."""
    if article.is_public_now:
        return article.get_absolute_url()
    return reverse("article-preview", args=[article.pk]) if rights.may(user, "view", article) else ""
