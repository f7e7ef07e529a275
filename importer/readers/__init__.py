"""Readers turn a file's bytes into a Document. The first one that takes the file reads it."""

from typing import Protocol

from importer.document import Document
from importer.readers.docx.reader import DocxReader
from importer.readers.html.reader import HtmlReader
from importer.readers.pdf.reader import PdfReader
from importer.readers.text import TextReader
from importer.readers.xlsx.reader import XlsxReader


class Reader(Protocol):
    """One file format: `takes` looks at the content (the name only as a hint), `read` never touches disk or network."""

    name: str

    def takes(self, raw: bytes, name: str) -> bool: ...

    def read(self, raw: bytes, name: str) -> Document: ...


READERS: tuple[Reader, ...] = (HtmlReader(), DocxReader(), XlsxReader(), PdfReader(), TextReader())


def reader_for(raw: bytes, name: str) -> Reader | None:
    """The reader that takes this file, or None."""
    return next((reader for reader in READERS if reader.takes(raw, name)), None)
