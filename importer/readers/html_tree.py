"""A web page as a flat row of tokens, so that no depth of nesting and no length of line can stop its reading."""

import json
import re

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


class Tree:
    """The page's elements in document order and its tokens: k for the start of element k, ~k for its end, or text.

    Every element has its tag, attributes, first and last token; the sums up to there of visible characters, of
    characters in links, of `weight` (prose: unlinked characters, marks counting more) and of line breaks.
    """

    def __init__(self, *, reveal: bool = False):
        self.reveal = reveal
        self.tokens: list[int | str] = []
        self.tags: list[str] = []
        self.attributes: list[dict[str, str]] = []
        self.parents: list[int] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.sums: list[tuple[int, int, int, int]] = []
        self.totals: list[tuple[int, int, int, int]] = []
        self.known: list[int] = []
        self.hidden: list[tuple[int, str, str]] = []  # the token it stands before, the way, the words
        self.titles: list[str] = []
        self.metas: list[dict[str, str]] = []
        self.links: list[dict[str, str]] = []
        self.statements: list[str] = []  # JSON-LD
        self.base = ""
        self._open: list[int] = []
        self._ways: list[tuple[str, bool]] = [("", False)]
        self._dropping = 0
        self._keep: list[str] | None = None
        self._head = 0
        self._in_link = 0
        self._rules: dict[str, str] = {}
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
        index = len(self.tags)
        if tag in BREAKING:
            self._breaks += 1
        if tag == "head":
            self._head += 1
        elif tag == "a":
            self._in_link += 1
        self.tags.append(tag)
        self.attributes.append(attributes)
        self.parents.append(self._open[-1] if self._open else -1)
        self.starts.append(len(self.tokens))
        self.ends.append(-1)
        self.sums.append((self._chars, self._linked, self._weight, self._breaks))
        self.totals.append((0, 0, 0, 0))
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
        index = self._open.pop()
        self._ways.pop()
        if tag == "head":
            self._head -= 1
        elif tag == "a":
            self._in_link -= 1
        self.ends[index] = len(self.tokens)
        self.tokens.append(~index)
        self.totals[index] = (self._chars, self._linked, self._weight, self._breaks)

    def data(self, text: str) -> None:
        if self._dropping:
            if self._keep is not None:
                self._keep.append(text)
            return
        if self._open and self.tags[self._open[-1]] == "title":
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
            self.end(self.tags[self._open[-1]])
        return self

    # --- what the others ask -----------------------------------------------------------------------------------------

    def count(self, index: int, which: int) -> int:
        """How many characters (0), characters in links (1), weight (2), breaks (3) element `index` holds."""
        return self.totals[index][which] - self.sums[index][which]

    def names(self, index: int) -> list[str]:
        """An element's id and classes in lower case."""
        attributes = self.attributes[index]
        return f"{attributes.get('id', '')} {attributes.get('class', '')}".lower().split()

    @property
    def weight(self) -> int:
        return self._weight

    def _way(self, tag: str, index: int, attributes) -> tuple[str, bool]:
        """How this element's text is hidden, and whether something is painted behind it."""
        way, grounded = self._ways[-1]
        names = attributes.get("id"), attributes.get("class")
        if names[0] or names[1]:
            tokens = self.names(index)
            if any(name in CONTAINERS for name in tokens):
                self.known.append(index)
                # WeChat's script shows it, and lays pictures behind white words
                return "" if way != "gone" else way, grounded or "js_content" in tokens
            if self._rules:
                rules = [self._rules.get(f"#{attributes.get('id', '')}")]
                rules += [self._rules.get(f".{name}") for name in attributes.get("class", "").split()]
                for rule in filter(None, rules):
                    way = hides(rule, way, True)
        elif tag == "founder-content" or attributes.get("itemprop") == "articleBody":
            self.known.append(index)
        style = attributes.get("style")
        if "hidden" in attributes:
            way = "gone"
        painted = paints(style or "", attributes.get("bgcolor") or attributes.get("background"))
        grounded = grounded if painted is None else painted
        if style:
            way = hides(style, way, grounded)
        colour = attributes.get("color") if tag == "font" else None
        if colour:
            way = hides(f"color:{colour}", way, grounded)
        return way, grounded

    def _take(self, tag: str, text: str) -> None:
        if tag == "style":
            self._rules |= hiding_rules(text[:_MAX_STYLES])
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
