"""The walk over a page's tokens: its lines with their marks, its pictures and what it offers to download."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from importer.document import Attachment, Cell, Heading, ListItem, Picture, Row
from importer.readers.html.container import is_crumb, is_menu, is_sharing
from importer.readers.html.inline import LineBuffer, quoted
from importer.readers.html.links import PictureStore, address, attachment_name, is_attachment, is_caption
from importer.readers.html.surroundings import Surroundings
from importer.readers.html.tables import data_rows, labelled_row, span
from importer.readers.html.tree import Tree

_BLOCKS = (
    "html body p div section article h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table thead tbody tfoot tr td th caption "
    "blockquote pre center form fieldset legend address figure figcaption header footer main hr aside nav details "
    "summary dir menu frameset noframes founder-content"
)
BLOCKS = frozenset(_BLOCKS.split())
_MARKS = {"b": "strong", "strong": "strong", "em": "em", "i": "em", "sub": "sub", "sup": "sup"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BOLD = re.compile(r"font-weight:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_CENTRED = re.compile(r"text-align:\s*center", re.IGNORECASE)
_NBSP = re.compile(r"&(?:amp;)*(?:nbsp|ensp|emsp|#160);?")  # written twice over: &amp;nbsp;
_PARAGRAPH_GAP = re.compile(r"(?<=[。！？；”）])(?:[\u3000\xa0]{2,}|[ \xa0\u3000]{4,})(?=\S)")
_NEIGHBOUR = re.compile(r"[\[【]?\s*[上下前后]一(?:篇|条|页|则|个|主题)(?:文章|新闻|信息)?")
_NAMED_NEIGHBOUR = re.compile(rf"(?:{_NEIGHBOUR.pattern})\s*[\]】]?[\s:：]+\S{{5}}")
_ARROW = re.compile(r"[>»›→|/＞》]|\s-\s|^\s*[-—_·\\]+|[-—]\s*$")


@dataclass
class Draft:
    """A line in the making; `linked` of its characters stand in links, `inside` tells the article's container."""

    text: str
    html: str = ""
    indent: int = 0
    mark: Row | ListItem | Heading | None = None
    inside: bool = False
    linked: int = 0
    centred: bool = False
    whole: bool = False
    caption: bool = False  # stands in a <figcaption>


