"""Taking an import back."""

from django.db import transaction
from django.utils import timezone

from articles import publishing
from articles.models import Article, Collection
from organizations.audit import record
from plans import filing as plan_filing
from plans.models import WorkPlan

from .models import ImportBatch


@transaction.atomic
def undo(batch: ImportBatch, by, reason: str = "", *, untouched_only: bool = False) -> int:
    """Take back what `batch` made: plans to draft, articles withdrawn and put into the trash. Returns how many.

    Articles that were there before the batch keep the revision it gave them; their history shows it.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.undone_at:
        return 0
    made = Article.objects.filter(import_records__item__batch=batch).exclude(
        import_records__item__batch__pk__lt=batch.pk
    )
    count = 0
    for article in made.distinct():
        plan = WorkPlan.objects.filter(article=article).first()
        if plan and plan.state == WorkPlan.State.IN_FORCE:
            plan_filing.back_to_draft(plan, by)
        if article.state == Article.State.PUBLIC:
            publishing.withdraw(article, by, reason)
        if article.state != Article.State.TRASHED:
            publishing.trash(article, by)
            count += 1
    Collection.objects.filter(pk__in=batch.items.values("collection")).update(is_public=False)
    batch.undone_at = timezone.now()
    batch.save()
    record("undo import", batch, by=by, organization=batch.owner, note=reason)
    return count
