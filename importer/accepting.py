"""Deciding on what was read: correct a value, file the page or dismiss it."""

from collections.abc import Iterable

from .filing import Filed
from .models import ImportBatch, ImportItem

CORRECTABLE = (
    "title",
    "kicker",
    "kind",
    "organization",
    "level",
    "plan_year",
    "carries_plan",
    "published_on",
    "source",
    "author",
    "author_title",
    "editor",
    "channel",
)
FOR_ALL = ("channel", "organization", "source")
"""What may be set for all waiting items of a batch at once."""


def waiting(user):
    """The items that wait for a decision and `user` may decide on, the most doubtful first, without bytes and output."""
    raise NotImplementedError


def correct(item: ImportItem, by, index: int, values: dict) -> ImportItem:
    """Set `values` (keys of CORRECTABLE) for article `index` of the item's output instead of what was read.

    `organization` is an Organization, its primary key or a name; `channel` a Channel or its address (slug);
    `published_on` a date or an ISO day; None says that the page has none. A value that equals what was read takes the
    correction away. Raises PermissionDenied, or ValidationError by field.
    """
    raise NotImplementedError


def correct_batch(batch: ImportBatch, by, values: dict) -> int:
    """Set `values` (keys of FOR_ALL) for every item of the batch that waits; returns how many those are.

    What a person set for one item by itself stays. None takes the value back. Raises PermissionDenied or
    ValidationError by field.
    """
    raise NotImplementedError


def corrected(item: ImportItem) -> dict:
    """The item's output with the corrections in it, those of its batch too.

    An article with a chosen organisation or channel also has `organization_id` or `channel_slug`.
    """
    raise NotImplementedError


def accept(item: ImportItem, by, *, publish: bool = False, fields: Iterable[str] | None = None) -> Filed:
    """File a waiting item as it was corrected.

    Where it changes an article that somebody has edited since its import, `fields` names the differences
    (differences.of) to take, as "title" or, in a file of several articles, "0:title"; None takes those that nobody
    edited. Raises PermissionDenied, or ValidationError where nothing can be filed or the item was decided on already.
    """
    raise NotImplementedError


def dismiss(item: ImportItem, by, reason: str) -> ImportItem:
    """Say that a waiting item becomes no article. Raises PermissionDenied, or ValidationError without a reason."""
    raise NotImplementedError
