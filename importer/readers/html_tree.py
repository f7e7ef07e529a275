"""A web page as a flat row of tokens, so that no depth of nesting and no length of line can stop its reading."""

import json
import re
from collections.abc import Mapping, Sequence
from operator import itemgetter

from lxml import etree

from importer.readers.html_hidden import hides, hiding_rules, paints

_DROPPED = (
    "script style noscript template select option textarea button object embed applet svg math iframe canvas "
    "audio video map input datalist"
)
DROPPED = frozenset(_DROPPED.split())
_BREAKING = "p br li tr div section h1 h2 h3 h4 h5 h6 dd dt blockquote"
BREAKING = frozenset(_BREAKING.split())
# Containers that portals' programs put an article's text into, by id or class, in lower case.
_CONTAINERS = (
    "js_content trs_editor trs_ueditor trs_ueditor_view zoom ozoom zoomcon ucap-content custom_unionstyle "
    "v_news_content vsb_content vsb_content_2 vsb_content_4 vsb_content_100 vsb_content_500 vsb_content_501 "
    "wp_articlecontent article_content articlecontent article-content articlecontents article_body article-body "
    "articlebody artibody arc_body arcbody content_text contenttext content-text newscontent news_content "
    "news-content newsbody news_body newstext news_text maintext endtext text_con rm_txt_con text_content "
    "pages_content pages-content cas_content easysite-news-text ewb-article-info ewb-info-content detail-content "
    "detail_content entry-content post-content content_article article_con article-con articlecon nr_con conttxt "
    "founder-content xxgk_content xxgk-content showcontent show_content infocontent info_content i-content "
    "trs_paper_default bt-content contentbox news-detail-content"
)
CONTAINERS = frozenset(_CONTAINERS.split())
_PUNCTUATION = re.compile("[，。；！？、：,;]")
_SPACE = re.compile(r"\s+")
_MAX_STYLES = 1 << 18
_DEEPEST = 400  # elements inside one another; of those deeper only the text is read
_PLAIN = (None,) * 6


