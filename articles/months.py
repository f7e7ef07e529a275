"""How many articles each month of the site and of its channels holds, from the counts that listing.py keeps.

Those counts are of articles whose state is public; the few whose time has not come or is over (`untimely`) are taken
off here, when a page is asked for.
"""

import datetime
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Q, Sum
from django.utils import timezone

from organizations.kept import kept

from .listing import SITE, channel_list, month_of
from .models import Article, ListCount

Months = dict[int, int]
"""How many articles by month (listing.month_of), the newest month first; none that holds nothing."""


class Untimely(NamedTuple):
    """An article whose state is public while the clock says that it is not."""

    pk: int
    channel: int
    organization: int | None
    month: int
    dated: bool


class Counts(NamedTuple):
    all: Months
    dated: Months


def untimely() -> list[Untimely]:
    """What `Article.objects.published()` leaves out of those whose state is public."""
    return kept("untimely", ["articles"], _untimely)


def _untimely() -> list[Untimely]:
    now = timezone.now()
    rows = Article.objects.filter(Q(publish_at__gt=now) | Q(withdraw_at__lte=now), state=Article.State.PUBLIC)
    found = rows.order_by().values_list("pk", "channel", "organization", "sort_at", "published_at")
    return [Untimely(*whose, month_of(at), dated is not None) for *whose, at, dated in found]


def counts(channels: Iterable[int] | None = None) -> Counts:
    """Of the public articles of `channels` (None: of all), and of those with a date; one query and untimely's."""
    reach = None if channels is None else sorted(channels)
    names = [SITE] if reach is None else [channel_list(pk) for pk in reach]
    tags = ["articles"] if reach is None else [f"channel:{pk}" for pk in reach]
    rows = ListCount.objects.filter(list__in=names).values("month").order_by("-month")
    sums = rows.annotate(whole=Sum("count"), with_date=Sum("dated")).values_list("month", "whole", "with_date")
    found = kept(f"months-{','.join(names)}", tags, lambda: list(sums))
    off = [one for one in untimely() if reach is None or one.channel in reach]
    whole, dated = Counter(one.month for one in off), Counter(one.month for one in off if one.dated)
    return Counts(
        {month: count - whole[month] for month, count, _dated in found if count > whole[month]},
        {month: count - dated[month] for month, _count, count in found if count > dated[month]},
    )


def by_month(dated: Months | None = None) -> dict[int, dict[int, int]]:
    """`dated` (None: all public articles by the month of their date) by year and month, the newest year first.

    A year has all its twelve months.
    """
    years: dict[int, dict[int, int]] = {}
    for number, count in (counts().dated if dated is None else dated).items():
        year, month = divmod(number, 12)
        years.setdefault(year, dict.fromkeys(range(1, 13), 0))[month + 1] = count
    return years


def by_year(months: Months) -> dict[int, int]:
    """`months` added up by year, the newest first."""
    years: Counter[int] = Counter()
    for number, count in months.items():
        years[number // 12] += count
    return dict(years)


def of_year(months: Months, year: int) -> Months:
    """Those of `months` that are in a year."""
    return {number: count for number, count in months.items() if number // 12 == year}


def begin(number: int) -> datetime.datetime:
    """The first moment of a month (listing.month_of) of the site's time zone."""
    if number // 12 > datetime.MAXYEAR:
        return datetime.datetime.max.replace(tzinfo=datetime.UTC)
    return timezone.make_aware(datetime.datetime(number // 12, number % 12 + 1, 1))
