"""The article's text as clean HTML: what the file's format marks, and the headings the outline found."""

import re
from collections.abc import Sequence
from html import escape

from importer.document import Attachment, ListItem, Picture, Row
from importer.document import Heading as MarkedHeading
from importer.rules.paragraphs import Block
from plans.grammar.outline import Heading

_TAGS = {1: "h2", 2: "h3"}
_TOKEN = re.compile(r"<(/?)(\w+)[^>]*>|&\w+;|&#\d+;|[^<&]")
_STRONG = re.compile(r"</?strong>")
_SENTENCE = re.compile(r"(?:\d.*|.{30})[。；;]$")  # a numbered item that is text: 2.新建职工书屋8家。


def html_of(
    blocks: Sequence[Block],
    headings: Sequence[Heading],
    pictures: Sequence[Picture] = (),
    attachments: Sequence[Attachment] = (),
) -> str:
    """Paragraphs as <p>; headings as <h2>, <h3> and <h4>, run-in ones in bold; tables, lists and figures as themselves.
    A numbered item that is a whole sentence with figures, or a long one, is a paragraph.

    Pictures and files keep the addresses their reader gave them; `attachments` are those no line links to, and stand
    at the end. Everything else is as articles.html.clean leaves it.
    """
    own = {row.paragraph: row for row in headings if row.style == "standalone" and not _SENTENCE.search(row.heading)}
    run_in = {heading.paragraph: heading.end for heading in headings if heading.style == "run_in"}
    waiting = sorted(pictures, key=lambda picture: picture.after)
    rows: list[str] = []
    group: tuple[str, int] | None = None  # the list or table that is open
    for index, block in enumerate(blocks):
        captioned = False
        figures = [picture for picture in waiting if picture.after < block.line] if waiting else []
        waiting = waiting[len(figures) :]
        mark = block.mark
        now = None if not mark or (index in own and not isinstance(mark, Row)) else _group(mark)
        if group and (figures or now != group):
            rows.append(_closing(group))
            group = None
        for picture in figures:
            captioned = picture.caption == block.text
            rows.append(_figure(picture))
        if captioned:
            continue
        if now and now != group:
            group = now
            rows.append(f"<{now[0]}><tbody>" if now[0] == "table" else f"<{now[0]}>")
        inner = block.html or escape(block.text, quote=False)
        if isinstance(mark, Row):
            rows.append(_row(mark))
        elif index in own:
            rows.append(_heading(_TAGS.get(own[index].level, "h4"), inner))
        elif isinstance(mark, MarkedHeading):
            rows.append(_heading(f"h{min(max(mark.level, 2), 4)}", inner))
        else:
            inner = _bold(inner, run_in[index]) if index in run_in else inner
            rows.append(f"<li>{inner}</li>" if isinstance(mark, ListItem) else f"<p>{inner}</p>")
    if group:
        rows.append(_closing(group))
    return "\n".join([*rows, *map(_figure, waiting), *map(_link, attachments)])


def unlinked(blocks: Sequence[Block], attachments: Sequence[Attachment]) -> list[Attachment]:
    """The attachments that no line of the text links to."""
    html = "".join(
        "".join(cell.html for cell in block.mark.cells) if isinstance(block.mark, Row) else block.html
        for block in blocks
    )
    return [file for file in attachments if f'href="{_quoted(file.source)}"' not in html]


def _group(mark) -> tuple[str, int] | None:
    if isinstance(mark, Row):
        return "table", mark.table
    return ("ol" if mark.ordered else "ul", mark.list) if isinstance(mark, ListItem) else None


def _closing(group: tuple[str, int]) -> str:
    return "</tbody></table>" if group[0] == "table" else f"</{group[0]}>"


def _heading(tag: str, inner: str) -> str:
    return f"<{tag}>{_STRONG.sub('', inner)}</{tag}>"


def _row(row: Row) -> str:
    cells = []
    for cell in row.cells:
        tag = "th" if cell.header else "td"
        spans = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
        spans += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
        cells.append(f"<{tag}{spans}>{cell.html or escape(cell.text, quote=False)}</{tag}>")
    return f"<tr>{''.join(cells)}</tr>"


def _figure(picture: Picture) -> str:
    caption = f"<figcaption>{escape(picture.caption, quote=False)}</figcaption>" if picture.caption else ""
    return f'<figure><img src="{_quoted(picture.source)}" alt="{_quoted(picture.alt)}">{caption}</figure>'


def _link(file: Attachment) -> str:
    name = escape(file.name or file.source, quote=False)
    return f'<p><a href="{_quoted(file.source)}" rel="noopener noreferrer">{name}</a></p>'


def _quoted(text: str) -> str:
    return escape(text, quote=False).replace('"', "&quot;")


def _bold(inner: str, end: int) -> str:
    """The first `end` characters in bold, unless a mark in them crosses that place or they are bold already."""
    if "<" not in inner and "&" not in inner:
        return f"<strong>{inner[:end]}</strong>{inner[end:]}"
    count, depth = 0, 0
    for match in _TOKEN.finditer(inner):
        if match[2]:
            depth += -1 if match[1] else 1
            continue
        if count == end:
            head = inner[: match.start()]
            break
        count += 1
    else:
        head = inner
    if depth or "<strong>" in head:
        return inner
    return f"<strong>{head}</strong>{inner[len(head) :]}"
