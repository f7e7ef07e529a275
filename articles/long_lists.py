"""Pages of lists of any length: which rows stand on a page follows from kept counts, so that none before are passed."""

from collections.abc import Sequence
from functools import cached_property

from django.core.paginator import Paginator
from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat

from organizations.kept import kept
from organizations.models import Organization

from .models import ListCount, Listing
from .months import Months, begin, untimely


def within_reach(rows, counts: Months, most: int):
    """`rows`, which `counts` are of, without the months before those that hold the newest `most`."""
    reached, left = None, most
    for month, count in counts.items():
        reached, left = month, left - count
        if left <= 0:
            break
    return rows.filter(sort_at__gte=begin(reached)) if reached is not None else rows.none()


class ByMonth(Paginator):
    """The pages of `rows` (articles, in no order yet), which `counts` are of, the newest first."""

    def __init__(self, rows, counts: Months, size: int):
        super().__init__(rows, size)
        self.counts = counts

    @cached_property
    def count(self) -> int:
        return sum(self.counts.values())

    def page(self, number):
        number = self.validate_number(number)
        skip, need = (number - 1) * self.per_page, self.per_page
        first = last = None
        for month, count in self.counts.items():
            if first is None and skip >= count:
                skip -= count
                continue
            first = month if first is None else first
            last, need = month, need - (count if last is not None else count - skip)
            if need <= 0:
                break
        if first is None:
            return self._get_page(self.object_list.none(), number, self)
        rows = self.object_list.filter(sort_at__gte=begin(last), sort_at__lt=begin(first + 1))
        return self._get_page(rows.newest()[skip : skip + self.per_page], number, self)


def newest_of(rows, name: str, most: int, skipped: int = 0, but: Organization | None = None):
    """Those of `rows` that are the newest `most` of the list `name`, after so many `skipped`; in no order yet.

    What is of the organisation `but` itself is left out.
    """
    places = Listing.objects.filter(list=name).order_by("-sort_at", "-article_id")
    if off := untimely():
        places = places.exclude(article__in=[one.pk for one in off])
    if but is not None:
        places = places.exclude(article__organization=but)
    return rows.filter(pk__in=places.values("article")[skipped : skipped + most])


class OfListing(Paginator):
    """The pages of a list that has rows of its own in Listing; `count` is told, or known until `tags` are dropped."""

    def __init__(self, rows, name: str, size: int, *, tags: Sequence[str] = (), but: Organization | None = None):
        super().__init__(rows, size)
        self.name, self.tags, self.but = name, tags, but

    @cached_property
    def off(self) -> int:
        """How many of the list are public by their state and not by the clock."""
        off = [one.pk for one in untimely() if self.but is None or one.organization != self.but.pk]
        return Listing.objects.filter(list=self.name, article__in=off).count() if off else 0

    @cached_property
    def count(self) -> int:
        rows = ListCount.objects.filter(list=self.name).values_list("count", flat=True)
        return (kept(f"count-{self.name}", self.tags, lambda: rows.first() or 0)) - self.off

    def page(self, number):
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        rows = newest_of(self.object_list, self.name, self.per_page, start, self.but)
        return self._get_page(rows.newest(), number, self)


def with_counts(organizations):
    """Add to each organisation `whole_count`, the public articles of it and all below it, and `own_count`, its own."""
    whole = ListCount.objects.filter(list=Concat(Value("o"), OuterRef("path"))).values("count")
    own = ListCount.objects.filter(list=Concat(Value("n"), Cast(OuterRef("pk"), CharField()))).values("count")
    return organizations.annotate(whole_count=Coalesce(Subquery(whole), 0), own_count=Coalesce(Subquery(own), 0))
