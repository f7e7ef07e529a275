"""What is counted over a whole table: once for each state of it, and then kept."""

from collections.abc import Callable

from django.core.cache import cache

from .models import AuditEntry

SECONDS = 300


def newest_entry(model):
    """The number of the newest entry of the audit trail about a row of `model`, as a queryset of one row or none: it
    changes with every verb and form that changes such a row."""
    about = AuditEntry.objects.filter(object_type=model._meta.label_lower).order_by("-at", "-pk")
    return about.values_list("pk", flat=True)[:1]


def counted(name: str, state, count: Callable):
    """What `count()` returns, from the cache where it was counted for this `state` of the table before.

    `state` is cheap to read and changes with the table: the number of its newest row, or of the newest entry about
    one in the audit trail. What time alone changes, or somebody else at the same moment, is at most SECONDS late.
    `count` must not return None.
    """
    return cache.get_or_set(f"counted-{name}-{state}", count, SECONDS)
