"""Files that editors upload: what they are is read from their bytes, never from their name."""

import hashlib
import struct
import warnings
import zipfile
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from organizations import rights
from organizations.audit import record

from . import renditions
from .models import MediaFile
from .models.media import stored_name

MOST_PIXELS = 50_000_000
PICTURES = {
    "JPEG": ("image/jpeg", ".jpg"),
    "PNG": ("image/png", ".png"),
    "WEBP": ("image/webp", ".webp"),
    "GIF": ("image/gif", ".gif"),
}
_OFFICE = "application/vnd.openxmlformats-officedocument"
ZIP_MEMBERS = {  # a member that only files of this type have
    "word/document.xml": (f"{_OFFICE}.wordprocessingml.document", ".docx"),
    "xl/workbook.xml": (f"{_OFFICE}.spreadsheetml.sheet", ".xlsx"),
    "ppt/presentation.xml": (f"{_OFFICE}.presentationml.presentation", ".pptx"),
}
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLD_TYPES = {".doc": "application/msword", ".xls": "application/vnd.ms-excel", ".ppt": "application/vnd.ms-powerpoint"}


@dataclass(frozen=True)
class FileType:
    media_type: str
    suffix: str
    width: int | None = None
    height: int | None = None

    @property
    def is_picture(self) -> bool:
        return self.width is not None


def read_type(upload, name: str) -> FileType:
    """What the bytes of `upload` (a seekable file of `upload.size` bytes) are.

    Raises ValidationError, one sentence naming the file, where they are empty, too large, broken or of another type.
    """
    said = {"name": name, "limit": filesizeformat(settings.UPLOAD_LIMIT), "pixels": MOST_PIXELS // 1_000_000}
    if not upload.size:
        raise ValidationError(_("“%(name)s” is empty. Choose another file.") % said, code="empty")
    if upload.size > settings.UPLOAD_LIMIT:
        raise ValidationError(
            _("“%(name)s” is larger than %(limit)s. Make it smaller and try again.") % said, code="large"
        )
    upload.seek(0)
    head = upload.read(16)
    found = _picture(upload, said) or _document(upload, head, said)
    upload.seek(0)
    if found is None:
        raise ValidationError(
            _("“%(name)s” is no picture (JPEG, PNG, WebP, GIF) and no PDF or Office file. Save it as one of these.")
            % said,
            code="type",
        )
    return found


def _picture(upload, said: dict) -> FileType | None:
    upload.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of broken EXIF, and of many pixels: MOST_PIXELS is the lower limit
            with Image.open(upload, formats=tuple(PICTURES)) as picture:
                kind, (width, height) = picture.format, picture.size
                if width * height > MOST_PIXELS:
                    raise ValidationError(
                        _("“%(name)s” has more than %(pixels)d million pixels. Make it smaller and try again.") % said,
                        code="pixels",
                    )
                picture.load()
                (width, height), _turn = renditions.upright(picture)
    except UnidentifiedImageError:
        return None
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise _broken(said)
    media_type, suffix = PICTURES[kind]
    return FileType(media_type, suffix, width, height)


def _broken(said: dict) -> ValidationError:
    return ValidationError(
        _("“%(name)s” is damaged and cannot be shown. Save it anew and try again.") % said, code="broken"
    )


def _document(upload, head: bytes, said: dict) -> FileType | None:
    if head.startswith(b"%PDF-"):
        return FileType("application/pdf", ".pdf")
    if head.startswith(OLD_OFFICE):
        suffix = PurePosixPath(said["name"]).suffix.lower()
        return FileType(OLD_TYPES[suffix], suffix) if suffix in OLD_TYPES else None
    upload.seek(0)
    if head.startswith(b"PK") and zipfile.is_zipfile(upload):
        try:
            with zipfile.ZipFile(upload) as archive:
                members = set(archive.namelist())
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error):
            raise _broken(said)
        return next((FileType(*kind) for member, kind in ZIP_MEMBERS.items() if member in members), None)
    return None


def digest(upload) -> str:
    """The sha256 of the whole file, in hexadecimal."""
    upload.seek(0)
    total = hashlib.sha256()
    for chunk in iter(lambda: upload.read(1 << 16), b""):
        total.update(chunk)
    upload.seek(0)
    return total.hexdigest()


@transaction.atomic
def store(upload, *, owner, by, alt: str = "", caption: str = "") -> MediaFile:
    """Keep an uploaded file for `owner` under a name made from its content; the same bytes are stored once.

    A picture needs its text alternative `alt`; its lighter copies are made once the row is committed. Raises
    PermissionDenied or ValidationError.
    """
    name = PurePosixPath(upload.name.replace("\\", "/")).name[:200]
    found = read_type(upload, name)
    alt = " ".join(alt.split())
    if found.is_picture and not alt:
        raise ValidationError(
            {"alt": _("Say in a few words what the picture shows, for readers who cannot see it.")}, code="alt"
        )
    media = MediaFile(
        owner=owner,
        kind=MediaFile.Kind.IMAGE if found.is_picture else MediaFile.Kind.ATTACHMENT,
        original_name=name,
        sha256=digest(upload),
        media_type=found.media_type,
        size=upload.size,
        width=found.width,
        height=found.height,
        alt=alt[:200],
        caption=" ".join(caption.split())[:200],
        uploaded_by=by,
    )
    if by is not None:
        rights.require(by, "write", media)
    storage, stored = media.file.storage, stored_name(media, f"upload{found.suffix}")
    if storage.exists(stored) and storage.size(stored) == media.size:  # the name is the content's
        media.file.name = stored
        media.save()
    else:
        media.file.save(f"upload{found.suffix}", upload, save=True)
    record("upload", media, by=by, organization=owner)
    if found.is_picture:
        transaction.on_commit(partial(renditions.make, media))  # takes seconds, which nobody else should wait for
    return media
