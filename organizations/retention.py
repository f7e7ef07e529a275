"""How long the audit trail is kept, and how what is older goes."""

import datetime
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .audit import record
from .models import AuditEntry
from .taking_turns import give_way

CHUNK = 2000
FOR_GOOD = frozenset(
    {"submit", "pass", "return", "publish", "schedule", "schedule correction", "correct", "withdraw", "redate"}
)
"""Verbs whose entries stay however old: what a review sheet (信息发布审核表) and a publication are answered for by."""


def first_kept_day(days: int) -> datetime.date:
    """The first day whose entries are kept for `days` days; ValidationError where that is less than half a year."""
    if days < AuditEntry.KEPT_AT_LEAST:
        raise ValidationError(
            _("The audit trail is kept for at least %d days.") % AuditEntry.KEPT_AT_LEAST, code="days"
        )
    return timezone.localdate() - datetime.timedelta(days=days)


def outdated(days: int):
    """The entries of the days before `first_kept_day(days)`, without those kept FOR_GOOD."""
    midnight = datetime.datetime.combine(first_kept_day(days), datetime.time.min)
    old = AuditEntry.objects.filter(at__lt=timezone.make_aware(midnight)).exclude(verb__in=FOR_GOOD)
    return old.order_by("at", "id")


def prune(days: int, *, progress: Callable[[int, int], None] = lambda done, count: None) -> int:
    """Delete what is `outdated` and return how many; `progress(done, count)` is told of each chunk.

    The entry that says so is written with the first chunk, so that no interruption leaves a deletion unrecorded.
    """
    rows = outdated(days)
    count, done = rows.count(), 0
    while chunk := list(rows.values_list("pk", flat=True)[:CHUNK]):
        with transaction.atomic():
            if not done:
                record("prune audit", after={"count": count, "before": str(first_kept_day(days))})
            AuditEntry.objects.filter(pk__in=chunk).delete()
        give_way()
        done += len(chunk)
        progress(done, count)
    return done
