"""Review (三审三校): submitting, deciding, the list of what waits, the printable sheet."""

from .pages import Pages


class ReviewPages(Pages):
    """To be filled."""