class Tree:
    """The page's elements in document order and its tokens: k for the start of element k, ~k for its end, or text.

    Every element has its tag, attributes, first and last token; the sums up to there of visible characters, of
    characters in links, of `weight` (prose: unlinked characters, marks counting more) and of line breaks.
    """

    def __init__(self, *, reveal: bool = False):
        self.reveal = reveal
        self.tokens: list[int | str] = []
        self.tags: Sequence[str] = ()
        self.attributes: Sequence[Mapping[str, str]] = ()
        self.parents: Sequence[int] = ()
        self.starts: Sequence[int] = ()
        self.ends: Sequence[int] = ()
        self.known: list[int] = []
        self.hidden: list[tuple[int, str, str]] = []  # the token it stands before, the way, the words
        self.titles: list[str] = []
        self.metas: list[dict[str, str]] = []
        self.links: list[dict[str, str]] = []
        self.statements: list[str] = []  # JSON-LD
        self.base = ""
        self._nodes: list[tuple] = []  # tag, attributes, parent, start and the sums before it
        self._closed: list[tuple] = []  # end and the sums up to there
        self._open: list[int] = []
        self._in_title = False
        self._ways: list[tuple[str, bool]] = [("", False)]
        self._dropping = self._too_deep = 0
        self._keep: list[str] | None = None
        self._head = 0
        self._in_link = 0
        self._rules: dict[str, str] = {}
        self._seen: dict[tuple, tuple[bool, tuple[str, bool]]] = {}
        self._chars = self._linked = self._weight = self._breaks = 0

    # --- what the parser calls ---------------------------------------------------------------------------------------

    def start(self, tag: str, attributes) -> None:
        if self._dropping:
            self._dropping += 1
            return
        if tag in DROPPED:
            self._dropping = 1
            if tag == "style" or (tag == "script" and "ld+json" in attributes.get("type", "").lower()):
                self._keep = []
            return
        if tag == "meta":
            self.metas.append(dict(attributes))
        elif tag == "link":
            self.links.append(dict(attributes))
        elif tag == "base":
            self.base = self.base or attributes.get("href", "").strip()
        if len(self._open) >= _DEEPEST or self._too_deep:
            self._too_deep += 1
            return
        index = len(self._nodes)
        if tag in BREAKING:
            self._breaks += 1
        elif tag == "a":
            self._in_link += 1
        elif tag == "head":
            self._head += 1
        elif tag == "title":
            self._in_title = True
        parent = self._open[-1] if self._open else -1
        sums = self._chars, self._linked, self._weight, self._breaks
        self._nodes.append((tag, attributes, parent, len(self.tokens), *sums))
        self._closed.append(())
        self._open.append(index)
        self.tokens.append(index)
        self._ways.append(self._way(tag, index, attributes) if attributes else self._ways[-1])

    def end(self, tag: str) -> None:
        if self._dropping:
            self._dropping -= 1
            if not self._dropping and self._keep is not None:
                self._take(tag, "".join(self._keep))
                self._keep = None
            return
        if self._too_deep:
            self._too_deep -= 1
            return
        index = self._open.pop()
        self._ways.pop()
        if tag == "a":
            self._in_link -= 1
        elif tag == "head":
            self._head -= 1
        elif tag == "title":
            self._in_title = False
        self._closed[index] = len(self.tokens), self._chars, self._linked, self._weight, self._breaks
        self.tokens.append(~index)

    def data(self, text: str) -> None:
        if self._dropping:
            if self._keep is not None:
                self._keep.append(text)
            return
        if self._in_title:
            self.titles.append(text)
            return
        if self._head:
            return
        way = self._ways[-1][0]
        if way and not self.reveal:
            self.hidden.append((len(self.tokens), way, text))
            return
        self.tokens.append(text)
        count = len(text) if text.isalnum() else len(_SPACE.sub("", text))
        self._chars += count
        if self._in_link:
            self._linked += count
        else:
            self._weight += count + 8 * len(_PUNCTUATION.findall(text))

    def comment(self, text: str) -> None:
        pass

    def close(self) -> "Tree":
        while self._open:
            self.end(self._nodes[self._open[-1]][0])
        columns = [[*map(itemgetter(place), self._nodes)] for place in range(8)]
        self.tags, self.attributes, self.parents, self.starts, *self._before = columns
        self.ends, *self._after = [[*map(itemgetter(place), self._closed)] for place in range(5)]
        self._nodes = self._closed = []
        return self

    # --- what the others ask -----------------------------------------------------------------------------------------

    def count(self, index: int, which: int) -> int:
        """How many characters (0), characters in links (1), weight (2), breaks (3) element `index` holds."""
        return self._after[which][index] - self._before[which][index]

    def between(self, start: int, stop: int) -> bool:
        """Whether any words stand among these tokens."""
        return any(isinstance(token, str) and not token.isspace() for token in self.tokens[start:stop])

    def names(self, index: int) -> list[str]:
        """An element's id and classes in lower case."""
        attributes = self.attributes[index]
        return f"{attributes.get('id', '')} {attributes.get('class', '')}".lower().split()

    @property
    def weight(self) -> int:
        return self._weight

    def _way(self, tag: str, index: int, attributes) -> tuple[str, bool]:
        """How this element's text is hidden, and whether something is painted behind it."""
        above = self._ways[-1]
        get = attributes.get
        own = get("id"), get("class"), get("style"), get("bgcolor") or get("background"), get("hidden"), get("itemprop")
        if own == _PLAIN and tag not in ("font", "founder-content"):
            return above
        key = (*own, get("color") if tag == "font" else tag == "founder-content", above)
        if key not in self._seen:
            self._seen[key] = self._judge(*key)
        known, way = self._seen[key]
        if known:
            self.known.append(index)
        return way

    def _judge(self, name, classes, style, ground, hidden, prop, other, above) -> tuple[bool, tuple[str, bool]]:
        """Whether these attributes are a known container's, and how they hide the text; what is above them counts."""
        way, grounded = above
        names = f"{name or ''} {classes or ''}".lower().split()
        if other is True or prop == "articleBody" or any(part in CONTAINERS for part in names):
            # WeChat's script shows it, and lays pictures behind white words
            return True, (way if way in ("gone", "away") else "", grounded or "js_content" in names)
        for selector in (f"#{name}", *(f".{part}" for part in (classes or "").split())):
            if selector in self._rules:
                way = hides(self._rules[selector], way, True)
        painted = paints(style or "", ground)
        grounded = grounded if painted is None else painted
        way = "gone" if hidden is not None else hides(style, way, grounded) if style else way
        return False, (hides(f"color:{other}", way, grounded) if isinstance(other, str) else way, grounded)

    def _take(self, tag: str, text: str) -> None:
        if tag == "style":
            self._rules |= hiding_rules(text[:_MAX_STYLES])
            self._seen.clear()
        else:
            self.statements.append(text)


def parse(text: str) -> Tree:
    """The tokens of a page. Where most of the text is hidden, a script is meant to show it, and nothing is left out."""
    tree = _parse(text)
    hidden = sum(len(words.strip()) for _place, _way, words in tree.hidden)
    if hidden >= 100 and hidden > 3 * tree.weight:
        return _parse(text, reveal=True)
    return tree


def _parse(text: str, *, reveal: bool = False) -> Tree:
    parser = etree.HTMLParser(target=Tree(reveal=reveal), encoding="utf-8", huge_tree=True, recover=True)
    try:
        return etree.fromstring(text.encode("utf-8", "replace") or b" ", parser) or Tree().close()
    except etree.LxmlError:
        return Tree().close()


def statements(tree: Tree) -> list[dict]:
    """The objects of the page's JSON-LD, outermost first; broken ones are passed over."""
    out: list[dict] = []
    for text in tree.statements[:20]:
        try:
            queue = [json.loads(text[:200_000].strip().rstrip(";"), strict=False)]
        except (ValueError, RecursionError):
            continue
        while queue and len(out) < 50:
            value = queue.pop(0)
            if isinstance(value, list):
                queue = [*value[:50], *queue]
            elif isinstance(value, dict):
                out.append(value)
                queue += [value["@graph"]] if isinstance(value.get("@graph"), list) else []
    return out
