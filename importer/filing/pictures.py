"""Pictures and attachments found with a page: kept as media of the owner, their new addresses put into the text."""

import posixpath
from collections.abc import Callable, Mapping
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import lxml.html
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_noop

from articles import uploads
from articles.html import parse
from articles.models import MediaFile

MISSING = gettext_noop("pictures: pictures or attachments are not with the page and were left out; add them by hand.")

Bytes = Callable[[str], bytes | None]


class TakenIn(NamedTuple):
    """The body with addresses of this site, and notes about what could not be kept."""

    html: str
    notes: list[str]


def take_in(found: dict, files: Mapping[str, bytes] | Bytes, *, owner, by, store: bool = True) -> TakenIn:
    """Keep the pictures and attachments of one article whose bytes `files` has, and put their addresses into its body.

    A picture without bytes is left out and noted, its caption stays as a paragraph; one that this site has already,
    which somebody put into the text, stays. Of an attachment without bytes only a link to another site stays.
    With `store` False nothing is kept, and what is not there yet stays as it was read.
    """
    if not (found["images"] or found["attachments"] or "<img" in found["body_html"]):
        return TakenIn(found["body_html"], [])
    return _Body(found, files.get if isinstance(files, Mapping) else files, owner, by, store).taken_in()


def bytes_beside(page: str, files: Bytes) -> Bytes:
    """`files` asked by a page called `page`: a relative address is looked up from the page's folder."""

    def read(source: str) -> bytes | None:
        if urlsplit(source).scheme or source.startswith("//"):
            return None
        path = unquote(urlsplit(source).path)
        own = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
        return None if own.startswith(("..", "/")) else files(own)

    return read


class _Body:
    def __init__(self, found: dict, files: Bytes, owner, by, store: bool):
        self.found, self.files, self.owner, self.by, self.store = found, files, owner, by, store
        self.notes: list[str] = []
        self.urls: dict[str, str | None] = {}
        self.body = parse(found["body_html"]) if found["body_html"].strip() else lxml.html.fromstring("<div></div>")

    def taken_in(self) -> TakenIn:
        images = {image["source"]: image for image in self.found["images"]}
        shown = set()
        for node in list(self.body.iter("img")):
            source = node.get("src") or ""
            shown.add(source)
            self._picture(node, source, images.get(source, {}))
        for source, image in images.items():
            if source not in shown:
                self._append_picture(source, image)
        links = {link["source"]: link for link in self.found["attachments"]}
        linked = set()
        for node in list(self.body.iter("a")):
            source = node.get("href") or ""
            if source in links:
                linked.add(source)
                self._link(node, source, links[source])
        for source, link in links.items():
            if source not in linked and (url := self._url(source, link.get("name") or "")):
                paragraph = lxml.html.fromstring("<p><a></a></p>")
                paragraph[0].set("href", url)
                paragraph[0].text = link.get("name") or posixpath.basename(source)
                self.body.append(paragraph)
        inside = [self.body.text or "", *(lxml.html.tostring(node, encoding="unicode") for node in self.body)]
        return TakenIn("".join(inside), self.notes)

    def _picture(self, node, source: str, image: dict) -> None:
        if not image and _is_here(source):
            return
        alt = node.get("alt") or image.get("alt") or ""
        url = self._url(source, alt or image.get("caption") or "", image.get("caption") or "")
        if url:
            node.set("src", url)
            node.set("alt", alt or image.get("caption") or self.found["title"] or "")
        elif self.store:
            figure = next(node.iterancestors("figure"), None)
            node.drop_tag()
            if figure is not None and figure.find(".//img") is None:
                _to_words(figure)

    def _append_picture(self, source: str, image: dict) -> None:
        url = self._url(source, image.get("alt") or image.get("caption") or "", image.get("caption") or "")
        if not url:
            if image.get("caption") and self.store and image["caption"] not in self.body.text_content():
                paragraph = lxml.html.fromstring("<p></p>")
                paragraph.text = image["caption"]
                self.body.append(paragraph)
            return
        figure = lxml.html.fromstring("<figure><img></figure>")
        figure[0].set("src", url)
        figure[0].set("alt", image.get("alt") or image.get("caption") or self.found["title"] or "")
        if image.get("caption"):
            caption = lxml.html.fromstring("<figcaption></figcaption>")
            caption.text = image["caption"]
            figure.append(caption)
        self.body.append(figure)

    def _link(self, node, source: str, link: dict) -> None:
        url = self._url(source, link.get("name") or "")
        if url:
            node.set("href", url)
        elif self.store and not source.startswith(("http://", "https://")):
            node.drop_tag()

    def _url(self, source: str, name: str, caption: str = "") -> str | None:
        """The address here of what `source` names; None where its bytes are missing or of a type that is not kept."""
        if source not in self.urls:
            raw = self.files(source)
            self.urls[source] = self._kept(raw, source, name, caption) if raw else None
            if self.urls[source] is None and self.store and MISSING not in self.notes:
                self.notes.append(MISSING)
        return self.urls[source]

    def _kept(self, raw: bytes, source: str, name: str, caption: str) -> str | None:
        upload = ContentFile(raw, name=posixpath.basename(unquote(urlsplit(source).path)) or "file")
        there = MediaFile.objects.filter(owner=self.owner, sha256=uploads.digest(upload)).order_by("pk").first()
        if there:
            return there.file.url
        if not self.store:
            return None
        try:
            alt = name or self.found["title"] or upload.name
            return uploads.store(upload, owner=self.owner, by=self.by, alt=alt, caption=caption).file.url
        except ValidationError as refusal:
            self.notes.append(f"pictures: {' '.join(refusal.messages)}")
            return None


def _to_words(figure) -> None:
    """What is left of a figure without its picture: the caption as a paragraph, or nothing."""
    caption = " ".join(figure.text_content().split())
    if not caption:
        figure.drop_tree()
        return
    for child in list(figure):
        figure.remove(child)
    figure.tag, figure.text = "p", caption


def _is_here(source: str) -> bool:
    name = unquote(source).removeprefix(settings.MEDIA_URL)
    return source.startswith(settings.MEDIA_URL) and MediaFile.objects.filter(file=name).exists()
