"""From a page's markup to its tree, in one pass: what is dropped, what is hidden, and how much each element holds."""

import re
from collections.abc import Mapping
from contextlib import suppress

from lxml import etree

from importer.readers.html.hidden import hides, hiding_rules, paints
from importer.readers.html.link_lists import FOLDED, LISTS, Folded, Size, fold, measure
from importer.readers.html.tree import BREAK, CHARS, LINKED, WEIGHT, Tree

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
_MAX_STYLES = 1 << 18
_DEEPEST = 400  # elements inside one another; of those deeper only the text is read
_NESTED = 3  # lists inside one another that are tried as a menu
_NO_MORE = (None, None, None, False)
_STYLING = frozenset(("id", "class", "style", "bgcolor", "background", "hidden", "itemprop"))
_RARE = _STYLING - {"id", "class", "style"}
_STYLED = frozenset(("font", "founder-content"))
_TELLING = frozenset(("style", "script"))  # of what is dropped
APART = DROPPED | {"meta", "link", "base", "head", "title"}
_AS_FOUND = {"encoding": "utf-8", "huge_tree": True, "recover": True}

type Way = tuple[str, bool]  # how text is hidden ("": it is not), whether something is painted behind it
_SHOWN: Way = ("", False)


class Markup:
    """A page's markup; its tree is built as often as it is asked for."""

    def __init__(self, text: str):
        self._text, self._folded = text, fold(text)
        self._root = None
        parser = _parser()
        with suppress(etree.LxmlError):
            self._root = etree.fromstring(_bytes(self._folded.text), parser)
        last = parser.error_log.last_error
        if last is not None and last.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
            self._root = None  # cut off where elements stand too deep in one another

    def tree(self, *, brief: bool = False) -> Tree:
        """The tokens of a page. Where most text is hidden, a script is meant to show it, and nothing is left out.

        A `brief` tree has lists of nothing but links as empty elements of their size, and names them in `lists`.
        """
        tree = self._build(_Builder(self._folded, brief=brief))
        hidden = sum(len(words.strip()) for _place, _way, words in tree.hidden)
        return self._build(_Builder(self._folded, reveal=True)) if hidden >= 100 and hidden > 3 * tree.weight else tree

    def _build(self, builder: "_Builder") -> Tree:
        if self._root is not None:
            return builder.read(self._root)
        target = _Target(builder)
        try:
            return etree.fromstring(_bytes(self._text), etree.HTMLParser(**_AS_FOUND, target=target)) or Tree()
        except etree.LxmlError:
            return Tree()
        finally:
            vars(target).clear()  # the parser holds itself and its target until the next collection of garbage


def _parser() -> etree.HTMLParser:
    return etree.HTMLParser(**_AS_FOUND, remove_comments=True, remove_pis=True)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace") or b" "


class _Target:
    """What the parser calls at each start, end and text, where a page cannot be had as a whole."""

    def __init__(self, builder: "_Builder"):
        self.builder = builder
        self.dropped: tuple[str, Mapping[str, str]] = ("", {})
        self.words: list[str] = []  # of the element that is dropped
        self.depth = 0  # in it

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self.depth or (tag in APART and self.builder.apart(tag, attributes)):
            if not self.depth:
                self.dropped, self.words = (tag, attributes), []
            self.depth += 1
        else:
            self.builder.start(tag, attributes)

    def end(self, tag: str) -> None:
        if not self.depth:
            self.builder.end()
            return
        self.depth -= 1
        if not self.depth:
            self.builder.drop(*self.dropped, "".join(self.words))

    def data(self, text: str) -> None:
        self.words.append(text) if self.depth else self.builder.add(text)

    def close(self) -> Tree:
        return self.builder.close()


