"""Which part of the sitemap a row stands in: numbers grow from test to test on PostgreSQL."""

from django.urls import reverse

from articles.sitemap import BLOCK
from organizations.models import Organization


def part_of(row) -> str:
    """The address of the part that holds an article or a union."""
    name = "sitemap-unions" if isinstance(row, Organization) else "sitemap-articles"
    return reverse(name, args=[row.pk // BLOCK + 1])
