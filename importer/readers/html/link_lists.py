"""Lists of nothing but links, the menus of a page: counted as a whole, so that nothing looks at each of their links."""

import re
from html import unescape

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


type Size = tuple[int, int] | None  # characters and line breaks of a long list of links; None for any other


def measure(node: etree._Element, hiding: frozenset[str], measured: dict[str, Size]) -> Size:
    """The size of a list, if it is a long one that holds nothing but links; those printed again are `measured`.

    `hiding` are the names by which the page's own styles hide elements: what bears one is looked at closely.
    """
    if len(node) < _SEVERAL:
        return None
    markup = etree.tostring(node, encoding="unicode", with_tail=False)
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
