"""How a revision becomes what readers have: the one way there, taken by publishing.py and corrections.py.

Every function here works on a locked article within its caller's transaction.
"""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.audit import record

from . import listing, search
from .extensions import article_published
from .html import plain_text
from .models import Article, Revision
from .next_revision import copy_to_article
from .particulars import same
from .reviewing import require_passed, set_review_stage


def make_live(locked: Article, revision: Revision, by, *, at=None) -> None:
    """Let readers have `revision` of a locked article: the one way there, for publish() and scheduled corrections.

    Raises ValidationError where the revision is not fit for it (require_fit) or the date lies after the publication.
    """
    now = timezone.now()
    revision.article = locked  # what is asked of it below need not be read again
    require_fit(revision)
    if locked.has_been_public:
        tell_readers(locked, revision, now)
    else:
        start(locked, at or now)
        locked.publish_at = at
        if locked.withdraw_at and locked.withdraw_at <= (at or now):
            raise ValidationError(
                {"withdraw_at": _("It would be withdrawn before it is public. Choose a later end or empty it.")},
                code="end",
            )
    locked.state = Article.State.PUBLIC
    locked.live_revision = revision
    locked.withdrawal_reason = locked.withdrawal_kind = ""
    locked.withdrawn_at = locked.merged_into = None
    if locked.withdraw_at and locked.withdraw_at <= now:
        locked.withdraw_at = None
    if locked.correction_id and locked.correction.number <= revision.number:
        drop_correction(locked, by, _("Another publication took its place."))
    set_review_stage(locked)
    copy_to_article(locked, revision)
    locked.save()
    search.index(locked)
    listing.follow(locked)
    article_published.send(Article, article=locked, revision=revision, by=by, new=False)


def start(article: Article, moment) -> None:
    """Stamp the first publication of an article, and its date where it has none of its own (R8)."""
    forget_start(article)
    article.first_published_at = moment
    if article.published_at and article.published_at > moment and not article.imported:
        raise ValidationError(_("Its date lies after its publication. Change the date first."), code="date")
    if article.published_at is None and not article.imported:
        article.published_at = moment


def require_fit(revision: Revision) -> None:
    """Refuse a revision without a text, or one that its channel's review has not passed."""
    if not plain_text(revision.body).strip():
        raise ValidationError(_("The article has no text yet. Write it before you publish."), code="empty")
    require_passed(revision)


def drop_correction(article: Article, by, note: str = "") -> None:
    """Take the scheduled correction of a locked article back, if there is one, and say so in the audit trail."""
    if article.correction_id is None:
        return
    number, before = article.correction.number, {"correct_at": article.correct_at.isoformat()}
    forget_correction(article)
    owner = article.owner
    record("cancel correction", article, by=by, organization=owner, revision=number, before=before, note=note)


def forget_correction(article: Article) -> None:
    """Empty what a scheduled correction of a locked article is kept in; the caller saves it."""
    article.correction = article.correct_at = article.correction_by = None
    article.correction_failure = ""


def tell_readers(article: Article, revision: Revision, now) -> None:
    """Add the note of a major change to those that readers of `article`, which has been public, find below the text.

    It is this revision's own alone: what an earlier one would have said, its reviewers may have refused.
    """
    if revision.major and revision.pk != article.live_revision_id:
        article.changes = [*article.changes, {"at": now.isoformat(), "note": revision.public_note}]
        article.revised_at = now


def forget_start(article: Article) -> None:
    """Take back a first publication that still lies ahead, and the date that was stamped from it."""
    stamped = article.first_published_at
    if stamped and article.published_at and not article.imported and same(article.published_at, stamped):
        article.published_at = None
    article.first_published_at = article.publish_at = None
