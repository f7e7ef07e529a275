"""The reader of PDF files that hold their text."""

import io
import logging
import re
import time

import pypdf

from importer.document import Document
from importer.readers.decoding import common_share
from importer.readers.pdf.layout import Collector, PageLine, indent, read_page, without_furniture
from importer.readers.pdf.paragraphs import numbered
from importer.readers.properties import stated
from importer.readers.unreadable import UnreadableFile, foreign_kind, refused_as

PAGES = 500
SECONDS = 30  # of this thread's processor time for a whole file, asked before every drawing operation of a page
CONTENT = 2 * 1024 * 1024  # bytes of a page's drawing operations; a page with more is a drawing and left out
LINES = 50_000
_BROKEN = re.compile("[\ufffd\ue000-\uf8ff]")

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every oddity of every font


class PdfReader:
    name = "pdf"

    def takes(self, raw: bytes, name: str) -> bool:
        return foreign_kind(raw) == "pdf"

    def read(self, raw: bytes, name: str) -> Document:
        """The pages' text in reading order; page numbers and running heads are left out, indents are in cells.

        Raises UnreadableFile: encrypted, damaged, scanned_pdf (no text), garbled_pdf (text of unknown characters),
        too_much (more than PAGES or LINES) or too_slow (longer than SECONDS).
        """
        with refused_as("damaged", name):
            file = pypdf.PdfReader(io.BytesIO(raw))
            if file.is_encrypted and not file.decrypt(""):
                raise UnreadableFile("encrypted", name)
            if len(file.pages) > PAGES:
                raise UnreadableFile("too_much", name)
            read = _Pages(name)
            pages = without_furniture([read.page(page) for page in file.pages])
            indent(pages)
            title, author = (str((file.metadata or {}).get(key) or "") for key in ("/Title", "/Author"))
        lines = numbered(pages)
        if not any(line.text for line in lines):
            raise UnreadableFile("scanned_pdf", name)
        if len(lines) > LINES:
            raise UnreadableFile("too_much", name)
        if _is_garbled("".join(line.text for line in lines)):
            raise UnreadableFile("garbled_pdf", name)
        return Document(lines, "utf-8", self.name, tuple(read.warnings), hints=stated(title, author, lines))


class _Pages:
    """Reads one page after another within the time that all of them have."""

    def __init__(self, name: str):
        self._name = name
        self._until = time.thread_time() + SECONDS
        self._empty = self._heavy = 0

    def page(self, page: pypdf.PageObject) -> list[PageLine]:
        self._ask()
        collector = Collector()
        content = page.get_contents()
        if content is not None and len(content.get_data()) > CONTENT:
            self._heavy += 1
            return []
        page.extract_text(
            visitor_operand_before=lambda *_: self._ask(),
            visitor_text=lambda text, current, matrix, _, size: collector.take(text, current, matrix, size),
        )
        self._ask()
        self._empty += not collector.lines
        return read_page(collector.lines)

    @property
    def warnings(self) -> list[str]:
        rows = []
        if self._empty:
            rows.append(f"pages_without_text: {self._empty} pages hold no text; they may be pictures of it")
        if self._heavy:
            rows.append(f"pages_left_out: {self._heavy} pages are drawings too large to be read")
        return rows

    def _ask(self) -> None:
        if time.thread_time() > self._until:
            raise UnreadableFile("too_slow", self._name)


def _is_garbled(text: str) -> bool:
    """Fonts that do not tell their characters give private ones, broken ones or ones nobody writes."""
    wide = sum(char > "\x7f" for char in text)
    return len(_BROKEN.findall(text)) * 5 > len(text) or (wide > 60 and common_share(text) < 0.05)
