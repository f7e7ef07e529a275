"""Compared words in the page: what was removed in <del>, what was added in <ins>."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from ..comparison import LEFT, MOVED, CellChange, Change
from ..matching import ADDED, KEPT, REMOVED, Segment

register = template.Library()

OTHER_SIDE = {"old": ADDED, "new": REMOVED}


@register.filter
def marked(segments: list[Segment], side: str = ""):
    """The segments in order; of one `side` ("old" or "new") alone, where one is named."""
    shown = (_marked(segment) for segment in segments if segment.change != OTHER_SIDE.get(side))
    return format_html_join("", "{}", ((part,) for part in shown))


def _marked(segment: Segment):
    words = _words(segment)
    if segment.change == KEPT or not words:
        return words
    return format_html("<del>{}</del>" if segment.change == REMOVED else "<ins>{}</ins>", words)


def _words(segment: Segment):
    """What stands for it; the address of a link or a picture only where that changed."""
    if segment.what == "item":
        return format_html('<span class="union-item">{}</span>', segment.text)
    if segment.what == "alt":
        return format_html('<span class="union-alt">{}</span>', _("[picture: %s]") % segment.text)
    if segment.what in ("href", "src"):
        label = _("[link to %s]") if segment.what == "href" else _("[picture file %s]")
        return (
            "" if segment.change == KEPT else format_html('<span class="union-address">{}</span>', label % segment.text)
        )
    return segment.text


@register.filter
def said(segments: list[Segment]) -> str:
    """The words alone."""
    return "".join(segment.text for segment in segments if segment.what not in ("href", "src"))


@register.filter
def of_side(changes: list[Change] | list[CellChange], side: str) -> list:
    """The changes that have something on `side`, "old" or "new"; all of them where none is named."""
    absent = {"old": (ADDED, MOVED), "new": (REMOVED, LEFT)}.get(side, ())
    return [one for one in changes if (one.kind if isinstance(one, Change) else one.change) not in absent]


@register.simple_tag
def place(change: Change):
    """The id by which a moved block and the place it left point at one another."""
    return format_html(' id="{}-{}"', change.kind, change.number) if change.number else ""
