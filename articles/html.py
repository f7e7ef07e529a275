"""HTML of article bodies: what may stay in it, and the plain text it holds."""

import re
from functools import lru_cache

import lxml.html
import nh3

from .told_before import told_before

BLOCK_TAGS = frozenset(
    {"p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "pre", "hr", "div", "dl", "dt", "dd"}
    | {"table", "caption", "thead", "tbody", "tr", "figure", "figcaption"}
)
INLINE_TAGS = frozenset({"a", "b", "strong", "em", "i", "u", "s", "sub", "sup", "span", "br", "img", "td", "th"})
ALLOWED_TAGS = (BLOCK_TAGS - {"div"}) | INLINE_TAGS
ALLOWED_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start", "type"},
}
_SPACES = re.compile(r"[^\S\n]+")
_BLANK = re.compile(r"\n\s*")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_OWN_ADDRESS = re.compile(r"/(?![/\\])[^\s\\]*")  # browsers read \ as / and leave out tabs and line ends
_ASCII_SPACE = " \t\r\n\f\v"


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Pictures come from this site alone, so that a page loads nothing from elsewhere (R12)."""
    if tag == "img" and name == "src" and not _OWN_ADDRESS.fullmatch(value):
        return None
    return value


_CLEANER = nh3.Cleaner(
    tags=set(ALLOWED_TAGS),
    attributes=ALLOWED_ATTRIBUTES,
    attribute_filter=_attribute,
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel="noopener noreferrer",
    clean_content_tags={"script", "style"},
)


@told_before
def clean(html: str) -> str:
    """`html` with nothing in it but the tags and attributes of the allow-list; script, style and foreign pictures go.

    Safe for any input; cleaning twice changes nothing.
    """
    cleaned = _CLEANER.clean(CONTROL.sub("", html))
    return CONTROL.sub("", re.sub(r"<img(?![^>]*\ssrc=)[^>]*>", "", cleaned))


def parse(html: str):
    """The body as an lxml element (a div that holds it)."""
    return lxml.html.fragment_fromstring(html, create_parent="div")


def _walk(element, out: list[str]) -> None:
    block = element.tag in BLOCK_TAGS
    if block or element.tag == "br":
        out.append("\n")
    if element.tag in ("td", "th"):
        out.append(" ")
    if isinstance(element.tag, str):
        out.append((element.text or "").replace("\n", " "))
        for child in element:
            _walk(child, out)
    if block:
        out.append("\n")
    out.append((element.tail or "").replace("\n", " "))


@told_before
@lru_cache(maxsize=4)  # filing asks for the words of one body from several rooms
def plain_text(html: str) -> str:
    """The words of a body: one line a block, lines joined by one newline, no blank lines, no tags."""
    if not html.strip():
        return ""
    out: list[str] = []
    _walk(parse(html), out)
    text = _SPACES.sub(" ", "".join(out))
    return "\n".join(line for line in (part.strip(_ASCII_SPACE) for part in _BLANK.sub("\n", text).split("\n")) if line)


def table_rows(html: str) -> dict[str, tuple[str, ...]]:
    """The words of the cells of each row of its tables, by the line that plain_text makes of the row."""
    if "<tr" not in html:
        return {}
    rows = (tuple(" ".join(cell.text_content().split()) for cell in row) for row in parse(html).iter("tr"))
    return {" ".join(filter(None, cells)): cells for cells in rows}


def count_characters(html: str) -> int:
    """Characters of the text, white space left out: what 字数 means to a reader."""
    return len("".join(plain_text(html).split()))
