"""Addresses on a page: links, pictures (those written into the page too), and files to download."""

import base64
import binascii
import re
from urllib.parse import unquote, urljoin, urlsplit

FILE = re.compile(r"\.(?:docx?|xlsx?|pptx?|pdf|zip|rar|7z|wps|et|dps|ofd)$", re.I)
_PICTURE_NAMES = ("data-src", "data-original", "data-lazy-src", "data-actualsrc", "_src", "src")
_DATA = re.compile(r"data:image/(png|jpe?g|gif|webp|bmp);base64,", re.I)
_DECORATION = re.compile(
    r"(?:^|[/_-])(?:icon|fileicon|file_?types?|spacer|blank|loading|pixel|dot|line)[\w-]*[./]", re.I
)
_LONGEST = 2000  # characters of an address
_LARGEST = 8_000_000  # characters of a picture written into the page
_MOST = 200  # pictures of a page
_CAPTION = re.compile(
    r"(?:图为|图[片注]?\s*\d*\s*[:：]|图片说明|图片来源|资料图|\(图|（图|[▲△↑]).{0,120}"
    r"|.{0,80}(?:[/／\s　]\s*摄(?:影)?|摄影报道|摄影|供图|[\u3400-\u9fff]\s?摄|资料图片?)\s*[)）]?[。.]?"
)


def address(base: str, printed: str | None) -> str:
    """A link's address, absolute where the page says what it is relative to; "" for scripts, anchors and rubbish."""
    value = re.sub(r"[\x00-\x20\x7f]+", "", printed or "")
    if not value or len(value) > _LONGEST or value[0] == "#":
        return ""
    try:
        value = urljoin(base, value) if base else value
        scheme = urlsplit(value).scheme.lower()
    except ValueError:
        return ""
    return value if scheme in ("", "http", "https", "mailto", "tel") and not value.startswith("//#") else ""


def is_attachment(href: str, name: str) -> bool:
    """A file to download, by its address or by the name it is offered under."""
    return bool(FILE.search(href.split("?")[0].split("#")[0]) or FILE.search(name.strip()))


def attachment_name(href: str, text: str, title: str | None) -> str:
    """The name a file is offered under: the link's words, else its title, else the last part of its address."""
    return (text.strip() or (title or "").strip() or unquote(href.split("?")[0].rsplit("/", 1)[-1]))[:200]


def is_caption(text: str, *, centred: bool) -> bool:
    """A short line right below a picture that says what it shows or who took it."""
    if len(text) > 130 or text.endswith(("：", ":")):
        return False
    return bool(_CAPTION.fullmatch(text)) or (
        centred and len(text) <= 50 and not re.match(r"[一二三四五六七八九十\d(（]", text)
    )


class PictureStore:
    """The bytes of pictures that are written into the page, by the name they are kept under."""

    def __init__(self):
        self.files: dict[str, bytes] = {}
        self._count = 0

    def source(self, attributes, base: str) -> str:
        """The picture's address, or its name among `files`; "" for a decoration or where it has none."""
        if self._count >= _MOST or _is_small(attributes):
            return ""
        for name in _PICTURE_NAMES:
            printed = (attributes.get(name) or "").strip()
            if printed[:5].lower() == "data:":
                stored = self._store(printed)
                if stored:
                    return stored
                continue
            found = address(base, printed)
            if found and not _DECORATION.search(found.lower().split("?")[0]):
                self._count += 1
                return found
        return ""

    def _store(self, printed: str) -> str:
        match = _DATA.match(printed)
        if not match or len(printed) > _LARGEST:
            return ""
        try:
            raw = base64.b64decode(unquote(printed[match.end() :]), validate=False)
        except (binascii.Error, ValueError):
            return ""
        if len(raw) < 200:
            return ""  # a spacer
        self._count += 1
        name = f"picture-{self._count}.{match[1].lower().replace('jpeg', 'jpg')}"
        self.files[name] = raw
        return name


def _is_small(attributes) -> bool:
    """An icon by its stated size."""
    for name in ("width", "height"):
        digits = re.match(r"\d{1,5}", attributes.get(name) or "")
        if digits and int(digits[0]) <= 32:
            return True
    return False
