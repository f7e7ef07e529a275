"""Where on a page the article's text stands: in a container portals are known by, else where the prose is densest."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from importer.document import Line
from importer.readers.html.tables import data_rows
from importer.readers.html.tree import Tree
from importer.rules.furniture import starts_tail

_HOLDING = (
    "html body div td th tr tbody table article section main center form font dd dl ul ol li frameset noframes "
    "fieldset span details founder-content"
)
_HOLDERS = frozenset(_HOLDING.split())
_SHARE = 0.6  # of an element's prose that one child must hold to be looked into
_TRUSTED = 0.4  # of the densest place's prose that a known container must hold …
_TRUSTED_SURE = 0.1  # … and one whose name says that it holds the text and nothing else
_LEAST = 30  # of prose in a known container
_SURE = frozenset(
    ("js_content", "trs_editor", "trs_ueditor", "ucap-content", "custom_unionstyle", "v_news_content", "vsb_content")
) | frozenset(("wp_articlecontent", "article_content", "article-content", "articlecontent", "zoom", "ozoom"))
_TAIL_WORDS = re.compile("相关|推荐|热门|最新|喜欢|兴趣|在看|看了|排行|热点|评论|链接|导航|阅读|精选|图文")
_HEADS = frozenset(("h2", "h3", "h4", "h5", "div", "p", "span", "b", "strong", "dt", "td", "th", "li", "a", "legend"))


def find_container(tree: Tree, tails: Sequence[int] = ()) -> int | None:
    """The element that holds the article, or None where the page has no text; `tails` are left out of account."""
    if not tree.tags or not tree.weight:
        return None
    weigh = _Weights(tree, tails)
    dense = _whole_table(tree, _densest(tree, weigh))
    known = {index: weigh(index) for index in tree.known}
    best = max(known.values(), default=0)
    sure = any(known[index] == best and not _SURE.isdisjoint(tree.names(index)) for index in known)
    if best >= _LEAST and best >= (_TRUSTED_SURE if sure else _TRUSTED) * weigh(dense):
        return max(index for index in known if known[index] >= 0.9 * best)  # the innermost of those alike
    return dense


class _Weights:
    """How much prose an element holds, that of `tails` left out."""

    def __init__(self, tree: Tree, tails: Sequence[int]):
        self.tree, self.tails = tree, tails
        self.sums = [0, *accumulate(tree.count(tail, 2) for tail in tails)]

    def __call__(self, index: int) -> int:
        if not self.tails:
            return self.tree.count(index, 2)
        first = bisect_left(self.tails, index)
        last = bisect_left(self.tails, self.tree.ends[index], key=self.tree.starts.__getitem__)
        return self.tree.count(index, 2) - (self.sums[last] - self.sums[first] if last > first else 0)


def find_tails(tree: Tree) -> list[int]:
    """The blocks that begin with words such as 相关新闻 or 网友评论: other pages' or other people's, in page order."""
    out: list[int] = []
    past = 0
    for index in _tail_heads(tree):
        if tree.starts[index] < past:
            continue
        tokens = tree.tokens[tree.starts[index] : tree.ends[index]]
        words = "".join(token for token in tokens if isinstance(token, str)).strip()
        if starts_tail(Line(0, words)):
            block = _block_of(tree, index)
            if block is not None:
                out.append(block)
                past = tree.ends[block]
    return out


def _tail_heads(tree: Tree) -> list[int]:
    """The short elements that hold one of those words, in page order."""
    places, words = tree.places, [tree.tokens[place] for place in tree.places]
    stops = list(accumulate(map(len, words)))
    heads = set()
    for match in _TAIL_WORDS.finditer("".join(words)):
        first = places[bisect_right(stops, match.start())]
        last = places[bisect_right(stops, match.end() - 1)]
        element = tree.around(first)
        while element >= 0 and tree.count(element, 0) <= 16:
            if tree.count(element, 0) >= 4 and tree.tags[element] in _HEADS and last < tree.ends[element]:
                heads.add(element)
            element = tree.parents[element]
    return sorted(heads)


def _block_of(tree: Tree, head: int) -> int | None:
    """The smallest block that begins with the words of `head` and holds more than them; None where it is the page."""
    block = head
    while tree.count(block, 0) == tree.count(head, 0):
        block = tree.parents[block]
        if block <= 0 or tree.tags[block] in ("body", "html", "form", "article", "main"):
            return None
    first = not tree.between(tree.starts[block], tree.starts[head])
    inside = any(tree.starts[block] <= tree.starts[known] < tree.ends[block] for known in tree.known)
    return block if first and not inside else None


def _densest(tree: Tree, weigh: _Weights) -> int:
    """Go down from the page to the child that holds most of the prose, as long as it holds several lines of it."""
    children = _children(tree)
    place = 0
    while True:
        whole = weigh(place)
        child = max(children.get(place, ()), key=weigh, default=None)
        if child is None or child in weigh.tails or weigh(child) < _SHARE * whole or not _is_text(tree, child):
            return place
        if tree.tags[child] in ("span", "font", "li") and weigh(child) < 0.95 * whole:
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
_CRUMB_NAMES = re.compile(
    r"crumb|面包屑|位置|position|location|dqwz|weizhi|curpos|pathnav|dangqian|^(?:path|place|wz|site_?path)$"
)
_SHARE_NAMES = re.compile(r"bdshare|bshare|jiathis|social-share|share-?box|sharebox|qr-?code|ewm|erweima|^share$")


def is_menu(tree: Tree, index: int) -> bool:
    """A block of other pages by what it is called, or made of many short links."""
    if tree.tags[index] in ("nav", "aside"):
        inner = range(index + 1, min(index + 3, len(tree.tags)))
        return not any(tree.holds(index, other) and is_crumb(tree, other) for other in inner)
    if tree.tags[index] not in ("div", "ul", "ol", "table", "td", "section", "dl"):
        return False
    chars, linked = tree.count(index, 0), tree.count(index, 1)
    if linked > 20 and linked >= (0.5 if tree.count(index, 3) >= 6 else 0.7) * chars and tree.count(index, 3) >= 3:
        return True
    names = " ".join(tree.names(index)) if tree.attributes[index] else ""
    return bool(names) and linked * 2 >= chars and bool(_MENU_NAMES.search(names))


def is_crumb(tree: Tree, index: int) -> bool:
    """The path of channels, told by its name; it has links, and no text to speak of."""
    if not tree.attributes[index] or not tree.count(index, 1) or tree.count(index, 0) > 160:
        return False
    attributes = tree.attributes[index]
    said = (attributes.get("aria-label", "").lower(), attributes.get("itemtype", "").lower())
    return any(_CRUMB_NAMES.search(name) for name in (*tree.names(index), *said))


def is_sharing(tree: Tree, index: int) -> bool:
    """Buttons and codes to share a page with, told by their name, with no text to speak of."""
    if not tree.attributes[index] or tree.count(index, 0) > 120:
        return False
    return any(_SHARE_NAMES.search(name) for name in tree.names(index))
