"""The archive: public articles by year and month of their publication date; one without a date is not in it."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organizations.shown import gathering, kept_page, shows

from ..long_lists import ByMonth
from ..models import Article
from ..months import by_month, counts, of_year
from .paging import PAGE_SIZE, paged


@require_safe
@kept_page()
def archive(request):
    """The years and months that hold dated articles."""
    rows = [(year, sum(months.values()), months.items()) for year, months in by_month().items()]
    return render(request, "articles/archive.html", {"years": rows})


@require_safe
@kept_page("page")
def archive_year(request, year: int):
    """What is dated in a year. A year that holds nothing is not found."""
    return _archive_page(request, year)


@require_safe
@kept_page("page")
def archive_month(request, year: int, month: int):
    """What is dated in a month; an empty one says so. A month of a year that holds nothing is not found."""
    return _archive_page(request, year, month)


def _archive_page(request, year: int, month: int | None = None):
    with gathering():  # of all that is counted, this page shows its own year alone
        dated = counts().dated
    years = by_month(dated)
    if year not in years or month not in (None, *years[year]):
        raise Http404
    rows = Article.objects.published().filter(published_at__isnull=False).for_lists()
    dated = of_year(dated, year)
    if month:
        dated = {number: count for number, count in dated.items() if number % 12 + 1 == month}
    later, earlier = _beside(sorted(years), year)
    shows(*_tags(later, year, earlier))
    context = {
        "page": paged(request, ByMonth(rows, dated, PAGE_SIZE)),
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


def _tags(later: int | None, year: int, earlier: int | None) -> list[str]:
    """What changes a page of `year`: its articles, and what makes another year the next one or the one before."""
    if later is None or earlier is None:
        return ["articles", f"year:{year}"]
    return [f"year:{one}" for one in range(earlier, later + 1)]
