"""The archive: public articles by year and month of their publication date; one without a date is not in it."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..models import Article
from ..months import by_month, dated_between, month_start, year_range
from .paging import paged


@require_safe
def archive(request):
    """The years and months that hold dated articles."""
    rows = [(year, sum(months.values()), months.items()) for year, months in by_month().items()]
    return render(request, "articles/archive.html", {"years": rows})


@require_safe
def archive_year(request, year: int):
    """What is dated in a year. A year that holds nothing is not found."""
    return _archive_page(request, year)


@require_safe
def archive_month(request, year: int, month: int):
    """What is dated in a month; an empty one says so. A month of a year that holds nothing is not found."""
    return _archive_page(request, year, month)


def _archive_page(request, year: int, month: int | None = None):
    years = by_month()
    try:
        first, end = year_range(year)
        if month:
            first, end = month_start(year, month), month_start(year + month // 12, month % 12 + 1)
    except ValueError:
        raise Http404
    if year not in years or month == 0:
        raise Http404
    later, earlier = _beside(sorted(years), year)
    context = {
        "page": paged(request, dated_between(Article.objects.published(), first, end).for_lists().newest()),
        "year": year,
        "month": month,
        "months": years[year].items(),
        "later": later,
        "earlier": earlier,
    }
    return render(request, "articles/archive_list.html", context)


def _beside(years: list[int], year: int) -> tuple[int | None, int | None]:
    """The next year that holds something, and the one before."""
    place = years.index(year)
    return (years[place + 1] if place + 1 < len(years) else None, years[place - 1] if place else None)
