"""What must hold in the plans' data."""

from collections.abc import Iterator

from django.db.models import F

from articles.canonical import canonical
from articles.html import plain_text
from organizations.consistency import register

from .filing import text_revision
from .grammar.reading import quote_hash
from .models import Clause, Target, WorkPlan


@register
def quotes_stand() -> Iterator[str]:
    """Each target's sentence stands in its plan's text where it says, or the target is marked broken."""
    plans = WorkPlan.objects.select_related("article__live_revision", "article__latest_revision", "text_revision")
    for plan in plans.iterator(chunk_size=200):
        if plan.text_revision_id != text_revision(plan.article).pk and plan.article.live_revision_id:
            yield f"plan {plan.pk}: its anchors point into another revision than the live one"
        text = canonical(plain_text(plan.text_revision.body))
        for target in plan.targets.filter(broken=False):
            if text[target.start : target.end] != canonical(target.quote):
                yield f"target {target.pk}: its sentence does not stand in the plan's text"
            if target.quote_hash != quote_hash(target.quote):
                yield f"target {target.pk}: its hash is not of its sentence"


@register
def parts_belong_together() -> Iterator[str]:
    """Parents and clauses are of the same plan."""
    for pk in Clause.objects.filter(parent__isnull=False).exclude(parent__plan=F("plan")).values_list("pk", flat=True):
        yield f"clause {pk}: its parent is of another plan"
    for pk in Target.objects.filter(clause__isnull=False).exclude(clause__plan=F("plan")).values_list("pk", flat=True):
        yield f"target {pk}: its clause is of another plan"
