"""What a plan adds to the page of its article: places that can be linked to, and its targets beside the text."""

from articles.extensions import Mark, register_asides, register_marks

from .models import Clause, Target, WorkPlan


def _parts(article) -> tuple[list[Clause], list[Target]]:
    """Clauses and targets of the article's plan with the plan, in two queries, once for each article object."""
    if not hasattr(article, "_plan_parts"):
        clauses = Clause.objects.filter(plan__article=article).select_related("plan").defer("text")
        targets = Target.objects.filter(plan__article=article, broken=False).select_related("plan").defer("quote")
        article._plan_parts = list(clauses), list(targets)
    return article._plan_parts


@register_marks
def plan_marks(article, revision) -> list[Mark]:
    """A mark for each clause and for each target whose sentence stands in the text.

    Spans speak of the plan's own revision: another one gets no marks rather than marks at wrong words.
    """
    clauses, targets = _parts(article)
    marks = [Mark(row.start, row.end, row.anchor, "clause") for row in clauses if _speaks_of(row, revision)]
    marks += [
        Mark(row.start, row.end, row.anchor, "target" if row.kind in Target.FORWARD else "figure")
        for row in targets
        if _speaks_of(row, revision)
    ]
    return marks


def _speaks_of(row: Clause | Target, revision) -> bool:
    return row.plan.text_revision_id == revision.pk and row.start < row.end


@register_asides
def targets_in_the_text(article) -> dict | None:
    """文中的指标: the targets of a plan in force beside its article."""
    targets = [
        target
        for target in _parts(article)[1]
        if target.kind in Target.FORWARD and target.plan.state == WorkPlan.State.IN_FORCE
    ]
    return {"template": "plans/aside.html", "context": {"targets": targets}} if targets else None
