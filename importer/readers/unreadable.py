"""Files that cannot be read as a page: recognised by their first bytes, and answered with what to do about it."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

SIZE_LIMIT = 20 * 1024 * 1024  # bytes


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for the translators; this module knows nothing of Django."""
    return sentence


# code -> the sentence for people; upstream translates it, `%(name)s` is the file's name
SENTENCES = {
    "empty": gettext_noop("“%(name)s” is empty: choose the file again, or save the page once more."),
    "too_large": gettext_noop("“%(name)s” is larger than 20 MB: split it, or keep only the text."),
    "too_much": gettext_noop("“%(name)s” holds more than can be read at once: split it into smaller files."),
    "too_slow": gettext_noop("“%(name)s” takes too long to read: save it once more as .docx and import that."),
    "damaged": gettext_noop("“%(name)s” is damaged: open it in Office or WPS, save it once more and import that."),
    "damaged_archive": gettext_noop("“%(name)s” is damaged: pack the files into a .zip once more and import that."),
    "encrypted": gettext_noop("“%(name)s” is protected by a password: save it without one and import that."),
    "old_word": gettext_noop("“%(name)s” is an old Word or WPS document: open it, save it as .docx and import that."),
    "old_spreadsheet": gettext_noop(
        "“%(name)s” is an old Excel or WPS spreadsheet: open it, save it as .xlsx and import that."
    ),
    "old_office": gettext_noop(
        "“%(name)s” is an old Office or WPS file: open it, save it as .docx or .xlsx and import that."
    ),
    "open_document": gettext_noop(
        "“%(name)s” is an OpenDocument file: open it, save it as .docx or .xlsx and import that."
    ),
    "ofd": gettext_noop("“%(name)s” is an OFD document: open it, save it as .docx and import that."),
    "slides": gettext_noop("“%(name)s” is a presentation: copy its text into a .docx and import that."),
    "rich_text": gettext_noop("“%(name)s” is a rich text file: open it, save it as .docx and import that."),
    "scanned_pdf": gettext_noop(
        "“%(name)s” is a PDF of pictures without text: recognise its text (OCR), save it as .docx and import that."
    ),
    "garbled_pdf": gettext_noop(
        "“%(name)s” is a PDF whose text cannot be copied out: save the original as .docx and import that."
    ),
    "image": gettext_noop("“%(name)s” is a picture: recognise its text (OCR), save it as .docx and import that."),
    "archive": gettext_noop("“%(name)s” is an archive: unpack it, or pack it as .zip, and import that."),
    "archive_in_archive": gettext_noop(
        "“%(name)s” lies too deep, an archive inside archives: unpack it and import the files inside."
    ),
    "archive_bomb": gettext_noop("“%(name)s” unpacks to more than can be read: pack fewer files into a .zip."),
    "unsafe_path": gettext_noop("“%(name)s” points outside its folder or archive: put the file itself there."),
    "unopenable": gettext_noop("“%(name)s” cannot be opened: check that it is there and may be read."),
    "frames": gettext_noop(
        "“%(name)s” holds only frames and no text: open the page, save the frame that shows the text, and import that."
    ),
    "binary": gettext_noop("“%(name)s” holds no text: save the page as plain text (.txt, UTF-8) and import that."),
}

_SIGNATURES = (
    (b"{\\rtf", "rich_text"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b\x08", "archive"),
    (b"BZh9", "archive"),
    (b"\xfd7zXZ\x00", "archive"),
    (b"\x7fELF", "binary"),
    (b"MZ\x90\x00", "binary"),
)
_OFFICE_FOLDERS = (("word/", "word"), ("xl/", "spreadsheet"), ("ppt/", "slides"), ("OFD.xml", "ofd"))
# An old Office file is a tree of named streams; .wps is made like .doc and .et like .xls
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "old_word"),
    ("Workbook", "old_spreadsheet"),
    ("Book", "old_spreadsheet"),
    ("PowerPoint Document", "slides"),
)


class UnreadableFile(ValueError):
    """A file no reader takes. `code` is a key of SENTENCES, `message` that sentence untranslated, `params` its words.

    `proposal` is what output() prints for it: no articles and one warning.
    """

    def __init__(self, code: str, name: str):
        self.code = code
        self.message = SENTENCES[code]
        self.params = {"name": name}
        self.proposal = None
        super().__init__(self.message % self.params)


@contextmanager
def refused_as(code: str, name: str) -> Iterator[None]:
    """Whatever goes wrong inside with the bytes of file `name` is raised as UnreadableFile `code`.

    Libraries of file formats raise almost anything on bytes made or broken to trouble them.
    """
    try:
        yield
    except UnreadableFile:
        raise
    except Exception as error:
        raise UnreadableFile(code, name) from error


def foreign_kind(raw: bytes) -> str | None:
    """The format `raw` is in where that is not plain text, by content alone; None where it may be text.

    It is a code of SENTENCES, or one of the formats that have a reader: word, spreadsheet, pdf, web_page.
    """
    head = raw[:1024]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(raw)
    if head.startswith(_COMPOUND):
        return next((code for name, code in _STREAMS if name.encode("utf-16-le") in raw), "old_office")
    for signature, code in _SIGNATURES:
        if head.startswith(signature):
            return code
    if head.lstrip(b"\xef\xbb\xbf \t\r\n\0").startswith(b"%PDF-"):
        return "pdf"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image"
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return "web_page"
    return None


def _zip_kind(raw: bytes) -> str:
    """Office files are zip archives told apart by the folder their parts lie in."""
    try:
        names = zipfile.ZipFile(io.BytesIO(raw)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, RuntimeError):
        # cut short: its table of contents, at the end, is lost; the names stand before each part too
        return next((code for folder, code in _OFFICE_FOLDERS if folder.encode() in raw), "archive")
    if "mimetype" in names and "content.xml" in names:
        return "open_document"
    for folder, code in _OFFICE_FOLDERS:
        if any(name.startswith(folder) for name in names):
            return code
    return "archive"
