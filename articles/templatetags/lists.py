"""What lists of articles show beside the titles."""

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

register = template.Library()


@register.simple_tag
def list_day(article) -> SafeString:
    """The day of a line: its year, small, and the day of the year; 日期不详 without a date."""
    if article.published_at is None:
        return format_html('<span class="nodate">{}</span>', _("date unknown"))
    local = timezone.localtime(article.published_at)
    year = pgettext("a year by itself", "%(year)d") % {"year": local.year}
    return format_html(
        '<time datetime="{}"><span>{}</span> <b>{}</b></time>', f"{local:%Y-%m-%d}", year, f"{local:%m-%d}"
    )


@register.simple_tag
def organization_steps(above) -> list[tuple[str, str]]:
    """The steps of a breadcrumb from the directory through the bodies `above` a union."""
    return [(_("Unions by level"), reverse("organizations")), *((row.name, row.get_absolute_url()) for row in above)]


@register.simple_tag
def archive_steps(year: int, name: str) -> list[tuple[str, str]]:
    """The steps of a month's breadcrumb."""
    return [(_("By year and month"), reverse("archive")), (name, reverse("archive-year", args=[year]))]
