"""Revisions: the list, reading one, comparing two, taking one up again, naming one."""

from .pages import Pages


class RevisionPages(Pages):
    """To be filled."""
