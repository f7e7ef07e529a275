"""What the review's template says about fields and texts.

The first template of any page loads every library of tags: what only the desk has is imported where it is used.
"""

from django import template
from django.utils.safestring import mark_safe

from articles.html import clean
from plans.models import Target

register = template.Library()


@register.filter
def field_words(name: str) -> str:
    from importer.admin import words

    return words.field(name)


@register.filter
def compared(comparator: str | None) -> str:
    """How a target compares, as people write it: nothing for a bare figure."""
    return {">=": "≥", "<=": "≤", ">": "＞", "<": "＜", "~": "约"}.get(comparator, "")


@register.filter
def target_kind(kind: str) -> str:
    """What kind of figure it is (指标, 已完成 …); nothing for a plain target."""
    return "" if kind == Target.Kind.TARGET else Target.Kind(kind).label


@register.filter
def in_form(name: str) -> bool:
    """Whether the form has a field of this name."""
    from importer.forms import CorrectionForm

    return name in CorrectionForm.base_fields


@register.filter
def cleaned(html: str) -> str:
    return mark_safe(clean(html or ""))  # noqa: S308  clean() is the site's own sanitiser