class _Builder:
    """Takes the elements and texts of a page in their order."""

    def __init__(self, folded: Folded, *, reveal: bool = False, brief: bool = False):
        self.tree, self.folded = Tree(), folded
        self.reveal, self.brief = reveal, brief
        self.element, self.way = -1, _SHOWN  # the innermost that is open, and how it hides its text
        self.outer: list[Way] = []  # how those around it do
        self.total = self.links = 0  # what stands before this place; how many links are open
        self.too_deep = self.head = 0
        self.in_title = False
        self._rules: dict[str, str] = {}
        self._hiding: frozenset[str] = frozenset()
        self._measured: dict[str, Size] = {}
        self._tried: list[int] = []  # lists that are open and hold other things than links
        self._seen: dict[tuple, tuple[bool, Way]] = {}

    def read(self, root: etree._Element) -> Tree:
        for page in (root, *root.itersiblings()):  # several, where pages were saved into one file
            self._read(page)
        return self.close()

    def close(self) -> Tree:
        self.tree.total = self.total
        return self.tree

    def _read(self, root: etree._Element) -> None:
        walk = etree.iterwalk(root, events=("start", "end"))
        dropped = False
        for event, node in walk:
            if event == "start":
                tag, attributes = node.tag, dict(node.items())
                dropped = tag in APART and self.apart(tag, attributes)
                folded = attributes.pop(FOLDED, None) if tag in LISTS else None
                if dropped:
                    words = "".join(node.itertext()) if tag in _TELLING else ""
                    self.drop(tag, attributes, self.folded.whole(words))
                    walk.skip_subtree()
                elif self.start(tag, attributes) and self.brief and self._is_list(tag, node, folded):
                    walk.skip_subtree()
                elif folded:
                    self._unfold(self.folded.lists[int(folded)])
                elif text := node.text:
                    self.add(text)
            else:
                if dropped:
                    dropped = False
                else:
                    self.end()
                if text := node.tail:
                    self.add(text)

    def start(self, tag: str, attributes: Mapping[str, str]) -> bool:
        """Open an element; False where it is too deep."""
        tree, way = self.tree, self.way
        if len(self.outer) >= _DEEPEST or self.too_deep:
            self.too_deep += 1
            return False
        self.outer.append(way)
        element = len(tree.tags)
        if tag in BREAKING:
            self.total += BREAK  # its own is none it holds
        elif tag == "a":
            self.links += 1
        tree.tags.append(tag)
        tree.attributes.append(attributes)
        tree.parents.append(self.element)
        tree.starts.append(len(tree.tokens))
        tree.ends.append(0)
        tree.sizes.append(self.total)
        tree.tokens.append(element)
        self.element = element
        if attributes and (tag in _STYLED or not _STYLING.isdisjoint(attributes)):
            self.way = self._way(tag, element, attributes, way)
        return True

    def end(self) -> None:
        if self.too_deep:
            self.too_deep -= 1
            return
        tree, element = self.tree, self.element
        tree.ends[element] = len(tree.tokens)
        tree.sizes[element] = self.total - tree.sizes[element]
        tree.tokens.append(~element)
        self.element, self.way = tree.parents[element], self.outer.pop()
        tag = tree.tags[element]
        if tag == "a":
            self.links -= 1
        elif tag == "head":
            self.head -= 1
        elif tag == "title":
            self.in_title = False

    def add(self, text: str) -> None:
        tree = self.tree
        if self.in_title:
            tree.titles.append(text)
        elif self.head:
            pass
        elif self.way[0] and not self.reveal:
            tree.hidden.append((len(tree.tokens), self.way[0], text))
        else:
            tree.places.append(len(tree.tokens))
            tree.tokens.append(text)
            if text.isspace():
                return
            plain = text.isalnum()
            count = len(text) if plain else len("".join(text.split()))
            if self.links:
                self.total += count * (CHARS | LINKED)
            else:
                marks = 0 if plain else 8 * len(_PUNCTUATION.findall(text))
                self.total += count * CHARS + (count + marks) * WEIGHT

    def _unfold(self, markup: str) -> None:
        """Read what a list holds that was taken out of the markup."""
        node = etree.fromstring(_bytes(markup), _parser())[0][0]
        if text := node.text:
            self.add(text)
        for child in node:
            self._read(child)

    def _is_list(self, tag: str, node: etree._Element, folded: str | None) -> bool:
        """Whether the element just opened is a long list of links; then it is counted as a whole."""
        if tag not in LISTS or self.way[0] or self.links or self.head:
            return False
        while self._tried and self.tree.ends[self._tried[-1]]:
            self._tried.pop()
        if len(self._tried) >= _NESTED:
            return False  # each would be looked through again for every list around it
        self._tried.append(self.element)
        if folded:
            markup = self.folded.lists[int(folded)]
            size = None if any(name in markup for name in self._hiding) else self.folded.sizes[markup]
        else:
            size = measure(node, self._hiding, self._measured, self.folded)
        if size:
            self.total += size[0] * (CHARS | LINKED) + size[1] * BREAK
            self.tree.lists.append(self.element)
        return bool(size)

    def apart(self, tag: str, attributes: Mapping[str, str]) -> bool:
        """Keep what an element in APART tells; True where it is dropped with all it holds."""
        if tag == "meta":
            self.tree.metas.append(dict(attributes))
        elif tag == "link":
            self.tree.links.append(dict(attributes))
        elif tag == "base":
            self.tree.base = self.tree.base or attributes.get("href", "").strip()
        elif tag in ("head", "title") and not self.too_deep and len(self.outer) < _DEEPEST:
            self.head += tag == "head"
            self.in_title = self.in_title or tag == "title"
        return tag in DROPPED

    def drop(self, tag: str, attributes: Mapping[str, str], words: str) -> None:
        """Keep the styles and statements that an element holds that is dropped."""
        if tag == "style":
            self._rules |= hiding_rules(words[:_MAX_STYLES])
            self._hiding = frozenset(selector[1:] for selector in self._rules)
            self._seen.clear()
        elif tag == "script" and "ld+json" in attributes.get("type", "").lower():
            self.tree.statements.append(words)

    def _way(self, tag: str, index: int, attributes: Mapping[str, str], above: Way) -> Way:
        """How this element's text is hidden, and whether something is painted behind it; `above` is its parent's."""
        get = attributes.get
        if tag in _STYLED or not _RARE.isdisjoint(attributes):
            own = get("id"), get("class"), get("style"), get("bgcolor") or get("background"), get("hidden")
            key = (*own, get("itemprop"), get("color") if tag == "font" else tag == "founder-content", above)
        else:
            key = get("id"), get("class"), get("style"), above
        judged = self._seen.get(key)
        if judged is None:
            judged = self._seen[key] = self._judge(*key) if len(key) > 4 else self._judge(*key[:3], *_NO_MORE, above)
        if judged[0]:
            self.tree.known.append(index)
        return judged[1]

    def _judge(self, name, classes, style, ground, hidden, prop, other, above) -> tuple[bool, Way]:
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
