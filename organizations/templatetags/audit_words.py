from django import template

from organizations.audit_words import VERBS

register = template.Library()


@register.filter
def audit_word(verb: str):
    """What an audit entry's verb is called; one without a name is shown as stored."""
    return VERBS.get(verb, verb)
