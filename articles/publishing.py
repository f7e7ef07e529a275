"""The verbs of an article's life: create, save, publish, withdraw, trash, restore.

Each checks the right and the state, changes everything in one transaction and writes the audit trail. `by` is the
acting user; None stands for a command run on the server itself. A missing right raises PermissionDenied, a wrong
state or text ValidationError with one sentence; then nothing has changed.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations import rights
from organizations.audit import record

from . import search
from .extensions import article_published
from .html import count_characters, plain_text
from .models import Article, Collection, MediaFile, Revision, ViewCount
from .particulars import precision_of, same
from .text import TEXT_FIELDS, cleaned, first_sentences
from .typography import full_width, full_width_html

COPIED = ("title", "kicker", "summary", "author", "lead_image", "characters", "complete", "channel")

rights.register_verbs(
    write=rights.WRITERS,
    edit=rights.EDITORS,
    publish=rights.EDITORS,
    withdraw=rights.EDITORS,
)
rights.register_owner(Article, lambda article: article.owner)
rights.register_owner(Collection, lambda collection: collection.owner)
rights.register_owner(MediaFile, lambda media: media.owner)


def _require(by, verb: str, obj) -> None:
    if by is not None:
        rights.require(by, verb, obj)


def _lock(article: Article) -> Article:
    return Article.objects.select_for_update(of=("self",)).select_related("owner", "latest_revision").get(pk=article.pk)


def _copy_to_article(article: Article, revision: Revision) -> None:
    """Write the copies that lists show. The only writer of them and of the article's tags."""
    for name in COPIED:
        setattr(article, name, getattr(revision, name))
    article.summary = revision.summary or first_sentences(revision.body)
    article.tags.set(revision.tags)


def _add_revision(article: Article, values: dict, by, change_note: str) -> Revision:
    number = (article.revisions.aggregate(last=Max("number"))["last"] or 0) + 1
    revision = Revision.objects.create(
        article=article,
        number=number,
        characters=count_characters(values["body"]),
        change_note=change_note,
        made_by=by,
        made_by_name=str(by)[:60] if by else "",
        **values,
    )
    article.latest_revision = revision
    if article.live_revision_id is None:
        _copy_to_article(article, revision)
    article.save()
    search.index(article)
    return revision


@transaction.atomic
def create(
    *,
    owner,
    channel,
    by,
    text: dict,
    kind: str = Article.Kind.NEWS,
    organization=None,
    organization_as_written: str = "",
    level=None,
    published_at=None,
    published_precision: str | None = None,
    imported: bool = False,
) -> Article:
    """A new draft of `owner` in `channel` with `text` (keys of TEXT_FIELDS) as its first revision.

    A date of one's own needs an editor's right, except where an imported page states it. Without a precision
    midnight means the day.
    """
    article = Article(
        owner=owner,
        channel=channel,
        contributor=by,
        kind=kind,
        organization=organization,
        organization_as_written=organization_as_written,
        level=level or (organization.level if organization else None),
        published_at=published_at,
        published_precision=published_precision or precision_of(published_at),
        imported=imported,
    )
    _require(by, "write", article)
    if published_at is not None and not imported:
        _require(by, "edit", article)
    values = cleaned({**text, "channel": channel}, None)
    article.title = values["title"]
    article.save(force_insert=True)
    ViewCount.objects.create(article=article)
    revision = _add_revision(article, values, by, "")
    record("create", article, by=by, organization=owner, revision=revision.number)
    return article


