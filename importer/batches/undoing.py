"""Taking an import back."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import publishing, revisions
from articles.models import Article, Collection
from importer.batches import particulars
from importer.models import ImportBatch, ImportedArticle, ImportItem
from organizations import rights
from organizations.audit import record
from plans import filing as plan_filing
from plans.models import Target, WorkPlan

NAMED = 10  # articles that a refusal names


@transaction.atomic
def undo(batch: ImportBatch, by, reason: str = "", *, untouched_only: bool = False) -> int:
    """Take back what `batch` made or revised, and what waits in it; returns how many articles.

    Articles it made are withdrawn and put into the trash, their plans back to draft; to older articles the text they
    had before is given back as a new revision, and the particulars that were taken from the file. Where somebody has
    worked on some of them since, the whole is refused with their titles (code "edited"), or with `untouched_only` these
    stay as they are. It needs the right to write, and to withdraw what is public, to redate what was given another
    date. Raises PermissionDenied or ValidationError.
    """
    batch = ImportBatch.objects.select_for_update(of=("self",)).select_related("owner").get(pk=batch.pk)
    if by is not None:
        rights.require(by, "write", batch.owner)
    if batch.undone_at:
        return 0
    reason = reason.strip() or _("The import was taken back.")
    count = 0
    rows = [(row, _earlier(row, batch)) for row in _rows(batch)]
    all_rows = rows
    rows = [(row, earlier) for row, earlier in rows if earlier is None or earlier.revision_id != row.revision_id]
    there = [row for row, earlier in rows if row.article.state != Article.State.TRASHED]
    touched = [row.article for row in there if _worked_on(row)]
    if touched and not untouched_only:
        named = "、".join(f"《{article}》" for article in touched[:NAMED])
        raise ValidationError(
            _("Edited since: %(titles)s (%(count)d in all). Take back only what nobody edited, or undo these by hand.")
            % {"titles": named, "count": len(touched)},
            code="edited",
        )
    for row, earlier in all_rows:
        if earlier and row.article not in touched and row.article.state != Article.State.TRASHED:
            described = particulars.give_back(row, earlier, by)
            count += described and (row, earlier) not in rows
    for row, earlier in rows:
        if row.article not in touched:
            count += _give_back(row, earlier, by) if earlier else _take_away(row.article, by, reason)
    made = batch.items.exclude(articles__article__in=touched).values("collection")
    Collection.objects.filter(pk__in=made).update(is_public=False)
    now = timezone.now()
    waiting = Q(outcome__in=ImportItem.WAITING) | Q(outcome=ImportItem.Outcome.QUEUED)
    batch.items.filter(waiting).update(
        outcome=ImportItem.Outcome.DISMISSED, message=reason, decided_by=by, decided_at=now
    )
    batch.undone_at = now
    batch.save(update_fields=["undone_at"])
    record("undo import", batch, by=by, organization=batch.owner, note=reason)
    return count


def _rows(batch: ImportBatch) -> list[ImportedArticle]:
    """One row an article that the batch made or gave a revision: its last one."""
    rows = ImportedArticle.objects.filter(
        item__batch=batch, item__outcome__in=(ImportItem.Outcome.FILED, ImportItem.Outcome.REVISED, "set_aside")
    ).select_related("article__latest_revision", "article__live_revision", "revision")
    return list({row.article_id: row for row in rows.order_by("pk")}.values())


def _worked_on(row: ImportedArticle) -> bool:
    """Whether the text is another than this batch left, or somebody has worked with the plan's targets."""
    targets = Target.objects.filter(plan__article=row.article).exclude(confirmed_by=None, reports=None)
    return row.revision_id != row.article.latest_revision_id or targets.exists()


def _earlier(row: ImportedArticle, batch: ImportBatch) -> ImportedArticle | None:
    """What the article was imported as before this batch; None where the batch made it."""
    rows = ImportedArticle.objects.filter(article=row.article, item__batch__pk__lt=batch.pk, revision__isnull=False)
    return rows.order_by("-item_id").first()


def _take_away(article: Article, by, reason: str) -> int:
    plan = WorkPlan.objects.filter(article=article).first()
    if plan and plan.state == WorkPlan.State.IN_FORCE:
        plan_filing.back_to_draft(plan, by)
    if article.state == Article.State.PUBLIC:
        publishing.withdraw(article, by, reason)
    if article.state == Article.State.TRASHED:
        return 0
    publishing.trash(article, by)
    return 1


def _give_back(row: ImportedArticle, earlier: ImportedArticle, by) -> int:
    """The text of before as the next revision, public where the undone one was."""
    article = row.article
    if article.state == Article.State.TRASHED:
        return 0
    was_live = article.live_revision_id == row.revision_id
    before = article.revisions.filter(number__lt=row.revision.number).order_by("-number").first()
    if before is None:
        return 0
    try:
        saved = revisions.restore_revision(article, by, before.number)
    except ValidationError:  # it says what the latest one says
        return 0
    ImportedArticle.objects.filter(pk=earlier.pk, revision=before).update(revision=saved)
    article.refresh_from_db()
    if was_live and article.is_public_now:
        publishing.publish(article, by)
    return 1
