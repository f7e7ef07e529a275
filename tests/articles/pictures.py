"""Files for upload tests, made when asked for."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def picture(name: str = "picture.png", size=(60, 40), kind: str = "PNG", colour=(160, 30, 30)) -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    return SimpleUploadedFile(name, out.getvalue(), "application/octet-stream")


def file(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "application/octet-stream")


def photograph(name: str = "photo.jpg", size=(1000, 750), kind: str = "JPEG", mode: str = "RGB", **options):
    """A picture with as many bytes as a photograph of its size: noise."""
    width, height = size
    plain = Image.effect_noise((width // 2 or 1, height // 2 or 1), 90).resize(size)
    out = io.BytesIO()
    plain.convert(mode).save(out, kind, **options)
    return SimpleUploadedFile(name, out.getvalue(), "application/octet-stream")
