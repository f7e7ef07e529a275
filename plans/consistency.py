"""What must hold in the plans' data."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef

from articles.canonical import canonical
from articles.html import plain_text
from organizations.consistency import register

from .anchoring import words_of
from .grammar.quotes import quote_hash
from .models import Clause, Evidence, ProgressReport, Target, WorkPlan
from .proposals import text_revision
from .theming import astray


@register
def quotes_stand() -> Iterator[str]:
    """Each target's sentence and each clause's heading stands in its plan's text where it says, or is marked broken."""
    plans = WorkPlan.objects.select_related("article__live_revision", "article__latest_revision", "text_revision")
    for plan in plans.iterator(chunk_size=200):
        if plan.text_revision_id != text_revision(plan.article).pk and plan.article.live_revision_id:
            yield f"plan {plan.pk}: its anchors point into another revision than the live one"
        text = canonical(plain_text(plan.text_revision.body))
        for target in plan.targets.all():
            if not target.broken and text[target.start : target.end] != words_of(target):
                yield f"target {target.pk}: its sentence does not stand in the plan's text"
            if target.quote_hash != quote_hash(target.quote):
                yield f"target {target.pk}: its hash is not of its sentence"
        for clause in plan.clauses.filter(broken=False).defer("text"):
            if text[clause.start : clause.end] != words_of(clause):
                yield f"clause {clause.pk}: its heading does not stand in the plan's text"


@register
def parts_belong_together() -> Iterator[str]:
    """Parents and clauses are of the same plan."""
    for pk in Clause.objects.filter(parent__isnull=False).exclude(parent__plan=F("plan")).values_list("pk", flat=True):
        yield f"clause {pk}: its parent is of another plan"
    for pk in Target.objects.filter(clause__isnull=False).exclude(clause__plan=F("plan")).values_list("pk", flat=True):
        yield f"target {pk}: its clause is of another plan"


@register
def themes_follow() -> Iterator[str]:
    """The theme of each target is the one that theming gives it."""
    for pk in astray().values_list("pk", flat=True):
        yield f"target {pk}: its theme is not that of its clause; run plans.theming.follow_themes on its plan"


@register
def progress_has_its_target() -> Iterator[str]:
    """Whatever was reported or judged is of a target that is there and promises something, corrections of the same."""
    there = Exists(Target.objects.filter(pk=OuterRef("target_id")))
    for model in (ProgressReport, Evidence):
        for pk in model.objects.order_by().exclude(there).values_list("pk", flat=True):
            yield f"{model._meta.verbose_name} {pk}: its target has vanished"
    reports = ProgressReport.objects.order_by()
    for pk in reports.filter(there).exclude(target__kind__in=Target.FORWARD).values_list("pk", flat=True):
        yield f"progress report {pk}: its target promises nothing"
    for pk in reports.filter(corrects__isnull=False).exclude(corrects__target=F("target")).values_list("pk", flat=True):
        yield f"progress report {pk}: it corrects one of another target"
