"""QR codes, drawn here: dark on white with their quiet zone, whatever the page's colours."""

from io import BytesIO

import segno
from django.utils.safestring import SafeString, mark_safe

_LOOKS = {"border": 4, "dark": "#000", "light": "#fff", "omitsize": True, "lineclass": None}


def qr_code(text: str) -> SafeString:
    """`text` as a QR code, an SVG element."""
    return mark_safe(_code(text).svg_inline(svgclass=None, **_LOOKS))  # noqa: S308  segno writes numbers and colours


def qr_picture(text: str) -> bytes:
    """`text` as a QR code, a file of SVG."""
    out = BytesIO()
    _code(text).save(out, kind="svg", xmldecl=False, svgclass=None, nl=False, **_LOOKS)
    return out.getvalue()


def _code(text: str):
    return segno.make(text, error="m", micro=False)
