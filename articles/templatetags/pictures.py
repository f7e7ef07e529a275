"""Pictures in pages, each as large as its place."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ..models import MediaFile
from ..renditions import copies_of, srcset

register = template.Library()


@register.simple_tag
def picture(media: MediaFile, sizes: str, alt: str = "", first: bool = False) -> SafeString:
    """<img> of a stored picture; `sizes` says how wide the page shows it, `first` that a reader sees it at once."""
    copies = copies_of(media)
    more = [("srcset", srcset(copies)), ("sizes", sizes)] if copies else []
    if media.width and media.height:
        more += [("width", media.width), ("height", media.height)]
    more.append(("fetchpriority", "high") if first else ("loading", "lazy"))
    attributes = format_html_join("", ' {}="{}"', more)
    return format_html('<img src="{}" alt="{}"{} decoding="async">', media.file.url, alt, attributes)
