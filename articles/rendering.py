"""The body of an article as the page shows it: anchors, numbered headings, tables that scroll, a list of contents."""

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import lxml.html
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .anchors import HEADINGS, NUMBER, anchor, replace, texts
from .body_files import Attachment, File, describe_files
from .extensions import Mark
from .headlines import pieces
from .html import parse

CITED = 24
"""So many characters of a paragraph name it where it is linked to."""


@dataclass(frozen=True)
class Entry:
    """A line of the contents; `level` is 1 for the highest headings of this text."""

    id: str
    level: int
    number: str
    text: str


@dataclass(frozen=True)
class Rendered:
    html: SafeString
    contents: list[Entry]
    attachments: list[Attachment] = field(default_factory=list)


def render_body(
    html: str,
    marks: Sequence[Mark] = (),
    *,
    permalinks: bool = False,
    files: Mapping[str, File] | None = None,
    outside: Callable[[str], str] | None = None,
) -> Rendered:
    """`html` (clean already) with every mark as an anchor, its contents and its attachments.

    A clause that begins a heading or paragraph gives its id to that block; other marks become spans around their words.
    Headings without a mark are numbered s1, s2 … A mark outside the text is left out; the words are never changed.
    With `permalinks` headings and clauses link to themselves. `files` are those of file_paths(html), by their paths.
    `outside` says where a link to another site leads (the address itself for one of this site's).
    """
    if not html.strip():
        return Rendered(mark_safe(""), [])
    body = parse(html)
    clauses = anchor(body, marks)
    attachments = describe_files(body, files or {})
    if outside:
        _lead_outside(body, outside)
    contents = _headings(body, permalinks)
    if permalinks:
        _name_clauses(clauses)
    for table in list(body.iter("table")):
        _make_scrollable(table)
    for image in body.iter("img"):
        image.set("loading", "lazy")
        image.set("decoding", "async")
    _gather_pictures(body)
    return Rendered(mark_safe(_inner(body)), contents, attachments)  # noqa: S308  clean() let it in


def _inner(element) -> str:
    inner = escape(element.text or "") + "".join(lxml.html.tostring(child, encoding="unicode") for child in element)
    return inner.replace("</wbr>", "")


def _lead_outside(body, outside: Callable[[str], str]) -> None:
    """Links to other sites by way of the notice; their own address stays for print."""
    for link in body.iter("a"):
        address = link.get("href", "")
        if (target := outside(address)) != address:
            link.set("href", target)
            link.set("data-to", address)


# Headings and clauses


def _headings(body, permalinks: bool) -> list[Entry]:
    found = [heading for heading in body.iter(*HEADINGS) if heading.text_content().strip()]
    if not found:
        return []
    top = min(HEADINGS.index(heading.tag) for heading in found)
    entries = []
    for index, heading in enumerate(found, 1):
        if heading.get("id") is None:
            heading.set("id", f"s{index}")
        words = heading.text_content()
        number = NUMBER.match(words)
        label = number[1].strip() if number and number.end() < len(words) else ""
        text = words[number.end() :] if label else words
        level = HEADINGS.index(heading.tag) - top + 1
        entries.append(Entry(heading.get("id"), level, label, text.strip()))
        _set_heading(heading, label, number.end() if label else 0, permalinks)
    return entries


def _set_heading(heading, label: str, skipped: int, permalinks: bool) -> None:
    """Number and words each in one span, as the grid needs it, the words with <wbr> between them.

    The permalink is the heading's own words, so that both are called the same and nothing is read twice.
    """
    words = copy.copy(heading)
    words.tag, words.tail = "span", None
    words.attrib.clear()
    _drop(words, skipped)
    for text in reversed([text for text in texts(words) if text.value.strip()]):
        parts = pieces(text.value)
        if len(parts) > 1:
            breaks = [lxml.html.Element("wbr") for _ in parts[1:]]
            for node, part in zip(breaks, parts[1:], strict=True):
                node.tail = part
            replace(text, parts[0], breaks)
        elif parts:
            replace(text, parts[0], [])
    for child in list(heading):
        heading.remove(child)
    heading.text = None
    holder = heading
    if permalinks and words.find(".//a") is None:
        holder = lxml.html.Element("a", {"class": "here", "href": f"#{heading.get('id')}"})
        heading.append(holder)
    if label:
        number = lxml.html.Element("span", {"class": "no"})
        number.text = label
        holder.append(number)
        holder.set("class", f"{holder.get('class', '')} numbered".strip())
    holder.append(words)


def _drop(element, count: int) -> None:
    """Take the first `count` characters of text away."""
    for text in texts(element):
        taken = min(count, len(text.value))
        replace(text, text.value[taken:], [])
        count -= taken
        if not count:
            return


def _name_clauses(blocks) -> None:
    """A link to itself at the end of each paragraph that is a clause, called by its first words."""
    for block in blocks:
        if block.tag not in HEADINGS:
            words = "".join(block.text_content().split())
            name = words[:CITED] + ("…" if len(words) > CITED else "")
            block.append(lxml.html.Element("a", {"class": "here", "href": f"#{block.get('id')}", "aria-label": name}))


# Tables and pictures


def _make_scrollable(table) -> None:
    """A wide table scrolls in a box of its own, which the keyboard reaches."""
    caption = table.find("caption")
    label = caption.text_content().strip() if caption is not None else ""
    box = lxml.html.Element(
        "div", {"class": "scroll", "role": "region", "tabindex": "0", "aria-label": label or _("Table")}
    )
    box.tail, table.tail = table.tail, None
    table.getparent().replace(table, box)
    box.append(table)


def _gather_pictures(body) -> None:
    """Pictures that follow each other with nothing between stand side by side."""
    run: list = []
    for child in [*body, None]:
        if child is not None and child.tag == "figure":
            run.append(child)
        if child is None or child.tag != "figure" or (child.tail or "").strip():
            if len(run) > 1:
                _side_by_side(run)
            run = []


def _side_by_side(figures: list) -> None:
    box = lxml.html.Element("div", {"class": "gallery"})
    figures[0].addprevious(box)
    box.tail = figures[-1].tail
    for figure in figures:
        figure.tail = None
        box.append(figure)
