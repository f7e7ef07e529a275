"""Anchors in a body: marks become ids of blocks, or spans around their words; the words are never changed."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

import lxml.html

from .canonical import canonical, canonical_map
from .extensions import Mark

HEADINGS = ("h2", "h3", "h4")
LEAVES = frozenset([*HEADINGS, "p", "li", "td", "th", "caption", "figcaption", "dt", "dd", "pre"])
OLD = "old"  # the kind of a mark whose id is not given any more, but may be linked to
NUMBER = re.compile(
    r"\s*([（(]\s*[一二三四五六七八九十百\d]+\s*[)）][、．.]?|第[一二三四五六七八九十百\d]+[章节条部分]+|"
    r"[一二三四五六七八九十百]+\s*[、．.]|\d+\s*[、．.](?!\d))\s*"
)


@dataclass
class Text:
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


def texts(body) -> list[Text]:
    """Every run of text of `body` in reading order."""
    found: list[Text] = []
    length = 0

    def add(element, is_tail: bool, value: str | None) -> None:
        nonlocal length
        if value:
            origin = canonical_map(value)[1]
            found.append(Text(element, is_tail, length, value, origin))
            length += len(origin)

    def walk(element) -> None:
        add(element, False, element.text)
        for child in element:
            walk(child)
            add(child, True, child.tail)

    walk(body)
    return found


def anchor(body, marks: Collection[Mark]) -> list:
    """Give every mark of `marks` its id in `body`; one outside the text is left out.

    A clause's mark that begins a heading or paragraph gives its id to that block, and those blocks are returned; an old
    id of such a clause goes to an empty span in it. Any other mark becomes a span around its words.
    """
    if not marks:
        return []
    runs = texts(body)
    length = runs[-1].end if runs else 0
    inside = [mark for mark in marks if 0 <= mark.start < length]
    begun: set[str] = set()  # ids that have their place already
    spans: list[Mark] = []
    named, olds = [], []
    blocks = _blocks(runs)
    for mark in sorted(inside, key=lambda mark: (mark.start, -mark.end)):
        block = blocks.get(mark.start)
        if mark.kind == "clause" and block is not None and block.get("id") is None and mark.id not in begun:
            block.set("id", mark.id)
            begun.add(mark.id)
            named.append(block)
        elif mark.kind == OLD and block in named:
            olds.append((block, mark.id))
        else:
            spans.append(mark)
    for text in reversed(runs):  # from the end, so that what stands before keeps its place
        if text.origin:  # white space alone holds no word
            _wrap(text, [mark for mark in spans if mark.start < text.end and text.start < mark.end], begun)
    for block, old in olds:
        place = lxml.html.Element("span", {"id": old})
        place.tail, block.text = block.text, None
        block.insert(0, place)
    return named


def _blocks(runs: list[Text]) -> dict[int, object]:
    """Each heading or paragraph by where it begins, and by where it does after its number."""
    blocks = {}
    for text in reversed(runs):
        if text.origin and (block := _block_begun(text)) is not None:
            blocks[text.start] = block
            if number := NUMBER.match(block.text_content()):
                blocks.setdefault(text.start + len(canonical(number[0])), block)
    return blocks


def _block_begun(text: Text):
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


def _wrap(text: Text, marks: list[Mark], begun: set[str]) -> None:
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
    replace(text, lead, nodes)


def _spans(words: str, over: list[tuple[int, int, Mark]], text: Text, start: int, begun: set[str]):
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


def replace(text: Text, lead: str, nodes: list) -> None:
    """Put `lead` and the elements `nodes` in the place of a run of text."""
    if text.is_tail:
        text.element.tail = lead
        parent = text.element.getparent()
        index = parent.index(text.element) + 1
    else:
        text.element.text = lead
        parent, index = text.element, 0
    for node in reversed(nodes):
        parent.insert(index, node)
