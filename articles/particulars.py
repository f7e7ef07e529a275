"""What an article is besides its text: whose it is, whom it is about, its level, kind and times."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations import rights
from organizations.accounts import register_hand_over
from organizations.audit import record

from . import listing, search
from .locking import lock
from .models import Article
from .next_revision import add_same_text
from .reviewing import AWAITING, Stage, stages_asked

FIELDS = ("owner", "organization", "organization_as_written", "level", "kind", "published_at", "withdraw_at")
REVIEWED = FIELDS[:5]
"""What is part of what reviewers sign: whose it is, whom it is about, its level and kind."""

INDEXED = {"organization", "level", "kind"}
"""What the search index knows, as it does the date."""

_SIGNED = (*AWAITING, Stage.APPROVED)


@transaction.atomic
def describe(article: Article, by, *, initial: dict | None = None, reason: str = "", start=None, **values) -> Article:
    """Change particulars of `article` (keys of FIELDS) and note before and after; unchanged values leave no trace.

    `initial` is what the writer started from (values or primary keys): only what differs from it is changed, and
    refused (code "stale") where somebody else has changed it since. Handing the article to another owner needs the
    same right there; its date has rules of its own (redate), for which `reason` is. It ends after it starts,
    at `start` where the caller sets that next (publish). Where a review is asked for, what reviewers go by (REVIEWED)
    needs the right to sign once a text has gone live, and a text on its way becomes a new revision, so that its review
    starts anew. Raises PermissionDenied or ValidationError.
    """
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise TypeError(f"no such particular: {', '.join(sorted(unknown))}")
    locked = lock(article)
    changed = _changed(locked, values, initial or {})
    if not changed:
        return article
    dated = "published_at" in changed
    moment = changed.pop("published_at", None)
    verb = "write" if locked.state == Article.State.DRAFT else "edit"
    if by is not None and changed:
        rights.require(by, verb, locked)
    if by is not None and dated:
        rights.require(by, "redate", locked)
    reviewed = [name for name in REVIEWED if name in changed]
    if by is not None and reviewed and locked.live_revision_id and locked.live_revision.channel.review_stages:
        rights.require(by, "sign", locked)
    if locked.state == Article.State.TRASHED:
        raise ValidationError(_("The article is in the trash. Restore it first."), code="state")
    before = {name: _shown(getattr(locked, name)) for name in changed}
    for name, value in changed.items():
        setattr(locked, name, value)
    if by is not None and "owner" in changed:
        rights.require(by, verb, locked)
    if dated:
        redate(locked, by, moment, reason)
    if "withdraw_at" in changed and locked.withdraw_at:
        _require_end(locked, start or locked.publish_at)
    locked.save()
    if reviewed and locked.review_stage in _SIGNED and stages_asked(locked.latest_revision):
        names = "、".join(str(Article._meta.get_field(name).verbose_name) for name in reviewed)
        add_same_text(locked, by, _("particulars changed: %s") % names)
    if changed.keys() & INDEXED or dated:
        search.index(locked)
    listing.follow(locked)
    after = {name: _shown(value) for name, value in changed.items()}
    if changed:
        number = locked.latest_revision.number if reviewed else None
        record("describe", locked, by=by, organization=locked.owner, revision=number, before=before, after=after)
    article.refresh_from_db()
    return article


def _require_end(locked: Article, start) -> None:
    """Refuse an end that has passed, or that lies before what is still to come: the start, a scheduled correction."""
    end, why = locked.withdraw_at, ""
    if end <= timezone.now():
        why = _("This time has passed. Choose a later one or withdraw the article now.")
    elif start and end <= start:
        why = _("It would be withdrawn before it is public. Choose a later end or empty it.")
    elif locked.correct_at and end <= locked.correct_at:
        time = f"{timezone.localtime(locked.correct_at):%Y-%m-%d %H:%M}"
        why = _("A newer text is to be public at %s. Choose a later end, or take that correction back first.") % time
    if why:
        raise ValidationError({"withdraw_at": why}, code="end")


def redate(locked: Article, by, moment, reason: str, precision: str | None = None) -> None:
    """Set the date shown of a locked article, or take it away (None); the caller saves it (domain rule R8).

    It needs the right to redate and a reason, which the audit trail keeps; a command on the server (`by` None) may go
    without. The date may not lie ahead, save that of an article with a later start: it may go up to that start. What
    the system stamped, first_published_at, stays. Raises PermissionDenied or ValidationError.
    """
    if by is not None:
        rights.require(by, "redate", locked)
    reason = " ".join(reason.split())
    if by is not None and not reason:
        why = _("Say why the date is changed; the audit trail keeps it.")
        raise ValidationError({"date_reason": why}, code="reason")
    if moment is not None and moment > max(filter(None, (timezone.now(), locked.publish_at))):
        raise ValidationError(
            {"published_at": _("The date may not lie ahead. Leave it empty: it becomes that of the publication.")},
            code="ahead",
        )
    before = {"published_at": _shown(locked.published_at)}
    locked.published_at = moment
    locked.published_precision = precision or precision_of(moment)
    after = {"published_at": _shown(moment)}
    record("redate", locked, by=by, organization=locked.owner, before=before, after=after, note=reason)


def _changed(locked: Article, values: dict, initial: dict) -> dict:
    changed = {}
    for name, value in values.items():
        now = getattr(locked, name)
        if same(now, value) or (name in initial and same(initial[name], value)):
            continue
        if name in initial and not same(initial[name], now):
            label = Article._meta.get_field(name).verbose_name
            raise ValidationError(
                _("%(label)s: changed by somebody else meanwhile. Reload the page.") % {"label": label},
                code="stale",
            )
        changed[name] = value
    return changed


def same(one, other) -> bool:
    """Whether two values of a particular are one to an editor: forms know rows by their keys and no microseconds."""
    return _plain(one) == _plain(other)


def _plain(value):
    if isinstance(value, datetime.datetime):
        return value.replace(microsecond=0)
    return getattr(value, "pk", value)


def precision_of(moment) -> str:
    """A date written with midnight is a day; the hour was not known."""
    local = timezone.localtime(moment) if moment else None
    if local and (local.hour, local.minute, local.second) == (0, 0, 0):
        return Article.Precision.DAY
    return Article.Precision.SECOND


def _shown(value) -> str | None:
    return None if value is None else str(value)


@register_hand_over
def hand_over(user, to) -> int:
    """Every article that `user` contributed, drafts among them, becomes `to`'s."""
    return Article.objects.filter(contributor=user).update(contributor=to)
