"""What a plan adds to the page of its article: places that can be linked to, and its targets beside the text."""

from articles.anchors import OLD
from articles.extensions import Mark, register_asides, register_marks
from articles.html import plain_text

from .anchoring import find_again
from .models import Clause, Target, WorkPlan


def _parts(article) -> tuple[list[Clause], list[Target]]:
    """Clauses and targets of the article's plan with the plan, in two queries, once for each article object."""
    if not hasattr(article, "_plan_parts"):
        clauses = Clause.objects.filter(plan__article=article, broken=False).select_related("plan").defer("text")
        targets = Target.objects.filter(plan__article=article, broken=False).select_related("plan").defer("quote")
        article._plan_parts = list(clauses), list(targets)
    return article._plan_parts


@register_marks
def plan_marks(article, revision) -> list[Mark]:
    """A mark for each clause and for each target whose sentence stands in the text.

    Spans speak of the plan's own revision. In another one (a preview) the marks stand where its publication would find
    the words again, as anchoring.reanchor does, and there are none for words that are gone.
    """
    clauses, targets = _parts(article)
    kinds = [(row, "clause") for row in clauses]
    kinds += [(row, "target" if row.kind in Target.FORWARD else "figure") for row in targets]
    if kinds and kinds[0][0].plan.text_revision_id != revision.pk:
        places = _found_again(clauses, targets, revision)
    else:
        places = {row: (row.start, row.end) for row, _kind in kinds if row.start < row.end}
    marks = [Mark(*places[row], row.anchor, kind) for row, kind in kinds if row in places]
    return marks + [Mark(*places[row], row.old_anchor, OLD) for row in clauses if row in places and row.old_anchor]


def _found_again(clauses: list[Clause], targets: list[Target], revision) -> dict:
    """The spans in `revision` of the clauses and targets whose words its publication would find again."""
    quotes = dict(Target.objects.filter(pk__in=[row.pk for row in targets]).values_list("pk", "quote"))
    for target in targets:
        target.quote = quotes[target.pk]
    own = (clauses or targets)[0].plan.text_revision
    return find_again(clauses, targets, plain_text(own.body), plain_text(revision.body)).places


@register_asides
def targets_in_the_text(article) -> dict | None:
    """文中的指标: the targets of a plan in force beside its article."""
    targets = [
        target
        for target in _parts(article)[1]
        if target.kind in Target.FORWARD and target.plan.state == WorkPlan.State.IN_FORCE
    ]
    return {"template": "plans/page/aside.html", "context": {"targets": targets}} if targets else None
