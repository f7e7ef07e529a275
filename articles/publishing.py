"""The verbs of an article's life: create, save, publish, withdraw, trash, restore. Those of review: reviewing.py.

Each checks the right and the state, changes everything in one transaction and writes the audit trail. `by` is the
acting user; None stands for a command run on the server itself. A missing right raises PermissionDenied, a wrong
state or text ValidationError with one sentence; then nothing has changed.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations import rights
from organizations.audit import record

from . import listing, search
from .going_live import drop_correction, forget_start, make_live
from .locking import lock
from .making import Draft, make
from .models import Article, Revision
from .next_revision import add_revision, copy_to_article
from .particulars import redate, same
from .reviewing import set_review_stage
from .text import TEXT_FIELDS, cleaned
from .typography import full_width, full_width_html


def _require(by, verb: str, obj) -> None:
    if by is not None:
        rights.require(by, verb, obj)


def _require_channel(by, verb: str, article: Article, channel) -> None:
    """The right in the channel that a text is meant for, which may be another than the article's."""
    if channel.pk != article.channel_id:
        _require(by, verb, Article(owner=article.owner, channel=channel))


@transaction.atomic
def create(*, by, date_reason: str = "", **about) -> Article:
    """A new draft, `about` being what making.Draft is made of.

    A date of one's own is set as particulars.redate does, except where an imported page states it.
    """
    draft = Draft(**about)
    article = make([draft], by)[0].article
    if draft.published_at is not None and not draft.imported:
        redate(article, by, draft.published_at, date_reason, article.published_precision)
        article.save()
        search.index(article)
    return article


@transaction.atomic
def save_revision(
    article: Article,
    by,
    text: dict,
    *,
    base: int | None = None,
    change_note: str = "",
    major: bool | None = None,
    public_note: str = "",
) -> Revision:
    """Save changed `text` as the next revision and return it; an unchanged text returns the latest one.

    `base` is the number of the revision the writer started from: where another text has been saved since, this one is
    refused (code "stale") and nothing is lost, since nothing is changed. A `major` change tells readers what it is in
    `public_note`, one sentence, once it is public; None: what the latest text would have told them, this one does.
    """
    locked = lock(article)
    _require(by, "write", locked)
    if by is not None and locked.state != Article.State.DRAFT:
        _require(by, "edit", locked)
    if locked.state == Article.State.TRASHED:
        raise ValidationError(_("The article is in the trash. Restore it first."), code="state")
    latest = locked.latest_revision
    values = cleaned(text, latest)
    if major is None:
        untold = latest.pk != locked.live_revision_id
        major, public_note = (latest.major, latest.public_note) if untold else (False, "")
    public_note = " ".join(public_note.split()) if major else ""
    told_already = not major and latest.pk == locked.live_revision_id
    same_note = told_already or (latest.major, latest.public_note) == (major, public_note)
    unchanged = same_note and all(values[name] == getattr(latest, name) for name in TEXT_FIELDS)
    if not unchanged and base is not None and base != latest.number:
        raise ValidationError(
            _("%(who)s saved revision %(number)d meanwhile. Your text is kept; bring the two together.")
            % {"who": latest.made_by_name or _("Somebody"), "number": latest.number},
            code="stale",
        )
    if major and not public_note:
        raise ValidationError(
            {"public_note": _("Tell readers in one sentence what changed, or make it a minor change.")}, code="note"
        )
    if unchanged:
        return latest
    _require_channel(by, "write", locked, values["channel"])
    revision = add_revision(locked, values, by, change_note=change_note, major=major, public_note=public_note)
    record("save", locked, by=by, organization=locked.owner, revision=revision.number)
    _refresh(article)
    return revision


def set_full_width(article: Article, by) -> Revision:
    """Save the latest text with its half-width marks made full-width (半角标点改为全角) as the next revision."""
    latest = article.latest_revision
    lines = ("title", "kicker", "subtitle", "summary", "author_title")
    text = {name: full_width(getattr(latest, name)) for name in lines} | {"body": full_width_html(latest.body)}
    return save_revision(article, by, text, base=latest.number, change_note=_("full-width punctuation"))


