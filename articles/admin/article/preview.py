"""Preview at several widths, and links for people without an account."""

from .pages import Pages


class PreviewPages(Pages):
    """To be filled."""
