"""The text of an article as a person corrected it in the review: made safe, and read anew."""

import re
from collections.abc import Mapping
from html import escape

from lxml import etree

from articles.html import clean, parse, plain_text
from articles.typography import full_width, full_width_html
from importer.document import Cell, Heading, Line, Row
from importer.rules.bodies import outline_of, paragraphs_of, read_headings, targets_of
from importer.rules.paragraphs import join_lines

FULL_WIDTH = ("title", "kicker", "author_title")
_BETWEEN_TAGS = re.compile(r">\s+<")
_KNOWN = "/known/%d"


def pictures_of(found: dict) -> list[str]:
    """What the pictures of an article as read are known by (their addresses in its text), each once, in order."""
    shown = [node.get("src") for node in parse(found["body_html"]).iter("img")] if "<img" in found["body_html"] else []
    return list(dict.fromkeys(filter(None, [*shown, *(image["source"] for image in found["images"])])))


def with_addresses(html: str, addresses: Mapping[str, str]) -> str:
    """`html` with the address of each picture that `addresses` names replaced by the one it gives."""
    if "<img" not in html:
        return html
    body = parse(html)
    for node in body.iter("img"):
        node.set("src", addresses.get(node.get("src"), node.get("src") or ""))
    return _inner(body)


def safe(html: str, found: dict) -> str:
    """`html` as it may be filed: cleaned, with pictures of the page itself (`found`) and of this site alone."""
    known = {source: _KNOWN % number for number, source in enumerate(pictures_of(found))}
    cleaned = clean(with_addresses(html.replace("\r\n", "\n"), known))
    return with_addresses(cleaned, {place: source for source, place in known.items()})


def same(one: str, other: str) -> bool:
    """Whether two texts are one, whatever line ends stand between their paragraphs."""
    return _BETWEEN_TAGS.sub("><", one.strip()) == _BETWEEN_TAGS.sub("><", other.strip())


def read_anew(found: dict) -> None:
    """Set what hangs on an article's `body_html`: its text, outline and targets, and the pictures and files it keeps.

    A heading or a sentence that was read before keeps the line of the page it stood in; a new one has 0.
    """
    html = found["body_html"]
    body = parse(html) if html.strip() else parse("<p></p>")
    captions = {" ".join(node.text_content().split()) for node in body.iter("figcaption")}
    paragraphs = paragraphs_of(join_lines(_lines(html, body)))
    headings = [row for row in read_headings(paragraphs) if paragraphs[row.paragraph].text not in captions]
    reports = found["kind"] in ("news", "plan") and not found["carries_plan"]
    outline = outline_of(paragraphs, headings)
    targets = targets_of(paragraphs, headings, found["plan_year"], reports=reports)
    found["outline"] = _with_lines(outline, found["outline"], "heading")
    found["targets"] = _with_lines(targets, found["targets"], "sentence")
    found["body"] = plain_text(html)
    shown = {node.get("src") for node in body.iter("img")}
    linked = {node.get("href") for node in body.iter("a")}
    found["images"] = [image for image in found["images"] if image["source"] in shown]
    found["attachments"] = [file for file in found["attachments"] if file["source"] in linked]


def set_full_width(found: dict) -> None:
    """Set the half-width marks of an article's Chinese text full-width, as it will be filed."""
    found["body_html"] = full_width_html(found["body_html"])
    for name in FULL_WIDTH:
        found[name] = found[name] and full_width(found[name])
    if "subtitle" in found["evidence"]:
        found["evidence"]["subtitle"]["text"] = full_width(found["evidence"]["subtitle"]["text"])
    for row, name in [(row, "heading") for row in found["outline"]] + [(row, "sentence") for row in found["targets"]]:
        row[name] = full_width(row[name])


def _lines(html: str, body) -> list[Line]:
    """The paragraphs of a text as whole lines, with what its tags say of headings, rows of tables and bold lines."""
    marks = {_words(node): Heading(int(node.tag[1])) for node in body.iter("h2", "h3", "h4")}
    marks |= {_row_words(row): Row(0, tuple(Cell(_words(cell)) for cell in row)) for row in body.iter("tr")}
    bold = {_words(node): f"<strong>{_safe(_words(node))}</strong>" for node in body.iter("p") if _all_bold(node)}
    rows = enumerate(plain_text(html).split("\n"), 1)
    return [
        Line(number, text, whole=True, html=bold.get(text, ""), mark=marks.get(text)) for number, text in rows if text
    ]


def _words(node) -> str:
    return " ".join(node.text_content().split())


def _row_words(row) -> str:
    return " ".join(filter(None, map(_words, row)))


def _all_bold(node) -> bool:
    return len(node) == 1 and node[0].tag in ("strong", "b") and not ((node.text or "") + (node[0].tail or "")).strip()


def _with_lines(rows: list[dict], before: list[dict], words: str) -> list[dict]:
    lines: dict[str, list[int]] = {}
    for row in before:
        lines.setdefault(row[words], []).append(row["line"])
    for row in rows:
        there = lines.get(row[words])
        row["line"] = (there.pop(0) if len(there) > 1 else there[0]) if there else 0
    return rows


def _inner(body) -> str:
    inside = (etree.tostring(node, encoding="unicode", method="html") for node in body)
    return _safe(body.text or "") + "".join(inside)


def _safe(text: str) -> str:
    return escape(text, quote=False)
