"""What an article is besides its text: whose it is, whom it is about, its level, kind and times."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations import rights
from organizations.accounts import register_hand_over
from organizations.audit import record

from . import search
from .models import Article

FIELDS = ("owner", "organization", "organization_as_written", "level", "kind", "published_at", "withdraw_at")


@transaction.atomic
def describe(article: Article, by, *, initial: dict | None = None, **values) -> Article:
    """Change particulars of `article` (keys of FIELDS) and note before and after; unchanged values leave no trace.

    `initial` is what the writer started from (values or primary keys): only what differs from it is changed, and
    refused (code "stale") where somebody else has changed it since. Handing the article to another owner needs the
    right to write there too, its date an editor's. Raises PermissionDenied or ValidationError.
    """
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise TypeError(f"no such particular: {', '.join(sorted(unknown))}")
    locked = Article.objects.select_for_update(of=("self",)).select_related("owner").get(pk=article.pk)
    changed = _changed(locked, values, initial or {})
    if not changed:
        return article
    if by is not None:
        free = locked.state == Article.State.DRAFT and "published_at" not in changed
        rights.require(by, "write" if free else "edit", locked)
    before = {name: _shown(getattr(locked, name)) for name in changed}
    for name, value in changed.items():
        setattr(locked, name, value)
    if by is not None and "owner" in changed:
        rights.require(by, "write", locked)
    if "published_at" in changed:
        locked.published_precision = precision_of(locked.published_at)
    if "withdraw_at" in changed and locked.withdraw_at and locked.withdraw_at <= timezone.now():
        raise ValidationError(
            {"withdraw_at": _("This time has passed. Choose a later one or withdraw the article now.")}, code="past"
        )
    locked.save()
    if "organization" in changed:
        search.index(locked)
    after = {name: _shown(value) for name, value in changed.items()}
    record("describe", locked, by=by, organization=locked.owner, before=before, after=after)
    article.refresh_from_db()
    return article


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
