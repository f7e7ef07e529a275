"""The site's settings for every template."""

from django.utils.functional import SimpleLazyObject

from .models import SiteSettings


def site_context(request) -> dict:
    """`site`: the settings, read at first use so that a page which prints none asks for none."""
    return {"site": SimpleLazyObject(SiteSettings.load)}
