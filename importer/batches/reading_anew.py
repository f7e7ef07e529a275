"""The text of an article that a person wrote in the review, read as the file's own was."""

from html import escape

from articles.html import parse, plain_text
from importer.document import Cell, Heading, Line, Row
from importer.rules.bodies import outline_of, paragraphs_of, read_headings, targets_of
from importer.rules.paragraphs import join_lines


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


def _lines(html: str, body) -> list[Line]:
    """The paragraphs of a text as whole lines, with what its tags say of headings, rows of tables and bold lines."""
    marks = {_words(node): Heading(int(node.tag[1])) for node in body.iter("h2", "h3", "h4")}
    marks |= {_row_words(row): Row(0, tuple(Cell(_words(cell)) for cell in row)) for row in body.iter("tr")}
    bold = {
        _words(node): f"<strong>{escape(_words(node), quote=False)}</strong>"
        for node in body.iter("p")
        if _all_bold(node)
    }
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
