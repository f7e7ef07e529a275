"""Links to the articles before and after this one that a page marks as such: rel="prev", WordPress's navigation."""

import re

from importer.document import Line
from importer.evidence import Found, found
from importer.readers.html.lines import BLOCKS
from importer.readers.html.tree import Tree
from importer.rules.neighbours import neighbour_title, read_neighbours

_REL = {"prev": "previous", "previous": "previous", "next": "following"}
_NAMES = {
    "previous": frozenset(("nav-previous", "nav-prev", "post-prev", "prev-post", "previous-post", "post-previous")),
    "following": frozenset(("nav-next", "post-next", "next-post")),
}
_ARROWS = " \u3000\xa0«»‹›<>←→⟵⟶◀▶:：|"
_ENGLISH = re.compile(r"(?:previous|prev|next)(?:\s+(?:post|article|entry))?\s*[:：»→]?\s*", re.IGNORECASE)
_LEAST = 5  # characters of a title; arrows and page numbers have fewer
_PAGES = re.compile(r"[上下前后]一?[页张图组]|\W*\d*\W*")
_UP = 3  # elements around a link whose names are looked at


def read_neighbour_links(tree: Tree) -> tuple[dict[str, Found], list[int]]:
    """The hints previous and following, and the blocks that hold such a link and no label, in page order.

    Text is taken that can be a title; an arrow or the next page of the same article is none.
    """
    hints: dict[str, Found] = {}
    blocks = set()
    for link in tree.links:
        side = _REL.get(link.get("rel", "").strip().lower())
        title = _title(link.get("title", ""))
        if side and title:
            hints.setdefault(side, found(title, "meta-rel", link["title"], None, "medium"))
    for index, tag in enumerate(tree.tags):
        side = _side(tree, index) if tag == "a" else None
        if not side:
            continue
        words = tree.words(index) or tree.attributes[index].get("title", "")
        title = _title(words)
        if title:
            hints[side] = found(title, "meta-rel", " ".join(words.split()), None, "medium")
        block = None if read_neighbours(Line(0, words)) else _block(tree, index)
        if block is not None:
            blocks.add(block)
    return hints, sorted(blocks)


def _side(tree: Tree, index: int) -> str | None:
    """Which of the two a link is, by itself or by the names of what stands around it."""
    for rel in tree.attributes[index].get("rel", "").lower().split():
        if rel in _REL:
            return _REL[rel]
    for _ in range(_UP):
        if index < 0:
            break
        if tree.attributes[index]:
            names = tree.names(index)
            side = next((side for side, known in _NAMES.items() if not known.isdisjoint(names)), None)
            if side:
                return side
        index = tree.parents[index]
    return None


def _title(words: str) -> str | None:
    """The title in a link's words, without 上一篇 and arrows; None where they hold none."""
    words = " ".join(words.split()).strip(_ARROWS)
    words = _ENGLISH.sub("", words, count=1) if _ENGLISH.match(words) else words
    labelled = read_neighbours(Line(0, words))
    if labelled:
        words = next(iter(labelled.values()))
    title = neighbour_title(words.strip(_ARROWS))
    return title if title and len(title) >= _LEAST and not _PAGES.fullmatch(title) else None


def _block(tree: Tree, link: int) -> int | None:
    """The largest block around a link that holds no words but links."""
    block, index = None, tree.parents[link]
    while index > 0 and tree.tags[index] not in ("body", "article", "main"):
        if tree.count(index, 0) > tree.count(index, 1) or tree.count(index, 1) > 240:
            break
        block = index if tree.tags[index] in BLOCKS else block
        index = tree.parents[index]
    return block
