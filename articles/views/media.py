"""Pictures and attachments: only files that MediaFile knows, with headers that keep them harmless."""

from django.http import FileResponse, Http404
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from ..models import MediaFile

SHOWN_INLINE = frozenset(["image/jpeg", "image/png", "image/gif", "image/webp", "image/avif"])


@require_safe
def media(request, path: str):
    """The file stored at `path`; anything but a plain picture is offered for saving under its own name.

    The address holds the content's hash, so a copy may be kept for ever.
    """
    found = MediaFile.objects.filter(file=path).order_by("pk").first()  # the same bytes may be uploaded twice
    if found is None:
        raise Http404
    etag = quote_etag(found.sha256)
    if (unchanged := get_conditional_response(request, etag=etag)) is not None:
        return unchanged
    try:
        response = FileResponse(
            found.file.open("rb"),
            as_attachment=found.media_type not in SHOWN_INLINE,
            filename=found.original_name or path.rsplit("/", 1)[-1],
            content_type=found.media_type or "application/octet-stream",
        )
    except FileNotFoundError:
        raise Http404
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
