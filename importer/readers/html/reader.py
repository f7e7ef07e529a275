"""The reader of saved web pages, however they were made: no network, no scripts, any depth, any length of line."""

import codecs
import re
from dataclasses import replace
from itertools import islice

from importer.document import Document, Line
from importer.readers.decoding import looks_binary
from importer.readers.html.building import Markup
from importer.readers.html.container import find_container, find_tails
from importer.readers.html.decoding import decode_page
from importer.readers.html.hints import read_hints
from importer.readers.html.lines import Draft, Walk, captioned
from importer.readers.html.neighbours import read_neighbour_links
from importer.readers.html.tree import Tree
from importer.readers.unreadable import UnreadableFile, foreign_kind
from importer.rules.breadcrumbs import read_breadcrumb
from importer.rules.labels import read_info_line
from importer.rules.neighbours import read_neighbours

_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*"
    rb"<(?:!doctype|html|head|body|meta|title|link|script|style|table|div|center|p|font|span|h[1-6]|br|section|article)"
    rb"[\s>/]",
    re.IGNORECASE | re.DOTALL,
)
_NAMED = re.compile(r"\.(?:s?html?|xhtml|aspx?|jsp|php)$", re.IGNORECASE)
_TAG = re.compile(rb"<(?:p|br|div|td|body|html)[\s>/]", re.IGNORECASE)
_HEAD_LINES = 40  # kept above the article, and below it
_FOOT_LINES = 30
_SUMMARY = re.compile(r"[\[【]?\s*(?:(?:内容|文章)?(?:摘\s*要|提要)|导\s*读|核心提示)\s*[\]】]?\s*[:：]")
_TELLING = re.compile(r"[>»›→＞/|]|位置|首页|[上下前后]一|附件|下载|[:：]|来源|时间|作者")
_ATTACHMENT_LINE = re.compile(r"(?:相关)?附件|下载")


class HtmlReader:
    name = "html"

    def takes(self, raw: bytes, name: str) -> bool:
        """A page by its first tag, or by a name such as x.html where tags stand in it."""
        head = raw[:4096]
        if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            head = head.decode("utf-16", "ignore").encode("utf-8", "replace")
        if _START.match(head) or foreign_kind(raw) == "web_page":
            return True
        return bool(_NAMED.search(name)) and foreign_kind(raw) is None and bool(_TAG.search(raw))

    def read(self, raw: bytes, name: str) -> Document:
        """The page's lines, the article's place among them, its pictures and files, and what the page states.

        Raises UnreadableFile for a page without text, for one that only holds frames, and for what is no text.
        """
        decoded = decode_page(raw)
        if looks_binary(decoded):
            raise UnreadableFile("binary", name)
        tree, container, tails = _article(decoded.text)
        beside, blocks = read_neighbour_links(tree)
        walk = Walk(tree, container, [*tails, *blocks]).run()
        if not walk.lines:
            raise UnreadableFile("frames" if "frame" in tree.tags else "empty", name)
        hints = read_hints(tree, decoded.text, [draft.text for draft in walk.lines])
        title = hints["title"].value if "title" in hints else None
        kept = _kept(walk.lines, title)
        numbers, body = _numbers(walk.lines, kept)
        lines = tuple(
            Line(number, draft.text, draft.indent, draft.whole, draft.html, draft.mark)
            for number, draft in enumerate((walk.lines[index] for index in kept), 1)
        )
        return Document(
            lines,
            decoded.encoding,
            self.name,
            (*decoded.warnings, *_hidden(tree, walk.container)),
            body=body,
            hints=hints | beside,
            pictures=tuple(replace(picture, after=numbers[picture.after]) for picture in captioned(walk)),
            attachments=_attachments(walk, kept, numbers),
            files=walk.store.files,
        )


def _article(text: str) -> tuple[Tree, int | None, list[int]]:
    """The page's tree, the element that holds the article, and the blocks of other pages."""
    markup = Markup(text)
    tree = markup.tree(brief=True)
    tails = find_tails(tree)
    container = find_container(tree, tails)
    if container is not None and any(tree.holds(container, index) for index in tree.lists):
        tree = markup.tree()  # lists of links may be the article's
        tails = find_tails(tree)
        container = find_container(tree, tails)
    return tree, container, tails


def _kept(lines: list[Draft], title: str | None) -> list[int]:
    """The places of the lines that may matter: the article's, and what stands near it and is no link to elsewhere."""
    inside = [index for index, draft in enumerate(lines) if draft.inside]
    if not inside:
        return list(range(len(lines)))
    first, last = inside[0], inside[-1]
    above = (index for index in range(first - 1, -1, -1) if _may_matter(lines[index], title))
    below = (index for index in range(last + 1, len(lines)) if _may_matter(lines[index], title))
    return [*reversed([*islice(above, _HEAD_LINES)]), *range(first, last + 1), *islice(below, _FOOT_LINES)]


def _may_matter(draft: Draft, title: str | None) -> bool:
    if not draft.linked or draft.text == title:
        return True
    if draft.linked * 5 < len(draft.text) * 2:
        return True
    if len(draft.text) > 240 or not _TELLING.search(draft.text):
        return False
    line = Line(0, draft.text)
    return bool(read_breadcrumb(line) or read_neighbours(line) or _ATTACHMENT_LINE.match(draft.text)) or (
        draft.linked * 10 < len(draft.text) * 9 and read_info_line(line) is not None
    )


def _numbers(lines: list[Draft], kept: list[int]) -> tuple[list[int], tuple[int, int] | None]:
    """For each count of lines walked the number of the last kept one; and the article's first and last number."""
    numbers, number, places = [0], 0, set(kept)
    first = last = 0
    for index, draft in enumerate(lines):
        if index in places:
            number += 1
            if draft.inside:
                first, last = first or number, number
                if number - first < 12 and _SUMMARY.match(draft.text):
                    first = number + 1  # a summary stands between head and text
        numbers.append(number)
    return [*numbers, number], (first, last) if 0 < first <= last else None


def _attachments(walk: Walk, kept: list[int], numbers: list[int]):
    """Files offered in the article or right below it."""
    inside = [index for index, draft in enumerate(walk.lines) if draft.inside]
    first, last = (inside[0], inside[-1]) if inside else (0, len(walk.lines))
    places, seen, out = set(kept), set(), []
    for file in walk.attachments:
        index = file.after - 1
        if index < first or (index > last and index not in places) or file.source in seen:
            continue
        seen.add(file.source)
        out.append(replace(file, after=numbers[file.after]))
    return tuple(out)


def _hidden(tree: Tree, container: int | None) -> tuple[str, ...]:
    """A warning about text that readers of the page do not see. A menu that opens is no such text."""
    words = []
    for place, way, text in tree.hidden:
        within = container is not None and tree.starts[container] < place <= tree.ends[container]
        text = " ".join(text.split())
        if text and (within or (way in ("away", "tiny") and len(text) > 12)):
            words.append(text)
    text = " ".join(words)
    if len(text) < 8:
        return ()
    return (f"hidden_text: {len(text)} characters that the page hides from its readers were left out: {text[:40]}",)
