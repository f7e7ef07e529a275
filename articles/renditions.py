"""Lighter copies of pictures: a page shows the one that fits its place, whatever was uploaded.

A copy is named by its original, which is named by its content: ab/12….jpg has ab/12…-480.webp beside it. Which copies
there are follows from what is known of the original, so that nothing about them is stored. Where one could not be made
its address answers with the original.
"""

import io
import logging
import os
import re
import warnings
from dataclasses import dataclass
from threading import Lock

from django.conf import settings
from django.core.files.base import ContentFile
from PIL import ExifTags, Image, ImageCms

from .models import MediaFile

WIDTHS = (480, 960, 1280, 1600)
QUALITY = 80
LIGHT = 50_000
"""A file of so few bytes is shown as it is."""
LONGEST_SIDE = 16_383
"""WebP holds no longer one."""
TURNS = {  # by the orientation that EXIF states
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
LYING = frozenset(TURNS[number] for number in (5, 6, 7, 8))
_NAME = re.compile(rf"(.+)-({'|'.join(map(str, WIDTHS))})\.webp")
_SUFFIXES = (".jpg", ".png", ".webp")  # a GIF, which may move, has no copies
_log = logging.getLogger(__name__)
_one_at_a_time = Lock()  # the largest take hundreds of megabytes


@dataclass(frozen=True)
class Copy:
    """Where a copy is stored, and how wide it is."""

    name: str
    width: int

    @property
    def address(self) -> str:
        return settings.MEDIA_URL + self.name


def copies(name: str, size: int, width: int | None, height: int | None) -> list[Copy]:
    """The copies of the picture of `size` bytes stored as `name`, the narrowest first; none wider than the picture."""
    stem, dot, suffix = name.rpartition(".")
    if dot + suffix not in _SUFFIXES or size < LIGHT or not width or not height:
        return []
    found = []
    for step in WIDTHS:
        own = min(step, width)
        if height * own / width < LONGEST_SIDE:
            found.append(Copy(f"{stem}-{step}.webp", own))
        if own == width:
            break
    return found


def copies_of(media: MediaFile) -> list[Copy]:
    return copies(media.file.name, media.size, media.width, media.height)


def missing(media: MediaFile) -> list[Copy]:
    """Those copies that are not stored."""
    return [copy for copy in copies_of(media) if not media.file.storage.exists(copy.name)]


def originals(name: str) -> list[str]:
    """What the original of a copy stored as `name` may be called; nothing where `name` is not that of a copy."""
    copy = _NAME.fullmatch(name)
    return [copy[1] + suffix for suffix in _SUFFIXES] if copy else []


def srcset(found: list[Copy]) -> str:
    return ", ".join(f"{copy.address} {copy.width}w" for copy in found)


def widest(media: MediaFile) -> str:
    """The address of the picture for other sites that show it: the widest copy, or the original."""
    found = copies_of(media)
    return found[-1].address if found else media.file.url


def narrowest(media: MediaFile) -> str:
    """The address of the picture where it is shown very small."""
    found = copies_of(media)
    return found[0].address if found else media.file.url


# Making


def upright(picture: Image.Image) -> tuple[tuple[int, int], Image.Transpose | None]:
    """Width and height of the picture as it is looked at, and how to turn it: a telephone's may be stored lying."""
    try:
        turn = TURNS.get(picture.getexif().get(ExifTags.Base.Orientation))
    except Exception:  # noqa: BLE001  broken EXIF raises anything
        turn = None
    width, height = picture.size
    return ((height, width) if turn in LYING else (width, height)), turn


def make(media: MediaFile) -> None:
    """Store the missing copies of a picture, and its size where that is not known as the picture is looked at.

    Raises nothing: a picture that cannot be copied stays alone.
    """
    try:
        with _one_at_a_time, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's, about what it mends by itself
            _make(media)
    except Exception as failure:  # noqa: BLE001  broken bytes raise anything, and the upload is kept already
        _log.warning("%s has no copies: %s", media.file.name, failure)


def _make(media: MediaFile) -> None:
    with media.file.storage.open(media.file.name) as file, Image.open(file) as original:
        size, turn = upright(original)
        if size != (media.width, media.height):
            media.width, media.height = size
            MediaFile.objects.filter(file=media.file.name).update(width=size[0], height=size[1])
        wanted = missing(media)
        if not wanted or getattr(original, "is_animated", False):
            return
        picture = _plain(original, wanted[-1].width / media.width)
    if turn is not None:
        picture = picture.transpose(turn)
    for copy in reversed(wanted):
        if picture.width > copy.width:
            height = max(1, round(media.height * copy.width / media.width))
            picture = picture.resize((copy.width, height), Image.Resampling.LANCZOS)
        out = io.BytesIO()
        picture.save(out, "WEBP", quality=QUALITY)
        _store(media.file.storage, copy.name, out.getvalue())


def _plain(original: Image.Image, scale: float) -> Image.Image:
    """The picture at `scale` in sRGB, with nothing in it but its pixels."""
    box = max(1, round(original.width * scale)), max(1, round(original.height * scale))
    original.draft(None, (2 * box[0], 2 * box[1]))  # a JPEG is read smaller
    picture = original
    if picture.mode.startswith("I"):  # 16 bits of grey, which convert() would cut off at 255
        picture = picture.point(lambda value: value * (1 / 256)).convert("L")
    elif picture.mode in ("1", "P", "PA"):
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    picture = picture.resize(box, Image.Resampling.LANCZOS, reducing_gap=2.0)
    picture = _in_srgb(picture, original.info.get("icc_profile"))
    picture.info.clear()
    return picture


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    if profile:
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            return ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"), outputMode=mode)
        except (ImageCms.PyCMSError, OSError, ValueError):  # no profile, or one of other colours
            pass
    return picture.convert(mode)


def _store(storage, name: str, data: bytes) -> None:
    """Under its name once it is whole: readers keep for ever what they were given."""
    part = storage.save(f"{name}.part", ContentFile(data))
    os.replace(storage.path(part), storage.path(name))
