"""While somebody writes: autosave, who else is here, bringing two texts together."""

from .pages import Pages


class EditingPages(Pages):
    """To be filled."""
