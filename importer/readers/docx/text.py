"""A Word paragraph's text: runs with their marks; what is deleted or hidden is left out, pictures are set aside."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from typing import NamedTuple

from lxml import etree

from importer.readers.characters import cleaned
from importer.readers.docx.numbering import W, is_on
from importer.readers.docx.styles import Styles
from importer.readers.ooxml import R, Relation, local

_DROPPED = {"del", "moveFrom", "instrText", "delText", "rt", "annotationRef", "pPr", "rPr", "sdtPr", "Fallback"}
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_SAFE = re.compile(r"(?:https?://|mailto:)[^\s\"'<>\\]+", re.IGNORECASE)


class Piece(NamedTuple):
    """Characters with the same marks: tags from the outside in, and the address they link to."""

    text: str
    tags: tuple[str, ...] = ()
    link: str = ""


@dataclass
class Content:
    """What a paragraph holds: its pieces, (relation id, description) of pictures, and text boxes."""

    pieces: list[Piece] = field(default_factory=list)
    pictures: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)  # (footnote or endnote, id)


class Runs:
    """Reads paragraphs of one part; `notes` numbers foot- and endnotes in the order they are met."""

    def __init__(self, styles: Styles, relations: dict[str, Relation]):
        self._styles = styles
        self._relations = relations
        self.notes: dict[tuple[str, str], int] = {}

    def read(self, paragraph: etree._Element, style: str | None) -> Content:
        """The content of one <w:p>; `style` is its style's id."""
        content = Content()
        self._children(paragraph, content, Piece(""), self._styles.is_hidden(style))
        return content

    def _children(self, parent: etree._Element, content: Content, marks: Piece, hidden: bool) -> None:
        for child in parent:
            self._one(child, content, marks, hidden)

    def _one(self, element: etree._Element, content: Content, marks: Piece, hidden: bool) -> None:
        name = local(element)
        if name in _DROPPED:
            return
        if name == "r":
            properties = element.find(W + "rPr")
            if self._hides(properties, hidden):
                return
            marks = marks._replace(tags=tuple(_tags(properties)))
        elif name == "hyperlink":
            relation = self._relations.get(element.get(R + "id", ""))
            safe = relation and relation.external and _SAFE.fullmatch(relation.target)
            marks = marks._replace(link=relation.target if safe else "")
        elif name == "t":
            content.pieces.append(marks._replace(text=cleaned(element.text or "").replace("\n", " ")))
        elif name in _SIGNS:
            content.pieces.append(marks._replace(text=_SIGNS[name]))
        elif name in ("footnoteReference", "endnoteReference"):
            number = self.notes.setdefault(
                (name.removesuffix("Reference"), element.get(W + "id", "")), len(self.notes) + 1
            )
            content.pieces.append(marks._replace(text=f"[{number}]"))
        elif name == "txbxContent":
            content.boxes.append(element)
            return
        elif name in ("blip", "imagedata"):
            relation = element.get(R + "embed") or element.get(R + "id")
            if relation:
                content.pictures.append((relation, _description(element)))
        self._children(element, content, marks, hidden)

    def _hides(self, properties: etree._Element | None, hidden: bool) -> bool:
        if properties is None:
            return hidden
        own, named = properties.find(W + "vanish"), properties.find(W + "rStyle")
        if own is not None:
            return is_on(own)
        return hidden or (named is not None and self._styles.is_hidden(named.get(W + "val")))


def _tags(properties: etree._Element | None) -> Iterator[str]:
    if properties is None:
        return
    if is_on(properties.find(W + "b")):
        yield "strong"
    if is_on(properties.find(W + "i")):
        yield "em"
    raised = properties.find(W + "vertAlign")
    tag = {"superscript": "sup", "subscript": "sub"}.get("" if raised is None else raised.get(W + "val"))
    if tag:
        yield tag


def _description(blip: etree._Element) -> str:
    """The words a person gave the picture: of the drawing around it, or of the old shape."""
    for above in blip.iterancestors():
        if local(above) in ("inline", "anchor"):
            named = next((child for child in above if local(child) == "docPr"), None)
            return "" if named is None else cleaned(named.get("descr") or "").strip()
        if local(above) == "shape":
            return cleaned(above.get("alt") or "").strip()
    return ""


def split_lines(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """The pieces of each line: a paragraph is broken where Word breaks it by hand."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *rest = piece.text.split("\n")
        lines[-1].append(piece._replace(text=first))
        lines += [[piece._replace(text=part)] for part in rest]
    return lines


def text_of(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in pieces).strip()


def html_of(pieces: Iterable[Piece]) -> str:
    """The pieces as inline HTML; "" where nothing is marked."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1][1:] == piece[1:]:
            joined[-1] = piece._replace(text=joined[-1].text + piece.text)
        elif piece.text:
            joined.append(piece)
    if not any((piece.tags or piece.link) and piece.text.strip() for piece in joined):
        return ""
    return "".join(map(_marked, joined)).strip()


def _marked(piece: Piece) -> str:
    out = escape(piece.text, quote=False)
    if not out.strip():
        return out
    for tag in reversed(piece.tags):
        out = f"<{tag}>{out}</{tag}>"
    return f'<a href="{escape(piece.link)}">{out}</a>' if piece.link else out
