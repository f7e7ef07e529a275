"""Preview links (预览链接): a person without an account reads an unpublished text, and may decide on it where allowed.

The address holds nothing but the link's number and a signature. Whether it opens is asked anew each time: revoked,
expired, an article in the trash, a maker whose account is closed or who lost the right, all end it. Whoever made the
link answers for whom it was given to.
"""

from datetime import datetime, timedelta

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations import rights
from organizations.audit import Outsider, record

from . import impartiality, reviewing
from .locking import lock
from .models import Article, PreviewLink, Review, Revision

DAYS, MOST_DAYS = 7, 31
_signer = signing.Signer(sep=".", salt="articles.preview-link")
_TICKET = "articles.preview-decision"


def token(link: PreviewLink) -> str:
    """What stands in the link's address: its number, signed."""
    return _signer.sign(str(link.pk))


def address(link: PreviewLink) -> str:
    """The path of the link's page."""
    return reverse("preview-link", args=[token(link)])


def find(given: str) -> PreviewLink | None:
    """The link of a token, with what its page needs; None for any other word."""
    try:
        number = _signer.unsign(given)
    except signing.BadSignature:
        return None
    rows = PreviewLink.objects.select_related("article__owner", "made_by", "revision")
    return rows.filter(pk=number).first()


def opens(link: PreviewLink) -> bool:
    """Whether the link shows its text now."""
    verb = "delegate" if link.decides else "show"
    return (
        link.is_open
        and link.article.state != Article.State.TRASHED
        and link.made_by is not None
        and rights.may(link.made_by, verb, link.article)
    )


def may_have_address(user, link: PreviewLink) -> bool:
    """Whether `user`, who may make links for the article, may be told this one's address.

    A link that decides is told to its maker alone: whoever has the address can decide in the recipient's name.
    """
    return not link.decides or link.made_by_id == user.pk


@transaction.atomic
def make(
    article: Article,
    by,
    *,
    recipient: str,
    revision: int | None = None,
    expires_at: datetime | None = None,
    decides: bool = False,
) -> PreviewLink:
    """A new link for `recipient`, pinned to the revision of that number or following the latest one.

    With `decides` its reader may pass or return the text at the stage it waits for, once; then the text must wait for
    one and the maker must have had no part in it. Raises PermissionDenied or ValidationError.
    """
    locked = lock(article)
    rights.require(by, "delegate" if decides else "show", locked)
    if locked.state == Article.State.TRASHED:
        raise ValidationError(_("The article is in the trash. Restore it first."), code="state")
    recipient = " ".join(recipient.split())
    if not recipient or len(recipient) > PreviewLink._meta.get_field("recipient").max_length:
        raise ValidationError({"recipient": _("Write the name of the person the link is for, at most 60 characters.")})
    now = timezone.now()
    expires_at = expires_at or now + timedelta(days=DAYS)
    if not now < expires_at <= now + timedelta(days=MOST_DAYS):
        raise ValidationError({"days": _("A link is valid for at least a day and at most 31.")})
    pinned = locked.revisions.filter(number=revision).first() if revision is not None else None
    if revision is not None and pinned is None:
        raise ValidationError(_("There is no such revision of this article."), code="revision")
    if decides:
        _require_impartial(locked, by, pinned, recipient)
    link = PreviewLink.objects.create(
        article=locked,
        revision=pinned,
        recipient=recipient,
        decides=decides,
        expires_at=expires_at,
        made_by=by,
        made_by_name=str(by)[:60],
    )
    after = {"link": link.pk, "decides": decides, "until": expires_at.isoformat(timespec="minutes")}
    record("make link", locked, by=by, organization=locked.owner, revision=revision, note=recipient, after=after)
    return link


