"""Which page of a list the address asks for."""

import re

from django.core.paginator import Paginator
from django.http import Http404

PAGE_SIZE = 20
_NUMBER = re.compile(r"[0-9]{1,6}")  # Python refuses to read a number of thousands of digits


def page_number(request, last: int) -> int:
    """`?page=` as a number from 1 to `last`; 1 without it. Raises Http404 for anything else."""
    written = request.GET.get("page", "1")
    if not _NUMBER.fullmatch(written) or not 1 <= int(written) <= last:
        raise Http404
    return int(written)


def paged(request, rows, size: int = PAGE_SIZE, *, count: int | None = None):
    """The page of `rows` (or of a paginator of articles.long_lists) that the address asks for. Raises Http404 where
    there is none.

    `count` says how many rows there are where that is known already.
    """
    paginator = rows if isinstance(rows, Paginator) else Paginator(rows, size)
    if count is not None:
        paginator.count = count
    return paginator.page(page_number(request, paginator.num_pages))