@transaction.atomic
def publish(article: Article, by, *, at=None, keep_start: bool = False, initial: dict | None = None) -> Article:
    """Make the latest revision the live one, from now or from `at` (a future time, first publication only).

    With `keep_start` a start that was set and lies ahead stays. `initial` is what the writer's form was shown with
    (particulars.describe): where somebody else has set another start since, it is refused (code "stale").

    The first publication is stamped by the system; an article that was not imported and has no date of its own gets
    that time as its date (R8). Neither changes once that time has come; until then it can be set anew.
    """
    locked = lock(article)
    _require(by, "publish", locked)
    revision = locked.latest_revision
    _require_channel(by, "publish", locked, revision.channel)
    if locked.state == Article.State.TRASHED:
        raise ValidationError(_("The article is in the trash. Restore it first."), code="state")
    start = locked.publish_at
    if initial and "publish_at" in initial and not same(initial["publish_at"], start) and not same(at, start):
        label = Article._meta.get_field("publish_at").verbose_name
        raise ValidationError(
            _("%(label)s: changed by somebody else meanwhile. Reload the page.") % {"label": label}, code="stale"
        )
    if keep_start and start and not locked.has_been_public:
        if locked.live_revision_id == revision.pk:
            return locked
        at = start
    if at is not None and (locked.has_been_public or at <= timezone.now()):
        raise ValidationError(_("A start time must lie ahead and the article must not have been public."), code="at")
    if locked.is_public_now and locked.live_revision_id == revision.pk:
        return locked
    make_live(locked, revision, by, at=at)
    record("schedule" if at else "publish", locked, by=by, organization=locked.owner, revision=revision.number)
    _refresh(article)
    return article


@transaction.atomic
def withdraw(article: Article, by, reason: str, *, kind: str = Article.Withdrawal.ERROR, into=None) -> Article:
    """Take a public article out of the lists. `reason` is shown at its address, which stays, and is required.

    `kind` (Article.Withdrawal) decides what the address answers: 410 with the reason, the article `into` which it was
    merged and which must be public, or the kept text below a banner. A kept text may be withdrawn again with another
    kind. One whose start lies ahead has been seen by nobody and becomes a draft again.
    """
    if kind == Article.Withdrawal.MERGED and into is not None:
        # both rows are locked, in one order for everybody: no two articles come to lead to each other
        list(Article.objects.select_for_update().order_by("pk").filter(pk__in=[article.pk, into.pk]).values_list("pk"))
        into.refresh_from_db()
    locked = lock(article)
    _require(by, "withdraw", locked)
    reason = reason.strip()
    if not reason:
        raise ValidationError(_("Say why the article is withdrawn; readers will see it."), code="reason")
    if locked.state != Article.State.PUBLIC and not locked.is_kept:
        raise ValidationError(_("Only a public article can be withdrawn."), code="state")
    if kind == Article.Withdrawal.MERGED and (into is None or into.pk == locked.pk or not into.is_public_now):
        raise ValidationError({"into": _("Choose the public article that holds this one's text now.")}, code="into")
    number = locked.live_revision.number
    drop_correction(locked, by, _("The article was withdrawn."))
    if locked.has_been_public:
        locked.state = Article.State.WITHDRAWN
        locked.withdrawal_reason, locked.withdrawal_kind = reason, kind
        locked.withdrawn_at = timezone.now()
        locked.merged_into = into if kind == Article.Withdrawal.MERGED else None
        after = {"withdrawal_kind": str(kind)} | ({"merged_into": into.pk} if locked.merged_into else {})
    else:
        after = None
        forget_start(locked)
        locked.state, locked.live_revision = Article.State.DRAFT, None
        copy_to_article(locked, locked.latest_revision)
    set_review_stage(locked)
    locked.save()
    search.index(locked)
    listing.follow(locked)
    record("withdraw", locked, by=by, organization=locked.owner, revision=number, note=reason, after=after)
    _refresh(article)
    return article


@transaction.atomic
def trash(article: Article, by) -> Article:
    """Put a draft or a withdrawn article into the trash; it can be restored. A public one must be withdrawn first."""
    locked = lock(article)
    _require(by, "write" if locked.live_revision_id is None else "withdraw", locked)
    if locked.state == Article.State.PUBLIC:
        raise ValidationError(_("A public article cannot go into the trash. Withdraw it first."), code="state")
    if locked.state == Article.State.TRASHED:
        raise ValidationError(_("The article is in the trash already."), code="state")
    locked.state = Article.State.TRASHED
    set_review_stage(locked)
    locked.save()
    search.index(locked)
    listing.follow(locked)
    record("trash", locked, by=by, organization=locked.owner)
    _refresh(article)
    return article


@transaction.atomic
def restore(article: Article, by) -> Article:
    """Take an article out of the trash: back to draft, or to withdrawn where it was public once."""
    locked = lock(article)
    _require(by, "write" if locked.live_revision_id is None else "withdraw", locked)
    if locked.state != Article.State.TRASHED:
        raise ValidationError(_("Only an article in the trash can be restored."), code="state")
    locked.state = Article.State.WITHDRAWN if locked.live_revision_id else Article.State.DRAFT
    set_review_stage(locked)
    locked.save()
    search.index(locked)
    listing.follow(locked)
    record("restore", locked, by=by, organization=locked.owner)
    _refresh(article)
    return article


def _refresh(article: Article) -> None:
    """Bring the caller's object up to date with the locked row."""
    article.refresh_from_db()
