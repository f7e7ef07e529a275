"""The body of an article as the page shows it: anchors, numbered headings, tables that scroll, a list of contents."""

import copy
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import lxml.html
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .canonical import canonical_map
from .extensions import Mark
from .headlines import pieces
from .html import parse

HEADINGS = ("h2", "h3", "h4")
LEAVES = frozenset([*HEADINGS, "p", "li", "td", "th", "caption", "figcaption", "dt", "dd", "pre"])
NUMBER = re.compile(
    r"\s*([（(]\s*[一二三四五六七八九十百\d]+\s*[)）][、．.]?|第[一二三四五六七八九十百\d]+[章节条部分]+|"
    r"[一二三四五六七八九十百]+\s*[、．.]|\d+\s*[、．.](?!\d))\s*"
)


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


def render_body(html: str, marks: Sequence[Mark] = ()) -> Rendered:
    """`html` (clean already) with every mark as an anchor, and its contents.

    A mark that begins a heading or paragraph gives its id to that block; any other becomes a span around its words.
    Headings without a mark are numbered s1, s2 … A mark outside the text is left out; the words are never changed.
    """
    if not html.strip():
        return Rendered(mark_safe(""), [])
    body = parse(html)
    _anchor(body, marks)
    contents = _headings(body)
    for table in list(body.iter("table")):
        _make_scrollable(table)
    for image in body.iter("img"):
        image.set("loading", "lazy")
        image.set("decoding", "async")
    return Rendered(mark_safe(_inner(body)), contents)  # noqa: S308  clean() let it in, only anchors were added


def _inner(element) -> str:
    inner = escape(element.text or "") + "".join(lxml.html.tostring(child, encoding="unicode") for child in element)
    return inner.replace("</wbr>", "")


# Anchors


@dataclass
class _Text:
    """A run of text in the tree: the `text` of its element, or the `tail`."""

    element: object
    is_tail: bool
    start: int  # offset of its first character in the canonical text
    value: str
    origin: list[int]  # for each canonical character, its offset in `value`

    @property
    def end(self) -> int:
        return self.start + len(self.origin)

    def part(self, mark: Mark) -> tuple[int, int]:
        """The offsets in `value` of what `mark` covers here; a character that it covers half is in."""
        first, last = max(mark.start - self.start, 0), min(mark.end, self.end) - self.start - 1
        return self.origin[first], self.origin[last] + 1


def _texts(body) -> list[_Text]:
    found: list[_Text] = []
    length = 0

    def add(element, is_tail: bool, value: str | None) -> None:
        nonlocal length
        if value:
            origin = canonical_map(value)[1]
            found.append(_Text(element, is_tail, length, value, origin))
            length += len(origin)

    def walk(element) -> None:
        add(element, False, element.text)
        for child in element:
            walk(child)
            add(child, True, child.tail)

    walk(body)
    return found


def _anchor(body, marks: Iterable[Mark]) -> None:
    texts = _texts(body)
    length = texts[-1].end if texts else 0
    inside = [mark for mark in marks if 0 <= mark.start < length]
    begun: set[str] = set()  # ids that have their place already
    spans: list[Mark] = []
    blocks = {text.start: _block_begun(text) for text in reversed(texts) if text.origin}
    for mark in sorted(inside, key=lambda mark: (mark.start, -mark.end)):
        block = blocks.get(mark.start)
        if mark.kind == "clause" and block is not None and block.get("id") is None and mark.id not in begun:
            block.set("id", mark.id)
            begun.add(mark.id)
        else:
            spans.append(mark)
    for text in reversed(texts):  # from the end, so that what stands before keeps its place
        if text.origin:  # white space alone holds no word
            _wrap(text, [mark for mark in spans if mark.start < text.end and text.start < mark.end], begun)


def _block_begun(text: _Text):
    """The heading or paragraph whose very first words `text` is, or None."""
    element = text.element
    if text.is_tail:
        return None
    while element is not None and element.tag not in LEAVES:
        above = element.getparent()
        if above is None or above.index(element) or (above.text or "").strip():
            return None
        element = above
    return element


def _wrap(text: _Text, marks: list[Mark], begun: set[str]) -> None:
    """Put spans around the marked parts of one run of text."""
    if not marks:
        return
    parts = [(*text.part(mark), mark) for mark in marks]
    cuts = sorted({0, len(text.value)} | {place for start, end, _mark in parts for place in (start, end)})
    nodes, lead = [], ""
    for start, end in pairwise(cuts):
        words = text.value[start:end]
        over = [part for part in parts if part[0] <= start and end <= part[1]]
        if over:
            nodes.append(_spans(words, over, text, start, begun))
        elif nodes:
            nodes[-1].tail = (nodes[-1].tail or "") + words
        else:
            lead += words
    _replace(text, lead, nodes)


def _spans(words: str, over: list[tuple[int, int, Mark]], text: _Text, start: int, begun: set[str]):
    """`words` inside one span for each mark over them; a mark's first piece gets its id."""
    outer = inner = None
    for begin, _end, mark in over:
        span = lxml.html.Element("span", {"class": "mark"})
        if mark.start >= text.start and begin == start and mark.id not in begun:
            span.set("id", mark.id)
            begun.add(mark.id)
        if inner is None:
            outer = span
        else:
            inner.append(span)
        inner = span
    inner.text = words
    return outer


def _replace(text: _Text, lead: str, nodes: list) -> None:
    if text.is_tail:
        text.element.tail = lead
        parent = text.element.getparent()
        index = parent.index(text.element) + 1
    else:
        text.element.text = lead
        parent, index = text.element, 0
    for node in reversed(nodes):
        parent.insert(index, node)


# Headings


def _headings(body) -> list[Entry]:
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
        _set_heading(heading, label, number.end() if label else 0)
    return entries


def _set_heading(heading, label: str, skipped: int) -> None:
    """Number and words each in one span, as the grid needs it, the words with <wbr> between them."""
    words = copy.copy(heading)
    words.tag, words.tail = "span", None
    words.attrib.clear()
    _drop(words, skipped)
    for text in reversed([text for text in _texts(words) if text.value.strip()]):
        parts = pieces(text.value)
        if len(parts) > 1:
            breaks = [lxml.html.Element("wbr") for _ in parts[1:]]
            for node, part in zip(breaks, parts[1:], strict=True):
                node.tail = part
            _replace(text, parts[0], breaks)
        elif parts:
            _replace(text, parts[0], [])
    for child in list(heading):
        heading.remove(child)
    heading.text = None
    if label:
        number = lxml.html.Element("span", {"class": "no"})
        number.text = label
        heading.append(number)
        heading.set("class", "numbered")
    heading.append(words)


def _drop(element, count: int) -> None:
    """Take the first `count` characters of text away."""
    for text in _texts(element):
        taken = min(count, len(text.value))
        _replace(text, text.value[taken:], [])
        count -= taken
        if not count:
            return


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