@transaction.atomic
def save_revision(article: Article, by, text: dict, *, base: int | None = None, change_note: str = "") -> Revision:
    """Save changed `text` as the next revision and return it; an unchanged text returns the latest one.

    `base` is the number of the revision the writer started from: where another has been saved since, this one is
    refused (code "stale") and nothing is lost, since nothing is changed.
    """
    locked = _lock(article)
    _require(by, "write", locked)
    if by is not None and locked.state != Article.State.DRAFT:
        _require(by, "edit", locked)
    if locked.state == Article.State.TRASHED:
        raise ValidationError(_("The article is in the trash. Restore it first."), code="state")
    latest = locked.latest_revision
    if base is not None and base != latest.number:
        raise ValidationError(
            _("%(who)s saved revision %(number)d meanwhile. Copy your text, reload the page and put it in again.")
            % {"who": latest.made_by_name or _("Somebody"), "number": latest.number},
            code="stale",
        )
    values = cleaned(text, latest)
    if all(values[name] == getattr(latest, name) for name in TEXT_FIELDS):
        return latest
    revision = _add_revision(locked, values, by, change_note)
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
def publish(article: Article, by, *, at=None) -> Article:
    """Make the latest revision the live one, from now or from `at` (a future time, first publication only).

    The first publication is stamped by the system; an article that was not imported and has no date of its own gets
    that time as its date (R8). Neither changes once that time has come; until then it can be set anew.
    """
    locked = _lock(article)
    _require(by, "publish", locked)
    revision = locked.latest_revision
    if locked.state == Article.State.TRASHED:
        raise ValidationError(_("The article is in the trash. Restore it first."), code="state")
    if not plain_text(revision.body).strip():
        raise ValidationError(_("The article has no text yet. Write it before you publish."), code="empty")
    if revision.channel.review_stages and revision.stage != Revision.Stage.APPROVED:
        raise ValidationError(_("This channel asks for a review before publication."), code="review")
    now = timezone.now()
    if at is not None and (locked.has_been_public or at <= now):
        raise ValidationError(_("A start time must lie ahead and the article must not have been public."), code="at")
    if locked.is_public_now and locked.live_revision_id == revision.pk:
        return locked
    if not locked.has_been_public:
        _forget_start(locked)
        locked.first_published_at = at or now
        if locked.published_at is None and not locked.imported:
            locked.published_at = at or now
        locked.publish_at = at
    locked.state = Article.State.PUBLIC
    locked.live_revision = revision
    locked.withdrawal_reason = ""
    if locked.withdraw_at and locked.withdraw_at <= now:
        locked.withdraw_at = None
    _copy_to_article(locked, revision)
    locked.save()
    search.index(locked)
    article_published.send(Article, article=locked, revision=revision, by=by)
    record("publish", locked, by=by, organization=locked.owner, revision=revision.number)
    _refresh(article)
    return article


def _forget_start(article: Article) -> None:
    """Take back a first publication that still lies ahead, and the date that was stamped from it."""
    stamped = article.first_published_at
    if stamped and article.published_at and not article.imported and same(article.published_at, stamped):
        article.published_at = None
    article.first_published_at = article.publish_at = None


@transaction.atomic
def withdraw(article: Article, by, reason: str) -> Article:
    """Take a public article off the site. The text and its address stay; `reason` is shown there and is required.

    One whose start lies ahead has been seen by nobody and becomes a draft again.
    """
    locked = _lock(article)
    _require(by, "withdraw", locked)
    reason = reason.strip()
    if not reason:
        raise ValidationError(_("Say why the article is withdrawn; readers will see it."), code="reason")
    if locked.state != Article.State.PUBLIC:
        raise ValidationError(_("Only a public article can be withdrawn."), code="state")
    number = locked.live_revision.number
    if locked.has_been_public:
        locked.state = Article.State.WITHDRAWN
        locked.withdrawal_reason = reason
    else:
        _forget_start(locked)
        locked.state, locked.live_revision = Article.State.DRAFT, None
        _copy_to_article(locked, locked.latest_revision)
    locked.save()
    search.index(locked)
    record("withdraw", locked, by=by, organization=locked.owner, revision=number, note=reason)
    _refresh(article)
    return article


@transaction.atomic
def trash(article: Article, by) -> Article:
    """Put a draft or a withdrawn article into the trash; it can be restored. A public one must be withdrawn first."""
    locked = _lock(article)
    _require(by, "write" if locked.live_revision_id is None else "withdraw", locked)
    if locked.state == Article.State.PUBLIC:
        raise ValidationError(_("A public article cannot go into the trash. Withdraw it first."), code="state")
    locked.state = Article.State.TRASHED
    locked.save()
    search.index(locked)
    record("trash", locked, by=by, organization=locked.owner)
    _refresh(article)
    return article


@transaction.atomic
def restore(article: Article, by) -> Article:
    """Take an article out of the trash: back to draft, or to withdrawn where it was public once."""
    locked = _lock(article)
    _require(by, "write" if locked.live_revision_id is None else "withdraw", locked)
    if locked.state != Article.State.TRASHED:
        raise ValidationError(_("Only an article in the trash can be restored."), code="state")
    locked.state = Article.State.WITHDRAWN if locked.live_revision_id else Article.State.DRAFT
    locked.save()
    search.index(locked)
    record("restore", locked, by=by, organization=locked.owner)
    _refresh(article)
    return article


def _refresh(article: Article) -> None:
    """Bring the caller's object up to date with the locked row."""
    article.refresh_from_db()
