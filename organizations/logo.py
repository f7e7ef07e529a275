"""The site's logo: what is taken for one, and how it is kept and served."""

import hashlib
import io
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image

FORMATS = ("PNG", "JPEG", "WEBP")
HEIGHT = 144  # pixels kept: 48 on the page, for screens of three pixels to one
WIDTH = 1200
LARGEST = 5 * 1024 * 1024
MOST_PIXELS = 20_000_000


def prepared(upload) -> ContentFile:
    """The uploaded picture as a PNG at most HEIGHT high and WIDTH wide, with nothing in it but its pixels.

    Raises ValidationError, one sentence, where it is no picture of FORMATS, too large or damaged.
    """
    if upload.size > LARGEST:
        raise ValidationError(_("The logo is larger than 5 MB. Make it smaller and try again."), code="large")
    try:
        with Image.open(upload, formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError(_("The logo has too many pixels. Make it smaller and try again."), code="pixels")
            kept = picture.convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise ValidationError(
            _("The logo is no picture that can be shown. Save it as PNG, JPEG or WebP and try again."), code="type"
        )
    kept.thumbnail((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    kept.save(out, "PNG", optimize=True)
    return ContentFile(out.getvalue(), name="logo.png")


def stored_name(settings, filename: str) -> str:
    """Named by its content, so that its address changes with it."""
    file = settings.logo.file
    file.seek(0)
    digest = hashlib.sha256(file.read()).hexdigest()
    file.seek(0)
    return str(PurePosixPath("site", f"{digest[:32]}.png"))
