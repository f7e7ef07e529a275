"""The reader of plain text pages, in any encoding a Chinese page has been saved in."""

from importer.document import Document, lines_of
from importer.readers.decoding import decode, looks_binary
from importer.readers.markdown import is_markdown, unmarked
from importer.readers.unreadable import UnreadableFile, foreign_kind


class TextReader:
    name = "text"

    def takes(self, raw: bytes, name: str) -> bool:
        return foreign_kind(raw) is None

    def read(self, raw: bytes, name: str) -> Document:
        """The page's lines; raises UnreadableFile where the bytes are not text in any known encoding."""
        decoded = decode(raw)
        if looks_binary(decoded):
            raise UnreadableFile("binary", name)
        if not decoded.text.strip():
            raise UnreadableFile("empty", name)
        lines = lines_of(decoded.text)
        if is_markdown(decoded.text):
            lines = unmarked(lines)
        return Document(lines, decoded.encoding, self.name, decoded.warnings)
