"""How many articles each month and each year of a channel holds: counted when something changed, not for every page."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db.models import CharField, Count
from django.db.models.functions import Cast, Substr
from django.utils import timezone

from organizations.counted import counted, newest_entry

from .models import Article

_HOUR = len("2019-01-03 00")


def state_of_articles() -> int:
    """A number that changes whenever a verb changes an article."""
    return next(iter(newest_entry(Article)), 0)


def by_month() -> dict[int, dict[int, int]]:
    """Numbers of public articles by year and month of their publication date, the newest year first.

    A year has all its twelve months. Articles without a date are not counted.
    """
    years: dict[int, dict[int, int]] = {}
    for (year, month), count in sorted(_months()[0].items(), reverse=True):
        years.setdefault(year, dict.fromkeys(range(1, 13), 0))[month] = count
    return years


def by_year(channels: Iterable[int]) -> dict[int, int]:
    """Numbers of public articles of `channels` together by the year of their date, the newest first."""
    by_channel = _months()[1]
    years: Counter[int] = Counter()
    for channel in channels:
        years.update(by_channel.get(channel, {}))
    return dict(sorted(years.items(), reverse=True))


def year_range(year: int) -> tuple[datetime.datetime, datetime.datetime]:
    """The first moment of a year of the site's time zone, and of the next. Raises ValueError where there is none."""
    return month_start(year, 1), month_start(year + 1, 1)


def month_start(year: int, month: int) -> datetime.datetime:
    """The first moment of a month of the site's time zone. Raises ValueError where there is none."""
    try:
        return timezone.make_aware(datetime.datetime(year, month, 1))
    except OverflowError as error:
        raise ValueError(year) from error


def dated_between(rows, first: datetime.datetime, end: datetime.datetime):
    """Those of the articles `rows` that are dated from `first` until before `end`; by sort_at, which has the index."""
    return rows.filter(published_at__isnull=False, sort_at__gte=first, sort_at__lt=end)


def _months() -> tuple[dict[tuple[int, int], int], dict[int, dict[int, int]]]:
    return counted("months", state_of_articles(), _count)


def _count() -> tuple[dict[tuple[int, int], int], dict[int, dict[int, int]]]:
    """Counts by year and month, and by channel and year.

    Grouped by the hour as it is stored, in UTC: a month in the site's time zone is slow to make in SQLite.
    """
    dated = Article.objects.published().filter(published_at__isnull=False).order_by()
    hour = Substr(Cast("published_at", CharField()), 1, _HOUR)
    zone = timezone.get_current_timezone()
    months: Counter[tuple[int, int]] = Counter()
    channels: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for channel, written, count in dated.values_list("channel", hour).annotate(Count("pk")):
        local = datetime.datetime.fromisoformat(f"{written}:00+00:00").astimezone(zone)
        months[local.year, local.month] += count
        channels[channel][local.year] += count
    return dict(months), {channel: dict(years) for channel, years in channels.items()}
