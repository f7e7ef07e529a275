"""Numbers as a plan prints them."""

from decimal import Decimal

from django import template

register = template.Library()


@register.filter
def plain(number: Decimal | None) -> str:
    """The number without needless zeros; nothing for None."""
    return "" if number is None else f"{number.normalize():f}"
