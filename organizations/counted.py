"""What is counted over a whole table: once for each state of it, and then kept."""

from collections.abc import Callable

from django.core.cache import cache

SECONDS = 300


def counted(name: str, state, count: Callable):
    """What `count()` returns, from the cache where it was counted for this `state` of the table before.

    `state` is cheap to read and changes with the table: the number of its newest row, or of the newest entry about
    one in the audit trail. What time alone changes is at most SECONDS late. `count` must not return None.
    """
    return cache.get_or_set(f"counted-{name}-{state}", count, SECONDS)
