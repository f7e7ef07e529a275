"""How a revision becomes what readers have: the one way there, taken by publishing.py and corrections.py.

Every function here works on a locked article within its caller's transaction.
"""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from . import search
from .extensions import article_published
from .html import plain_text
from .models import Article, Revision
from .particulars import same
from .reviewing import require_passed, set_review_stage
from .text import first_sentences

COPIED = ("title", "kicker", "summary", "author", "lead_image", "characters", "complete", "channel")


def copy_to_article(article: Article, revision: Revision) -> None:
    """Write the copies that lists show. The only writer of them and of the article's tags."""
    for name in COPIED:
        setattr(article, name, getattr(revision, name))
    article.summary = revision.summary or first_sentences(revision.body)
    article.tags.set(revision.tags)


def make_live(locked: Article, revision: Revision, by, *, at=None) -> None:
    """Let readers have `revision` of a locked article: the one way there, for publish() and scheduled corrections.

    Raises ValidationError where the revision is not fit for it (require_fit) or the date lies after the publication.
    """
    now = timezone.now()
    require_fit(revision)
    if locked.has_been_public:
        _tell_readers(locked, revision, now)
    else:
        forget_start(locked)
        locked.first_published_at = at or now
        if locked.published_at and locked.published_at > locked.first_published_at and not locked.imported:
            raise ValidationError(_("Its date lies after its publication. Change the date first."), code="date")
        if locked.published_at is None and not locked.imported:
            locked.published_at = at or now
        locked.publish_at = at
    locked.state = Article.State.PUBLIC
    locked.live_revision = revision
    locked.withdrawal_reason = locked.withdrawal_kind = ""
    locked.withdrawn_at = locked.merged_into = None
    if locked.withdraw_at and locked.withdraw_at <= now:
        locked.withdraw_at = None
    if locked.correction_id and locked.correction.number <= revision.number:
        forget_correction(locked)
    set_review_stage(locked)
    copy_to_article(locked, revision)
    locked.save()
    search.index(locked)
    article_published.send(Article, article=locked, revision=revision, by=by)


def require_fit(revision: Revision) -> None:
    """Refuse a revision without a text, or one that its channel's review has not passed."""
    if not plain_text(revision.body).strip():
        raise ValidationError(_("The article has no text yet. Write it before you publish."), code="empty")
    require_passed(revision)


def forget_correction(article: Article) -> None:
    """Take the scheduled correction of a locked article back; the caller saves it."""
    article.correction = article.correct_at = article.correction_by = None
    article.correction_failure = ""


def _tell_readers(article: Article, revision: Revision, now) -> None:
    """Add what major changes since the live revision tell readers to the article's change notes."""
    since = article.live_revision.number if article.live_revision_id else 0
    majors = article.revisions.filter(number__gt=since, number__lte=revision.number, major=True).order_by("number")
    notes = list(dict.fromkeys(majors.values_list("public_note", flat=True)))
    if notes:
        article.changes = [*article.changes, *({"at": now.isoformat(), "note": note} for note in notes)]
        article.revised_at = now


def forget_start(article: Article) -> None:
    """Take back a first publication that still lies ahead, and the date that was stamped from it."""
    stamped = article.first_published_at
    if stamped and article.published_at and not article.imported and same(article.published_at, stamped):
        article.published_at = None
    article.first_published_at = article.publish_at = None
