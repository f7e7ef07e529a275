"""Addresses of the pages that go across all plans, and links from one to the other."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse

from plans.register.address import Address


class PageAddress(Address):
    """The addresses near a state of the page named `page`."""

    def __init__(self, data, page: str):
        super().__init__(data)
        self.at = page

    def _url(self, pairs) -> str:
        return link(self.at, pairs)


def link(page: str, pairs: Iterable[tuple[str, object]] = ()) -> str:
    """The address of the page named `page` with the parameters `pairs`."""
    query = urlencode(list(pairs))
    return reverse(page) + (f"?{query}" if query else "")
