"""QR codes, drawn here."""

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_code(text: str, **options) -> SafeString:
    """`text` as a QR code, an SVG element: dark on white with its quiet zone, whatever the page's colours.

    `options` are those of segno's svg_inline, such as svgclass.
    """
    code = segno.make(text, error="m", micro=False)
    drawn = code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True, **options)
    return mark_safe(drawn)  # noqa: S308  segno writes numbers and colours alone
