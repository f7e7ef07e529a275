"""The reader of Word documents: paragraphs as printed, their numbers too, tables, pictures and notes."""

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from importer.document import Cell, Document, Heading, Line, ListItem, Picture, Row
from importer.evidence import Found, found
from importer.readers.docx.numbering import Label, Numbering, W
from importer.readers.docx.styles import Styles
from importer.readers.docx.tables import read_grid
from importer.readers.docx.text import Content, Piece, Runs, html_of, split_lines, text_of
from importer.readers.ooxml import Package, local
from importer.readers.properties import stated
from importer.readers.table_heads import is_head
from importer.readers.unreadable import UnreadableFile, foreign_kind, refused_as

LINES = 20_000
PICTURES = 300
PICTURE_BYTES = 60 * 1024 * 1024  # of all pictures together
_PICTURE_HEADS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM")  # what browsers show
_CLOSED = tuple("、.．)）】]:：。,，")  # a number that ends so needs no space


class DocxReader:
    name = "docx"

    def takes(self, raw: bytes, name: str) -> bool:
        return foreign_kind(raw) == "word"

    def read(self, raw: bytes, name: str) -> Document:
        """The document's lines, each a paragraph, a row of a table or a note.

        Raises UnreadableFile: damaged, encrypted, empty, or larger than the limits above and of the package.
        """
        package = Package(raw, name)
        with refused_as("damaged", name):
            main = package.main("word/document.xml")
            root = package.xml(main)
            body = None if root is None else root.find(W + "body")
            if body is None:
                raise UnreadableFile("damaged", name)
            walk = _Walk(package, main)
            walk.blocks(body)
            walk.add_notes()
            if not any(line.text for line in walk.lines):
                raise UnreadableFile("empty", name)
            return Document(
                tuple(walk.lines),
                "utf-8",
                self.name,
                tuple(walk.warnings()),
                hints=_hints(package, walk),
                pictures=tuple(walk.pictures),
                files=walk.files,
            )


