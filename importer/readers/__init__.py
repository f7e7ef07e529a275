"""Readers turn a file's bytes into a Document. The first one that takes the file reads it."""

from functools import cache
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from importer.document import Document


class Reader(Protocol):
    """One file format: `takes` looks at the content (the name only as a hint), `read` never touches disk or network."""

    name: str

    def takes(self, raw: bytes, name: str) -> bool: ...

    def read(self, raw: bytes, name: str) -> "Document": ...


@cache
def readers() -> tuple[Reader, ...]:
    """All readers. They, and what they read with, are loaded for the first file: the desk reads none."""
    from importer.readers.docx.reader import DocxReader
    from importer.readers.html.reader import HtmlReader
    from importer.readers.pdf.reader import PdfReader
    from importer.readers.text import TextReader
    from importer.readers.xlsx.reader import XlsxReader

    return HtmlReader(), DocxReader(), XlsxReader(), PdfReader(), TextReader()


def reader_for(raw: bytes, name: str) -> Reader | None:
    """The reader that takes this file, or None."""
    return next((reader for reader in readers() if reader.takes(raw, name)), None)
