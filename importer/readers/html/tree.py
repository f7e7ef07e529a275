"""A web page as a flat row of tokens, so that no depth of nesting and no length of line can stop its reading."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, repeat

from lxml import etree

from importer.readers.html.hidden import hides, hiding_rules, paints

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
_NO_MORE = (None, None, None, False)
_STYLING = frozenset(("id", "class", "style", "bgcolor", "background", "hidden", "itemprop"))
_RARE = _STYLING - {"id", "class", "style"}
_STYLED = frozenset(("font", "founder-content"))
_BESIDE = DROPPED | {"meta", "link", "base"}

type Way = tuple[str, bool]  # how text is hidden ("": it is not), whether something is painted behind it
type Event = tuple[str, Mapping[str, str]] | str | None  # an element begins, text, the innermost element ends


class Tree:
    """The page's elements in document order and its tokens: k for the start of element k, ~k for its end, or text.

    Every element has its tag, attributes, first and last token, and its sizes: visible characters, characters in
    links, `weight` (prose: unlinked characters, marks counting more) and line breaks.
    """

    def __init__(self, events: Iterable[Event] = (), *, reveal: bool = False):
        self.reveal = reveal
        self.tokens: list[int | str] = []
        self.tags: list[str] = []
        self.attributes: list[Mapping[str, str]] = []
        self.parents: list[int] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.sizes: list[tuple[int, int, int, int]] = []
        self.weight = 0
        self.known: list[int] = []
        self.hidden: list[tuple[int, str, str]] = []  # the token it stands before, the way, the words
        self.titles: list[str] = []
        self.metas: list[dict[str, str]] = []
        self.links: list[dict[str, str]] = []
        self.statements: list[str] = []  # JSON-LD
        self.base = ""
        self._rules: dict[str, str] = {}
        self._seen: dict[tuple, tuple[bool, Way]] = {}
        self._read(chain(events, repeat(None)))
        self.sizes = [(0, 0, 0, 0)] * len(self.tags)
        self._measure()

    def _read(self, events: Iterator[Event]) -> None:
        """Take the page's events. They never run out: the first end that ends nothing is the last."""
        tokens, tags, starts, ends = self.tokens, self.tags, self.starts, self.ends
        outer: list[tuple[int, Way]] = []  # what is around each open element: its parent, and how that hides text
        element, way = -1, ("", False)
        too_deep = head = 0
        in_title = False
        for event in events:
            if event is None:
                if too_deep:
                    too_deep -= 1
                    continue
                if not outer:
                    return
                head -= tags[element] == "head"
                in_title = in_title and tags[element] != "title"
                ends[element] = len(tokens)
                tokens.append(~element)
                element, way = outer.pop()
            elif type(event) is str:
                if not (in_title or head):
                    if way[0] and not self.reveal:
                        self.hidden.append((len(tokens), way[0], event))
                    else:
                        tokens.append(event)
                elif in_title:
                    self.titles.append(event)
            else:
                tag, attributes = event
                if tag in _BESIDE and self._beside(tag, attributes, events):
                    continue
                if too_deep or len(outer) >= _DEEPEST:
                    too_deep += 1
                    continue
                head += tag == "head"
                in_title = in_title or tag == "title"
                self.parents.append(element)
                outer.append((element, way))
                element = len(tags)
                tags.append(tag)
                self.attributes.append(attributes)
                starts.append(len(tokens))
                ends.append(0)
                tokens.append(element)
                if attributes and (tag in _STYLED or not _STYLING.isdisjoint(attributes)):
                    way = self._way(tag, element, attributes, way)

    def _measure(self) -> None:
        """The sizes of every element."""
        tags, sizes = self.tags, self.sizes
        before: list[tuple[int, int, int, int]] = []
        chars = linked = weight = breaks = in_link = 0
        for token in self.tokens:
            if type(token) is str:
                if token.isspace():
                    continue
                plain = token.isalnum()
                count = len(token) if plain else len("".join(token.split()))
                chars += count
                if in_link:
                    linked += count
                else:
                    weight += count if plain else count + 8 * len(_PUNCTUATION.findall(token))
            elif token >= 0:
                tag = tags[token]
                if tag in BREAKING:
                    breaks += 1  # its own is none it holds
                elif tag == "a":
                    in_link += 1
                before.append((chars, linked, weight, breaks))
            else:
                a, b, c, d = before.pop()
                sizes[~token] = chars - a, linked - b, weight - c, breaks - d
                if tags[~token] == "a":
                    in_link -= 1
        self.weight = weight

    def _beside(self, tag: str, attributes: Mapping[str, str], events: Iterator[Event]) -> bool:
        """Keep what an element in _BESIDE tells; True where it is dropped, with all events up to its end taken."""
        if tag == "meta":
            self.metas.append(dict(attributes))
        elif tag == "link":
            self.links.append(dict(attributes))
        elif tag == "base":
            self.base = self.base or attributes.get("href", "").strip()
        if tag not in DROPPED:
            return False
        words, depth = [], 1
        for event in events:
            if event is None:
                depth -= 1
                if not depth:
                    break
            elif type(event) is str:
                words.append(event)
            else:
                depth += 1
        if tag == "style":
            self._rules |= hiding_rules("".join(words)[:_MAX_STYLES])
            self._seen.clear()
        elif tag == "script" and "ld+json" in attributes.get("type", "").lower():
            self.statements.append("".join(words))
        return True

    # --- what the others ask -----------------------------------------------------------------------------------------

    def count(self, index: int, which: int) -> int:
        """How many characters (0), characters in links (1), weight (2), breaks (3) element `index` holds."""
        return self.sizes[index][which]

    def between(self, start: int, stop: int) -> bool:
        """Whether any words stand among these tokens."""
        return any(isinstance(token, str) and not token.isspace() for token in self.tokens[start:stop])

    def names(self, index: int) -> list[str]:
        """An element's id and classes in lower case."""
        attributes = self.attributes[index]
        return f"{attributes.get('id', '')} {attributes.get('class', '')}".lower().split()

    def _way(self, tag: str, index: int, attributes, above: Way) -> Way:
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
            self.known.append(index)
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


class _Events:
    """What the parser calls: it keeps a page's events in their order."""

    def __init__(self):
        self.events: list[Event] = []
        self.data = self._keep = self.events.append

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._keep((tag, attributes))

    def end(self, tag: str) -> None:
        self._keep(None)

    def close(self) -> list[Event]:
        return self.events


def parse(text: str) -> Tree:
    """The tokens of a page. Where most of the text is hidden, a script is meant to show it, and nothing is left out."""
    events = _events(text)
    tree = Tree(events)
    hidden = sum(len(words.strip()) for _place, _way, words in tree.hidden)
    if hidden >= 100 and hidden > 3 * tree.weight:
        return Tree(events, reveal=True)
    return tree


def _events(text: str) -> list[Event]:
    parser = etree.HTMLParser(target=_Events(), encoding="utf-8", huge_tree=True, recover=True)
    try:
        return etree.fromstring(text.encode("utf-8", "replace") or b" ", parser) or []
    except etree.LxmlError:
        return []


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
