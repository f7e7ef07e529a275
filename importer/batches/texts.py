"""The text of an article as a person corrected it in the review: made safe and set full-width."""

import re
from collections.abc import Mapping
from html import escape

from lxml import etree

from articles.html import clean, parse
from articles.typography import full_width, full_width_html

FULL_WIDTH = ("title", "kicker", "author_title")
_BETWEEN_TAGS = re.compile(r">\s+<")
_KNOWN = "/known/%d"


def pictures_of(found: dict) -> list[str]:
    """What the pictures of an article as read are known by (their addresses in its text), each once, in order."""
    shown = [node.get("src") for node in parse(found["body_html"]).iter("img")] if "<img" in found["body_html"] else []
    return list(dict.fromkeys(filter(None, [*shown, *(image["source"] for image in found["images"])])))


def with_addresses(html: str, addresses: Mapping[str, str]) -> str:
    """`html` with the address of each picture that `addresses` names replaced by the one it gives."""
    if "<img" not in html:
        return html
    body = parse(html)
    for node in body.iter("img"):
        node.set("src", addresses.get(node.get("src"), node.get("src") or ""))
    return _inner(body)


def safe(html: str, found: dict) -> str:
    """`html` as it may be filed: cleaned, with pictures of the page itself (`found`) and of this site alone."""
    known = {source: _KNOWN % number for number, source in enumerate(pictures_of(found))}
    cleaned = clean(with_addresses(html.replace("\r\n", "\n"), known))
    return with_addresses(cleaned, {place: source for source, place in known.items()})


def same(one: str, other: str) -> bool:
    """Whether two texts are one, whatever line ends stand between their paragraphs."""
    return _BETWEEN_TAGS.sub("><", one.strip()) == _BETWEEN_TAGS.sub("><", other.strip())


def set_full_width(found: dict) -> None:
    """Set the half-width marks of an article's Chinese text full-width, as it will be filed."""
    found["body_html"] = full_width_html(found["body_html"])
    for name in FULL_WIDTH:
        found[name] = found[name] and full_width(found[name])
    if "subtitle" in found["evidence"]:
        found["evidence"]["subtitle"]["text"] = full_width(found["evidence"]["subtitle"]["text"])
    for row, name in [(row, "heading") for row in found["outline"]] + [(row, "sentence") for row in found["targets"]]:
        row[name] = full_width(row[name])


def _inner(body) -> str:
    inside = (etree.tostring(node, encoding="unicode", method="html") for node in body)
    return _safe(body.text or "") + "".join(inside)


def _safe(text: str) -> str:
    return escape(text, quote=False)
