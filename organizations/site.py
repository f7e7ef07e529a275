"""The site's settings for every template, and its logo."""

from django.http import FileResponse, Http404
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_safe

from .models import SiteSettings


def site_context(request) -> dict:
    """`site`: the settings, read at first use so that a page which prints none asks for none."""
    return {"site": SimpleLazyObject(SiteSettings.load)}


@require_safe
def site_logo(request, digest: str):
    """The logo as it is kept. Its address holds the content's hash, so a copy may be kept for ever."""
    kept = SiteSettings.load().logo
    if not kept or not kept.name.endswith(f"/{digest}.png"):
        raise Http404
    try:
        response = FileResponse(kept.storage.open(kept.name), content_type="image/png")
    except FileNotFoundError:
        raise Http404
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
