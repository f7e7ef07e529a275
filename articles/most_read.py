"""What is most read: of the last day, week or month."""

import datetime
from collections.abc import Iterable

from django.core.cache import cache
from django.db.models import Sum
from django.utils import timezone

from .models import Article, DailyViewCount

PERIODS = {"day": 1, "week": 7, "month": 30}
"""How many days each has, today among them."""
SPARE = 20
"""So many more are ranked than shown, in place of what is withdrawn meanwhile."""
SECONDS = 300


def most_read(period: str, limit: int = 10, *, channels: Iterable[int] = ()) -> list[Article]:
    """At most `limit` public articles with what lists show, the most read of a period of PERIODS first.

    Each has its `readings` of that time. `channels` narrows to articles in these (numbers). Two queries, however much
    is read; the first one, which adds the days up, at most once in SECONDS, so the order is as old as that.
    """
    narrowed = sorted(channels)
    key = f"most-read-{period}-{limit}-{hash(tuple(narrowed))}-{timezone.localdate()}"  # of numbers alike everywhere
    conditions = {"article__channel__in": narrowed} if narrowed else {}
    ranked = cache.get_or_set(key, lambda: list(ranking(period).filter(**conditions)[: limit + SPARE]), SECONDS)
    readings = dict(ranked)
    rows = list(Article.objects.published().filter(pk__in=readings).order_by().for_lists())
    for row in rows:
        row.readings = readings[row.pk]
    return sorted(rows, key=lambda row: (-row.readings, -row.pk))[:limit]


def ranking(period: str, counts=None):
    """Pairs of an article's number and its readings in `period`, the most read first, public or not.

    `counts` (rows of DailyViewCount) narrows it.
    """
    first = timezone.localdate() - datetime.timedelta(days=PERIODS[period] - 1)
    days = (DailyViewCount.objects.all() if counts is None else counts).filter(day__gte=first).order_by()
    return days.values_list("article").annotate(n=Sum("count")).order_by("-n", "-article")
