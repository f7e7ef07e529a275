"""Files of this site that a body links to or shows: what they are is said beside the link, pictures get their size."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.template.defaultfilters import filesizeformat

from .renditions import copies, srcset

MOST = 100
"""So many files of a body are looked up; the others stay bare links."""
SHOWN_WIDTH = "auto, (min-width: 48em) 42rem, calc(100vw - 2rem)"
"""A picture of a text is as wide as the text, or less: browsers that can measure it (a lazy one's "auto") do so."""
_ADDRESS = re.compile(rf'(?:href|src)="{re.escape(settings.MEDIA_URL)}([^"?#&]+)')
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd|zip|rar|7z|csv|txt|mp[34])", re.IGNORECASE)


@dataclass(frozen=True)
class File:
    """A stored file, as far as a page tells of it; a picture has a width and a height."""

    path: str
    size: int
    name: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class Attachment:
    """A line of the list of attachments."""

    address: str
    title: str
    about: str


def file_paths(html: str) -> list[str]:
    """The paths, below the media address, of the first MOST files that the clean `html` links to or shows."""
    return list(dict.fromkeys(map(unquote, _ADDRESS.findall(html))))[:MOST]


def describe_files(body, files: Mapping[str, File]) -> list[Attachment]:
    """Say type and size of linked files (data-file), size the pictures; return the attachments, each once."""
    for image in body.iter("img"):
        file = files.get(_path(image.get("src", "")))
        if file:
            _size(image, file)
    found: dict[str, Attachment] = {}
    for link in body.iter("a"):
        address = link.get("href", "")
        suffix = PurePosixPath(urlsplit(address).path).suffix
        file = files.get(_path(address))
        if not file and not _FILE.fullmatch(suffix):
            continue
        about = f"{suffix[1:].upper()} {filesizeformat(file.size) if file else ''}".strip()
        link.set("data-file", about)
        if file and not file.width:
            found.setdefault(address, Attachment(address, link.text_content().strip() or file.name, about))
    return list(found.values())


def _size(image, file: File) -> None:
    """Its width and height, unless the text gives a width, and its lighter copies."""
    if file.width and file.height and not image.get("width"):
        image.set("width", str(file.width))
        image.set("height", str(file.height))
    if found := copies(file.path, file.size, file.width, file.height):
        image.set("srcset", srcset(found))
        image.set("sizes", SHOWN_WIDTH)


def _path(address: str) -> str:
    """Where the file of this `address` is stored; empty for an address elsewhere."""
    path = urlsplit(address).path if address.startswith(settings.MEDIA_URL) else ""
    return unquote(path.removeprefix(settings.MEDIA_URL))
