"""Where on a page the article's text stands: in a container portals are known by, else where the prose is densest."""

import re

from importer.readers.html_tables import data_rows
from importer.readers.html_tree import Tree

_HOLDING = (
    "html body div td th tr tbody table article section main center form font dd dl ul ol li frameset noframes "
    "fieldset span details founder-content"
)
_HOLDERS = frozenset(_HOLDING.split())
_SHARE = 0.6  # of an element's prose that one child must hold to be looked into
_TRUSTED = 0.5  # of the densest place's prose that a known container must hold


def find_container(tree: Tree) -> int | None:
    """The element that holds the article, or None where the page has no text."""
    if not tree.tags or not tree.weight:
        return None
    dense = _densest(tree)
    dense = _whole_table(tree, dense)
    known = [index for index in tree.known if tree.count(index, 2)]
    best = max((tree.count(index, 2) for index in known), default=0)
    if best and best >= _TRUSTED * tree.count(dense, 2):
        return max(index for index in known if tree.count(index, 2) >= 0.9 * best)  # the innermost of those alike
    return dense


def _densest(tree: Tree) -> int:
    """Go down from the page to the child that holds most of the prose, as long as it holds several lines of it."""
    children = _children(tree)
    place = 0
    while True:
        whole = tree.count(place, 2)
        child = max(children.get(place, ()), key=lambda index: tree.count(index, 2), default=None)
        if child is None or tree.count(child, 2) < _SHARE * whole or not _is_text(tree, child):
            return place
        if tree.tags[child] in ("span", "font", "li") and tree.count(child, 2) < 0.95 * whole:
            return place
        place = child


def _whole_table(tree: Tree, place: int) -> int:
    """A table of data is text as a whole: what holds it is the place, not one of its parts."""
    up = place
    while up > 0 and tree.tags[up] in ("td", "th", "tr", "tbody", "table"):
        if tree.tags[up] == "table":
            return tree.parents[up] if data_rows(tree, up) else place
        up = tree.parents[up]
    return place


def _children(tree: Tree) -> dict[int, list[int]]:
    """The children with prose that may hold an article, by parent."""
    out: dict[int, list[int]] = {}
    for index, parent in enumerate(tree.parents):
        if parent >= 0 and tree.tags[index] in _HOLDERS and tree.count(index, 2):
            out.setdefault(parent, []).append(index)
    return out


def _is_text(tree: Tree, index: int) -> bool:
    """Whether an element holds several lines rather than one paragraph."""
    own = 1 if tree.tags[index] in ("div", "section", "li", "tr") else 0
    return tree.count(index, 3) - own >= 2


_MENU_NAMES = re.compile(r"(?:^|[-_ ])(?:nav|menu|sidebar|related|recommend|hot|friendlink|links)(?:$|[-_ ])")
_CRUMB_NAMES = re.compile(r"crumb|position|location|dqwz|weizhi|curpos|pathnav|dangqian|^(?:path|place|wz|site_?path)$")
_SHARE_NAMES = re.compile(r"bdshare|bshare|jiathis|social-share|share-?box|sharebox|qr-?code|ewm|erweima|^share$")


def is_menu(tree: Tree, index: int) -> bool:
    """A block of other pages by what it is called, or made of many short links."""
    if tree.tags[index] in ("nav", "aside"):
        return True
    if tree.tags[index] not in ("div", "ul", "ol", "table", "td", "section", "dl"):
        return False
    chars, linked = tree.count(index, 0), tree.count(index, 1)
    if linked > 20 and linked >= (0.5 if tree.count(index, 3) >= 6 else 0.7) * chars and tree.count(index, 3) >= 3:
        return True
    names = " ".join(tree.names(index)) if tree.attributes[index] else ""
    return bool(names) and linked * 2 >= chars and bool(_MENU_NAMES.search(names))


def is_crumb(tree: Tree, index: int) -> bool:
    """The path of channels, told by its name."""
    return bool(tree.attributes[index]) and any(_CRUMB_NAMES.search(name) for name in tree.names(index))


def is_sharing(tree: Tree, index: int) -> bool:
    """Buttons and codes to share a page with, told by their name, with no text to speak of."""
    if not tree.attributes[index] or tree.count(index, 0) > 120:
        return False
    return any(_SHARE_NAMES.search(name) for name in tree.names(index))
