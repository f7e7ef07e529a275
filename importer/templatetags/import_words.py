"""What the review's template says about fields and texts."""

from django import template
from django.utils.safestring import mark_safe

from articles.html import clean
from importer.admin import words
from importer.forms import CorrectionForm

register = template.Library()
SHOWN_AS = {"subtitle": "title", "parent_organization": "organization", "prev_title": "title", "next_title": "title"}
"""Found values that the form has no field of their own for, and the field that is nearest."""


@register.filter
def field_words(name: str) -> str:
    return words.field(name)


@register.filter
def field_shown(name: str) -> str:
    """The field of the form that a found value belongs to."""
    name = SHOWN_AS.get(name, name)
    return name if name in CorrectionForm.base_fields else "title"


@register.filter
def cleaned(html: str) -> str:
    return mark_safe(clean(html or ""))  # noqa: S308  clean() is the site's own sanitiser
