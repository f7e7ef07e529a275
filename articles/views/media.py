"""Pictures and attachments: only files that MediaFile knows, with headers that keep them harmless."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from django.http import FileResponse, Http404
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from .. import renditions
from ..models import MediaFile

SHOWN_INLINE = frozenset(["image/jpeg", "image/png", "image/gif", "image/webp", "image/avif"])
FOR_EVER = "public, max-age=31536000, immutable"
AN_HOUR = "public, max-age=3600"


@dataclass(frozen=True)
class _Stored:
    path: str
    media_type: str
    filename: str
    etag: str
    kept: str = FOR_EVER


@require_safe
def media(request, path: str):
    """The file stored at `path`; anything but a plain picture is offered for saving under its own name.

    The address holds the content's hash, so a copy may be kept for ever. A rendition that is not there is answered with
    its original, for an hour: it may be made meanwhile.
    """
    names = [path, *renditions.originals(path)]
    known = MediaFile.objects.filter(file__in=names).order_by("pk").first()  # the same bytes may be uploaded twice
    if known is None:
        raise Http404
    stored = _stored(known, path)
    etag = quote_etag(stored.etag)
    if (unchanged := get_conditional_response(request, etag=etag)) is not None:
        return unchanged
    try:
        response = FileResponse(
            known.file.storage.open(stored.path),
            as_attachment=stored.media_type not in SHOWN_INLINE,
            filename=stored.filename,
            content_type=stored.media_type or "application/octet-stream",
        )
    except FileNotFoundError:
        raise Http404
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = stored.kept
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _stored(known: MediaFile, path: str) -> _Stored:
    own = known.file.name
    filename = known.original_name or own.rpartition("/")[2]
    if path == own:
        return _Stored(own, known.media_type, filename, known.sha256)
    if known.file.storage.exists(path):
        return _Stored(path, "image/webp", f"{PurePosixPath(filename).stem}.webp", path)
    return _Stored(own, known.media_type, filename, known.sha256, AN_HOUR)
