from django import template

from organizations.audit_changes import changes
from organizations.audit_words import VERBS

register = template.Library()


@register.filter
def audit_word(verb: str):
    """What an audit entry's verb is called; one without a name is shown as stored."""
    return VERBS.get(verb, verb)


@register.filter
def audit_changes(entry) -> list:
    """What an audit entry changed, field by field in words."""
    return changes(entry)
