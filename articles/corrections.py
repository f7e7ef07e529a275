"""Scheduled corrections: a newer text of a public article that takes the live one's place at a set time.

The background worker applies what is due at that time; `manage.py apply_due` does the same, for cron and for a task
that was lost. Times are decided in the database, so running twice, late or after a correction was taken back is safe.
"""

import datetime
import logging

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.tasks import task
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations import rights
from organizations.audit import record
from organizations.forms import sentence

from .going_live import drop_correction, forget_correction, make_live, require_fit
from .locking import lock
from .models import Article, Revision
from .reviewing import set_review_stage

LATE = datetime.timedelta(minutes=2)
"""So long after its time a correction counts as late: no worker runs."""

logger = logging.getLogger(__name__)


@transaction.atomic
def schedule(article: Article, by, at: datetime.datetime) -> Article:
    """Have the latest text take the live one's place at `at`; an earlier such plan is replaced.

    The text is fixed now: what is saved later does not change it. It needs what publishing needs, and an article that
    is public then. Raises PermissionDenied or ValidationError.
    """
    locked = lock(article)
    revision = locked.latest_revision
    if by is not None:
        rights.require(by, "publish", locked)
        rights.require(by, "publish", Article(owner=locked.owner, channel=revision.channel))
    if locked.state != Article.State.PUBLIC or (locked.withdraw_at and locked.withdraw_at <= timezone.now()):
        raise ValidationError(_("Only a public article is corrected at a set time. Publish this one."), code="state")
    if locked.live_revision_id == revision.pk:
        raise ValidationError(_("There is no newer text. Change it and save before you set a time."), code="live")
    if at <= timezone.now() or (locked.publish_at and at <= locked.publish_at):
        raise ValidationError({"at": _("Choose a time that lies ahead, after the article's own start.")}, code="at")
    _require_public_at(locked, at)
    require_fit(revision)
    locked.correction, locked.correct_at, locked.correction_by, locked.correction_failure = revision, at, by, ""
    set_review_stage(locked)
    locked.save()
    after = {"correct_at": at.isoformat()}
    record("schedule correction", locked, by=by, organization=locked.owner, revision=revision.number, after=after)
    transaction.on_commit(lambda: _wake_worker(at))
    article.refresh_from_db()
    return article


@transaction.atomic
def cancel(article: Article, by) -> Article:
    """Take a scheduled correction back; its text stays as a draft beside the live one."""
    locked = lock(article)
    if by is not None:
        rights.require(by, "publish", locked)
    if locked.correction_id is None:
        raise ValidationError(_("No correction is scheduled for this article."), code="state")
    drop_correction(locked, by)
    set_review_stage(locked)
    locked.save()
    article.refresh_from_db()
    return article


def apply(pk: int, by=None) -> str | None:
    """Apply the correction of article `pk` if its time has come; returns "", why it failed, or None: nothing to do.

    It is the publication of whoever set the time, who must still have the right to it. One that failed waits for
    somebody to try again, who is then `by`.
    """
    with transaction.atomic():
        locked = lock(Article(pk=pk))
        if by is not None:
            rights.require(by, "publish", locked)
        failed = locked.correction_failure and by is None
        if locked.correction_id is None or locked.correct_at > timezone.now() or failed:
            return None
        revision, actor = locked.correction, by or locked.correction_by
        entry = {"by": actor, "organization": locked.owner, "revision": revision.number}
        entry["after"] = {"correct_at": locked.correct_at.isoformat(), "scheduled_by": str(locked.correction_by or "")}
        try:
            with transaction.atomic():
                _require_still_entitled(locked, revision, actor)
                _require_public_at(locked, timezone.now())
                forget_correction(locked)
                make_live(locked, revision, actor)
                record("correct", locked, **entry)
        except (ValidationError, PermissionDenied) as refusal:
            why = sentence(refusal)
            Article.objects.filter(pk=pk).update(correction_failure=why)
            record("correction failed", locked, note=why, **entry)
            return why
    return ""


def apply_due() -> list[tuple[Article, str]]:
    """Apply every correction whose time has come: the articles that had one, each with "" or why it failed.

    What one of them throws never stops the others; it stays late and is tried again the next time.
    """
    done = []
    due = Article.objects.filter(correct_at__lte=timezone.now(), correction_failure="").order_by("correct_at", "pk")
    for article in due.only("pk", "title"):
        try:
            result = apply(article.pk)
        except Exception as error:
            logger.exception("The correction of article %d could not be applied", article.pk)
            result = str(error) or type(error).__name__
        if result is not None:
            done.append((article, result))
    return done


def late_or_failed(user):
    """The articles whose correction is late or has failed and which `user` may publish."""
    missed = ~Q(correction_failure="") | Q(correct_at__lt=timezone.now() - LATE)
    return Article.objects.within(user, "publish").filter(missed, correct_at__isnull=False)  # as its index says


def _require_still_entitled(article: Article, revision: Revision, actor) -> None:
    """Refuse a correction set by somebody who may not publish any more, there or in the channel it is meant for."""
    meant = Article(owner=article.owner, channel=revision.channel)
    if actor is None or not all(rights.may(actor, "publish", one) for one in (article, meant)):
        raise ValidationError(
            _("Whoever set this time may not publish any more. Somebody who may has to set it anew."), code="right"
        )


def _require_public_at(article: Article, at: datetime.datetime) -> None:
    """Refuse a time at which nobody reads the article any more: a correction would bring it back."""
    if article.withdraw_at and article.withdraw_at <= at:
        raise ValidationError({"at": _("The article's time has ended by then; a correction does not bring it back.")})


@task
def apply_due_corrections() -> int:
    """For the worker, at the time of a correction: everything that is due by then, so that a lost task is made up."""
    return len(apply_due())


def _wake_worker(at: datetime.datetime) -> None:
    """Have the worker come at `at`; a backend that cannot wait leaves it to `manage.py apply_due`."""
    if apply_due_corrections.get_backend().supports_defer:
        apply_due_corrections.using(run_after=at).enqueue()
