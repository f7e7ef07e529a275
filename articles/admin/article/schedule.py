"""Times: what is due, late or failed; scheduled corrections."""

from .pages import Pages


class SchedulePages(Pages):
    """To be filled."""
