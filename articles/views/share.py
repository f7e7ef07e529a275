"""The address of an article as a QR code, for those who pass it on from screen to phone."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from organizations.qr_codes import qr_picture
from organizations.shown import kept_page, shows

from ..models import Article


@require_safe
@kept_page()
def code(request, pk: int):
    """A picture (SVG) of the whole address of an article that readers have; its page loads it where it is looked at."""
    found = get_object_or_404(Article.objects.readable().order_by().only("pk"), pk=pk)
    shows(f"article:{pk}")
    drawn = qr_picture(request.build_absolute_uri(found.get_absolute_url()))
    response = HttpResponse(drawn, content_type="image/svg+xml")
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response