class _Walk:
    """The document's blocks one after another, and what has been gathered from them."""

    def __init__(self, package: Package, main: str):
        self._package = package
        self._relations = package.relations(main)
        self._parts = {r.kind: r.target for r in self._relations.values() if not r.external}
        self._styles = Styles(package.xml(self._parts.get("styles")))
        numbering = package.xml(self._parts.get("numbering"))
        self._numbering = Numbering(numbering, self._styles.numberings())
        self._runs = Runs(self._styles, self._relations)
        self._carried: list[Piece] = []  # text of a paragraph whose end was deleted: it goes on in the next one
        self._tables = 0
        self._lists: dict[str, int] = {}
        self._left_out = 0
        self.title: Line | None = None
        self.lines: list[Line] = []
        self.pictures: list[Picture] = []
        self.files: dict[str, bytes] = {}

    def blocks(self, parent: etree._Element) -> None:
        """Read the paragraphs and tables below `parent` into lines."""
        for block in content_blocks(parent):
            if local(block) == "tbl":
                self._table(block)
            else:
                self._paragraph(block)

    def _content(self, element: etree._Element) -> tuple[Content, list[Piece], Label | None]:
        """A paragraph's content, its pieces with the automatic number before them, and that number."""
        properties = element.find(W + "pPr")
        style = self._styles.of(properties)
        content = self._runs.read(element, style)
        pieces, self._carried = [*self._carried, *content.pieces], []
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            self._carried = pieces
            return content, [], None
        label = self._label(properties, style)
        if label and label.text:
            circled = len(label.text) == 1 and not label.text.isascii()
            gap = "" if label.text.endswith(_CLOSED) or circled else " "
            pieces = [Piece(label.text + gap), *pieces] if text_of(pieces) else pieces
        return content, pieces, label

    def add_notes(self) -> None:
        """The text of foot- and endnotes below the document, each under the number that stands in the text."""
        parts = {kind: self._package.xml(self._parts.get(f"{kind}s")) for kind in ("footnote", "endnote")}
        printed = {
            (kind, note.get(W + "id")): list(note.iter(W + "p"))
            for kind, part in parts.items()
            if part is not None
            for note in part.findall(W + kind)
        }
        for key, number in list(self._runs.notes.items()):
            paragraphs = printed.get(key, ())
            text = " ".join(filter(None, (text_of(self._content(p)[1]) for p in paragraphs)))
            if text:
                self._add(Line(0, f"[{number}] {text.replace(chr(10), ' ')}", whole=True))

    def warnings(self) -> Iterator[str]:
        if self._left_out:
            yield f"pictures_left_out: {self._left_out} pictures are in a format no browser shows, or too many"

    def _keep_pictures(self, content: Content) -> None:
        """The bytes of the pictures met in a paragraph, placed after the last line."""
        for relation, words in content.pictures:
            target = self._relations.get(relation)
            if target is None or target.external:
                continue
            if target.target in self.files or self._takes_picture(target.target):
                self.pictures.append(Picture(target.target, len(self.lines), words))
            else:
                self._left_out += 1

    def _takes_picture(self, part: str) -> bool:
        size = self._package.size(part)
        room = PICTURE_BYTES - sum(map(len, self.files.values()))
        if not size or size > room or len(self.pictures) >= PICTURES:
            return False
        content = self._package.bytes(part)
        if not content.startswith(_PICTURE_HEADS):
            return False
        self.files[part] = content
        return True

    def _paragraph(self, element: etree._Element) -> None:
        properties = element.find(W + "pPr")
        style = self._styles.of(properties)
        name = self._styles.name(style)
        content, pieces, label = self._content(element)
        level = self._styles.heading_level(style, properties)
        mark = Heading(level) if level else None
        if label and label.bullet and mark is None:
            mark = ListItem(self._lists.setdefault(label.list, len(self._lists) + 1))
        for line in [] if name.startswith("toc ") else split_lines(pieces):
            self._add(Line(0, text_of(line), whole=True, html=html_of(line), mark=mark if text_of(line) else None))
            if name == "title" and self.title is None and text_of(line):
                self.title = self.lines[-1]
        self._keep_pictures(content)
        for box in content.boxes:
            self.blocks(box)

    def _table(self, element: etree._Element) -> None:
        rows = read_grid(element)
        if all(len(row.cells) < 2 for row in rows):  # a frame round text
            for cell in (cell for row in rows for cell in row.cells if cell.element is not None):
                self.blocks(cell.element)
            return
        self._tables += 1
        for index, row in enumerate(rows):
            contents: list[Content] = []
            read = [(cell, self._cell(cell.element, contents)) for cell in row.cells]
            texts = [text_of(pieces) for _, pieces in read]
            header = row.header or (index == 0 and len(rows) > 1 and is_head(texts))
            cells = tuple(
                Cell(text, html_of(pieces), header, cell.columns, cell.rows)
                for text, (cell, pieces) in zip(texts, read, strict=True)
            )
            self._add(Line(0, " ".join(filter(None, texts)), whole=True, mark=Row(self._tables, cells)))
            for content in contents:
                self._keep_pictures(content)

    def _cell(self, element: etree._Element | None, contents: list[Content]) -> list[Piece]:
        """A cell's paragraphs on one line, those of tables inside it too."""
        pieces: list[Piece] = []
        for block in () if element is None else content_blocks(element):
            if local(block) == "tbl":
                inner = [self._cell(c.element, contents) for row in read_grid(block) for c in row.cells]
            else:
                content, own, label = self._content(block)
                contents.append(content)
                own = own if text_of(own) or not label else [Piece(label.text)]  # a column of numbers alone
                inner = [own, *(self._cell(box, contents) for box in content.boxes)]
            for part in filter(text_of, inner):
                pieces += [Piece(" "), *part] if pieces else part
        return [piece._replace(text=piece.text.replace("\n", " ")) for piece in pieces]

    def _label(self, properties: etree._Element | None, style: str | None) -> Label | None:
        number, level = self._styles.numbering(properties, style)
        if not number or number == "0":
            return None
        if level is None:
            level = self._numbering.level_of_style(number, self._styles.numbering_style(style) or "")
        return self._numbering.label(number, level)

    def _add(self, line: Line) -> None:
        if len(self.lines) >= LINES:
            raise UnreadableFile("too_much", self._package.name)
        self.lines.append(replace(line, number=len(self.lines) + 1))


def content_blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs and tables of a body, cell, text box or note; deleted ones and the table of contents left out."""
    for child in parent:
        name = local(child)
        if name in ("p", "tbl"):
            yield child
        elif name == "sdt":
            gallery = child.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
            if gallery is None or gallery.get(W + "val") != "Table of Contents":
                yield from content_blocks(child)
        elif name in ("sdtContent", "ins", "moveTo", "customXml", "smartTag", "AlternateContent", "Choice"):
            yield from content_blocks(child)


def _hints(package: Package, walk: _Walk) -> dict[str, Found]:
    """What the file's properties state, and before them the title that a style marks."""
    relations = package.relations("").values()
    core = package.xml(next((r.target for r in relations if r.kind == "core-properties"), None))
    said = {} if core is None else {local(element): element.text or "" for element in core}
    hints = stated(said.get("title", ""), said.get("creator", ""), walk.lines)
    if walk.title:
        hints["title"] = found(walk.title.text, "title-style", walk.title.text, walk.title.number)
    return hints
