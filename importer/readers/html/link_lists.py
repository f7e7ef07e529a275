"""Lists of nothing but links, the menus of a page: counted as a whole, so that nothing looks at each of their links.

Those written plainly, as most are, are taken out of the markup before it is parsed; the others are met in the tree.
"""

import re
from html import unescape
from typing import NamedTuple

from lxml import etree

LISTS = frozenset(("ul", "ol", "dl"))
_INSIDE = "span|i|em|b|strong|img|font"
_ITEMS = rf"</?(?:[uo]l|li|d[ltd]|div|p|{_INSIDE})(?:[ /][^>]*+)?+>"
_LINK = rf"<a[ >](?:[^<]++|</?(?:{_INSIDE})[ />])*+</a>"
_LINKS = re.compile(rf"(?:\s++|{_ITEMS}|{_LINK})*+")
_TAG = re.compile(r"<[^>]*+>")
_BREAK = re.compile(r"<(?:li|d[td]|div|p)[ />]")
_LONG = 160  # characters of links; shorter ones may be the path of channels
_SEVERAL = 3  # links
_LONGEST = 200_000  # characters of markup

# A list as plain as programs write it: whatever stands around it, a parser finds the same elements in it.
_QUOTED = r"""(?:\s++(?!style|hidden)[a-z][\w:-]*+=(?:"[^"<>]*+"|'[^'<>]*+'))*+\s*+"""
_WORDS = r"[^<&]*+(?:&(?:nbsp|amp);[^<&]*+)*+"
_MARKED = rf"<(?P<mark>span|i|em|b|strong|font){_QUOTED}>{_WORDS}</(?P=mark)>|<img{_QUOTED}/?>"
_PLAIN_LINK = rf"<a{_QUOTED}>{_WORDS}(?:(?:{_MARKED}){_WORDS})*+</a>"
_PLAIN_ITEMS = rf"\s*+(?:<(?P<item>li|d[td]){_QUOTED}>\s*+(?:{_PLAIN_LINK}\s*+)*+</(?P=item)>\s*+)*+"
_PLAIN = re.compile(rf"<[uod]l{_QUOTED}>{_PLAIN_ITEMS}</[uod]l>")
_EDGE = re.compile(r"<(/?)([uod]l)[ >]")  # of lists
_ODD = re.compile(r"&(?!nbsp;|amp;|\w+=)| style=| hidden=")
FOLDED = "_0_"  # the attribute of a list that was taken out, its number; no letters, which a parser makes small ones
_FOLDED_LIST = re.compile(rf"""<[uod]l {FOLDED}=["']?(\d+)[^>]*?(?:/>|></[uod]l>)""")


type Size = tuple[int, int] | None  # characters and line breaks of a long list of links; None for any other


class Folded(NamedTuple):
    """A page's markup with its long, plain lists of links emptied, and what was taken out of it, by number."""

    text: str
    lists: list[str]
    sizes: dict[str, Size]

    def whole(self, text: str) -> str:
        """`text` with the lists as they were."""
        return _FOLDED_LIST.sub(lambda match: self.lists[int(match[1])], text) if FOLDED in text else text


def fold(text: str) -> Folded:
    """Take the lists out that open and close with no other between. A page that names one itself is left as it is."""
    pieces: list[str] = []
    folded, place, opening = Folded("", [], {}), 0, None
    for edge in _EDGE.finditer(text) if FOLDED not in text else ():
        if not edge[1]:
            opening = edge
            continue
        if opening and opening[2] == edge[2] and edge.end() - opening.start() > _LONG:
            markup = text[opening.start() : edge.end()]
            if markup not in folded.sizes:
                plain = len(markup) <= _LONGEST // 2 and not _ODD.search(markup) and _PLAIN.fullmatch(markup)
                folded.sizes[markup] = _size(markup) if plain else None
            if folded.sizes[markup]:
                rest = markup[3 : markup.index(">")]
                pieces += (text[place : opening.start()], f"<{edge[2]} {FOLDED}={len(folded.lists)}{rest}></{edge[2]}>")
                folded.lists.append(markup)
                place = edge.end()
        opening = None
    return folded._replace(text="".join((*pieces, text[place:])))


def measure(node: etree._Element, hiding: frozenset[str], measured: dict[str, Size], folded: Folded) -> Size:
    """The size of a list, if it is a long one that holds nothing but links; those printed again are `measured`.

    `hiding` are the names by which the page's own styles hide elements: what bears one is looked at closely.
    """
    if len(node) < _SEVERAL:
        return None
    markup = folded.whole(etree.tostring(node, encoding="unicode", with_tail=False))
    if len(markup) > _LONGEST:
        return None
    if markup not in measured:
        plain = " style=" not in markup and " hidden=" not in markup and _LINKS.fullmatch(markup)
        measured[markup] = _size(markup) if plain else None
    return None if any(name in markup for name in hiding) else measured[markup]


def _size(markup: str) -> Size:
    breaks = len(_BREAK.findall(markup))
    text = _TAG.sub("", markup)
    chars = len("".join((unescape(text) if "&" in text else text).split()))
    return (chars, breaks) if chars > _LONG and breaks >= _SEVERAL else None