class Walk:
    """Reads the tokens of `tree`, of which `container` holds the article; `tails` are passed over."""

    def __init__(self, tree: Tree, container: int | None, tails: Sequence[int] = ()):
        self.tree, self.container, self.tails = tree, container, frozenset(tails)
        self.lines: list[Draft] = []
        self.pictures: list[Picture] = []
        self.attachments: list[Attachment] = []
        self.store = PictureStore()
        self._buffer = LineBuffer()
        self._first = tree.starts[container] if container is not None else 0
        self._last = tree.ends[container] if container is not None else -1
        self._beside = Surroundings(tree, container)
        self._inside = False
        self._group = 0  # lines of the block that is open
        self._joined, self._glue = 0, " "  # blocks before this token are pieces of one line
        self._mark: ListItem | Heading | None = None
        self._lists = self._tables = self._pre = 0
        self._list: list[tuple[int, bool]] = []
        self._centres: list[int] = []
        self._caption = False
        self._link: tuple[int, str, int] | None = None  # element, address, length of the line before it
        self._words: list[str] = []  # of the link that is open

    def run(self) -> "Walk":
        self._read(0, len(self.tree.tokens))
        self._end_block()
        return self

    def _read(self, place: int, stop: int) -> None:
        tokens = self.tree.tokens
        while place < stop:
            token = tokens[place]
            if isinstance(token, str):
                self._add(token, place)
            elif token >= 0:
                if token == self.container:
                    self._end_block()
                    self._inside = True
                if self._start(token, place):
                    place = self.tree.ends[token]
            else:
                self._end(~token)
                if ~token == self.container:
                    self._end_block()
                    self._inside = False
            place += 1

    # --- elements ----------------------------------------------------------------------------------------------------

    def _start(self, index: int, place: int) -> bool:
        """Open an element; True where its whole content is passed over."""
        tag = self.tree.tags[index]
        if tag in BLOCKS:
            if place < self._joined:
                self._buffer.glue(self._glue)
                return False
            self._end_block()
            return self._start_block(index, tag, place)
        if tag == "br":
            self._buffer.glue(self._glue) if place < self._joined else self._end_line()
        elif tag == "img":
            if self._inside:
                self._picture(self.tree.attributes[index])
        elif tag == "a":
            self._open_link(index)
        elif self._inside:
            if tag in _MARKS:
                self._buffer.open(index, _MARKS[tag])
            elif tag in ("span", "font") and _BOLD.search(self.tree.attributes[index].get("style", "")):
                self._buffer.open(index, "strong")
        elif tag in ("span", "i", "em", "label", "font"):
            self._buffer.glue(self._glue)
        return False

    def _start_block(self, index: int, tag: str, place: int) -> bool:
        tree, end = self.tree, self.tree.ends[index]
        holds = self.container is not None and place <= self._first and self._last <= end
        if is_sharing(tree, index) or (index in self.tails and not holds):
            return True
        if not holds and is_crumb(tree, index):
            self._joined, self._glue = end, self._crumb_glue(index)
            return False
        if not holds and (not self._inside or self._beside.hold(index)) and is_menu(tree, index):
            return True
        if self._is_centred(index, tag):
            self._centres.append(index)
        if tag == "table" and self._inside:
            rows = data_rows(tree, index)
            if rows:
                self._table(rows)
                return True
        elif tag == "tr" and not holds and labelled_row(tree, index):
            self._joined, self._glue = end, " "
        elif tag in ("ul", "ol"):
            self._lists += 1
            self._list.append((self._lists, tag == "ol"))
        elif tag == "li" and self._inside and self._list:
            self._mark = ListItem(*self._list[-1])
        elif tag in _HEADINGS:
            self._mark = Heading(_HEADINGS[tag])
        elif tag == "pre":
            self._pre += 1
        elif tag == "figcaption":
            self._caption = True
        return False

    def _is_centred(self, index: int, tag: str) -> bool:
        attributes = self.tree.attributes[index]
        return tag == "center" or bool(
            attributes
            and ("center" in attributes.get("align", "").lower() or _CENTRED.search(attributes.get("style", "")))
        )

    def _end(self, index: int) -> None:
        tag = self.tree.tags[index]
        if self._link and self._link[0] == index:
            self._close_link()
        self._buffer.close(index)
        if tag not in BLOCKS:
            return
        if self.tree.ends[index] < self._joined:
            self._buffer.glue(self._glue)
            return
        self._end_block()
        self._glue = " "
        if tag in ("ul", "ol") and self._list:
            self._list.pop()
        elif tag == "pre":
            self._pre -= 1
        elif tag == "figcaption":
            self._caption = False
        elif tag == "li" or tag in _HEADINGS:
            self._mark = None
        if self._centres and self._centres[-1] == index:
            self._centres.pop()

    # --- text --------------------------------------------------------------------------------------------------------

    def _add(self, text: str, place: int) -> None:
        if self._link:
            self._words.append(text)
        if "&" in text:
            text = _NBSP.sub("\xa0", text)
        if self._pre and self._joined <= place:
            rows = text.split("\n")
        elif "\u3000\u3000" in text or "\xa0\xa0" in text:
            rows = [row if not at else "\u3000" + row for at, row in enumerate(_PARAGRAPH_GAP.split(text))]
        else:
            rows = [text]
        for at, row in enumerate(rows):
            if at:
                self._end_line()
            self._buffer.put(row)

    def _end_line(self) -> None:
        text, html, indent, linked = self._buffer.take()
        if not text:
            return
        mark = self._mark if self._inside or isinstance(self._mark, Heading) else None
        if isinstance(mark, ListItem):
            self._mark = None  # a second line of the item is a paragraph of its own
        html = html if self._inside else ""
        centred = bool(self._centres)
        self.lines.append(Draft(text, html, indent, mark, self._inside, linked, centred, caption=self._caption))
        self._group += 1

    def _end_block(self) -> None:
        """End the line; a block of one line is a paragraph by itself, lines cut by <br> may be broken ones."""
        self._end_line()
        if self._group == 1:
            self.lines[-1].whole = True
        self._group = 0

    def _crumb_glue(self, index: int) -> str:
        tokens = self.tree.tokens[self.tree.starts[index] : self.tree.ends[index]]
        return " " if any(isinstance(token, str) and _ARROW.search(token) for token in tokens) else " > "

    # --- tables, links, pictures -------------------------------------------------------------------------------------

    def _table(self, rows: list[list[int]]) -> None:
        self._tables += 1
        tree = self.tree
        for row in rows:
            cells = []
            for index in row:
                before, self._joined, self._glue = self._joined, tree.ends[index], " "
                self._read(tree.starts[index] + 1, tree.ends[index])
                self._joined = before
                text, html, _indent, _linked = self._buffer.take()
                attributes = tree.attributes[index]
                columns, high = span(attributes.get("colspan")), span(attributes.get("rowspan"))
                cells.append(Cell(text, html, tree.tags[index] == "th", columns, high))
            text = " ".join(cell.text for cell in cells if cell.text)
            self.lines.append(Draft(text, mark=Row(self._tables, tuple(cells)), inside=True, whole=True))

    def _open_link(self, index: int) -> None:
        if self._link:
            self._close_link()
        attributes = self.tree.attributes[index]
        if (
            self._buffer.length
            and self._joined <= self.tree.starts[index]
            and _NAMED_NEIGHBOUR.match(self.tree.words(index))
        ):
            self._end_line()  # 上一篇 and 下一篇 with their titles, side by side
        href = address(self.tree.base, attributes.get("href"))
        self._link, self._words, self._buffer.in_link = (index, href, 0), [], bool(attributes.get("href"))
        if not self._inside or _NEIGHBOUR.fullmatch(self._buffer.text()):
            self._buffer.glue(self._glue)
        if self._inside and href:
            self._buffer.open(index, "a", f' href="{quoted(href)}" rel="noopener noreferrer"')

    def _close_link(self) -> None:
        index, href, _ = self._link
        self._link, self._buffer.in_link = None, False
        words = " ".join("".join(self._words).split())
        if href and is_attachment(href, words):
            name = attachment_name(href, words, self.tree.attributes[index].get("title"))
            self.attachments.append(Attachment(href, len(self.lines) + 1, name))
        if not self._inside:
            self._buffer.glue(self._glue)

    def _picture(self, attributes) -> None:
        source = self.store.source(attributes, self.tree.base)
        if source:
            alt = " ".join((attributes.get("alt") or "").split())[:300]
            after = len(self.lines) + bool(self._buffer.length)
            self.pictures.append(Picture(source, after, alt))


def captioned(walk: Walk) -> tuple[Picture, ...]:
    """The pictures, each with the caption that stands right below it; of several in a row the last one has it."""
    out = []
    for at, picture in enumerate(walk.pictures):
        last = at + 1 == len(walk.pictures) or walk.pictures[at + 1].after != picture.after
        below = walk.lines[picture.after] if last and picture.after < len(walk.lines) else None
        if below and _captions(below):
            picture = replace(picture, caption=below.text)
        out.append(picture)
    return tuple(out)


def _captions(line: Draft) -> bool:
    return line.caption or (line.inside and not line.mark and is_caption(line.text, centred=line.centred))