def _require_impartial(article: Article, by, pinned: Revision | None, recipient: str) -> None:
    """Refuse a link that decides where nothing is to be decided, or by whom or for whom it must not be."""
    latest = article.latest_revision
    if article.review_stage not in reviewing.AWAITING:
        raise ValidationError(
            {"decides": _("This text waits for nobody's review now. Submit it first, or make a link to read it.")}
        )
    if pinned is not None and pinned.pk != latest.pk:
        raise ValidationError({"decides": _("Only the latest revision can be decided on.")})
    if by.pk in impartiality.authors(article) | impartiality.actors(latest):
        raise ValidationError(
            {"decides": _("You had a part in this text. Ask somebody else to make a link that decides.")}
        )
    if impartiality.bears_name(recipient, str(by)) or impartiality.had_a_part(recipient, article):
        raise ValidationError(
            {
                "recipient": _(
                    "Somebody of this name has a part in this text or makes this link. Somebody else has to decide."
                )
            },
            code="hindrance",
        )


@transaction.atomic
def revoke(link: PreviewLink, by) -> PreviewLink:
    """End a link before its time. Raises PermissionDenied, or ValidationError where it has ended already."""
    locked = PreviewLink.objects.select_for_update(of=("self",)).select_related("article__owner").get(pk=link.pk)
    rights.require(by, "show", locked.article)
    if not locked.is_open:
        raise ValidationError(_("This link is not valid any more."), code="state")
    locked.revoked_at = timezone.now()
    locked.save(update_fields=["revoked_at"])
    owner = locked.article.owner
    record("revoke link", locked.article, by=by, organization=owner, note=locked.recipient, after={"link": locked.pk})
    link.refresh_from_db()
    return link


@transaction.atomic
def note_opening(link: PreviewLink, revision: Revision, by=None) -> None:
    """Log that the link's page showed `revision`: to its recipient, or to `by`, who is signed in there.

    Only the recipient's openings are counted, so that the number says whether the link has been read.
    """
    if by is None:
        PreviewLink.objects.filter(pk=link.pk).update(opened_count=F("opened_count") + 1, last_opened_at=timezone.now())
    record(
        "open link",
        link.article,
        by=by or Outsider(link.recipient),
        organization=link.article.owner,
        revision=revision.number,
        note=link.recipient,
        after={"link": link.pk},
    )


def ticket(link: PreviewLink, revision: Revision) -> str:
    """The signed word in the form of a link's page: which text was shown there, at which stage."""
    return signing.dumps([link.pk, revision.number, revision.stage], salt=_TICKET)


@transaction.atomic
def decide(link: PreviewLink, by, *, ticket: str, passed: bool, opinion: str = "") -> Review:
    """Decide by a link, once, on the text that `ticket` says was shown. `by`: who is signed in there, or None.

    Raises ValidationError, code "stale" where the text moved on since, "decided" where the link has been used.
    """
    try:
        number, revision, stage = signing.loads(ticket, salt=_TICKET)
    except (signing.BadSignature, ValueError, TypeError):
        number = None
    if number != link.pk:
        raise ValidationError(_("This form is out of order. Read the text again and decide below it."), code="ticket")
    rows = PreviewLink.objects.select_for_update(of=("self",)).select_related("article__owner", "made_by")
    locked = rows.get(pk=link.pk)
    if not opens(locked):
        raise ValidationError(_("This link is not valid any more."), code="state")
    if not locked.decides:
        raise ValidationError(_("This link is for reading only."), code="reading")
    if locked.decided_at is not None:
        raise ValidationError(_("You have decided by this link already; it can be used once."), code="decided")
    if by is not None and by.pk == locked.made_by_id:
        raise ValidationError(
            _("You made this link for somebody else, who decides. Decide under your own name at the desk."),
            code="hindrance",
        )
    shown = {"revision": revision, "stage": stage}
    review = reviewing.decide(locked.article, by, passed=passed, opinion=opinion, link=locked, **shown)
    locked.decided_at = review.at
    locked.save(update_fields=["decided_at"])
    return review
