"""Files that cannot be read as a page: recognised by their first bytes, and answered with what to do about it."""

import io
import zipfile

SIZE_LIMIT = 20 * 1024 * 1024  # bytes


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for the translators; this module knows nothing of Django."""
    return sentence


# code -> the sentence for people; upstream translates it, `%(name)s` is the file's name
SENTENCES = {
    "empty": gettext_noop("“%(name)s” is empty: choose the file again, or save the page once more."),
    "too_large": gettext_noop("“%(name)s” is larger than 20 MB: split it, or keep only the text."),
    "word": gettext_noop("“%(name)s” is a Word document: save it as plain text (.txt, UTF-8) and import that."),
    "spreadsheet": gettext_noop(
        "“%(name)s” is a spreadsheet: copy its text into a plain text file (.txt, UTF-8) and import that."
    ),
    "slides": gettext_noop(
        "“%(name)s” is a presentation: copy its text into a plain text file (.txt, UTF-8) and import that."
    ),
    "old_office": gettext_noop(
        "“%(name)s” is an old Office or WPS file: open it and save it as plain text (.txt, UTF-8)."
    ),
    "rich_text": gettext_noop("“%(name)s” is a rich text file: open it and save it as plain text (.txt, UTF-8)."),
    "pdf": gettext_noop("“%(name)s” is a PDF: copy its text into a plain text file (.txt, UTF-8) and import that."),
    "image": gettext_noop(
        "“%(name)s” is a picture: type or recognise its text and save that as plain text (.txt, UTF-8)."
    ),
    "archive": gettext_noop("“%(name)s” is an archive: unpack it and import the files inside."),
    "web_page": gettext_noop(
        "“%(name)s” is a saved web page: copy its text into a plain text file (.txt, UTF-8) and import that."
    ),
    "binary": gettext_noop("“%(name)s” holds no text: save the page as plain text (.txt, UTF-8) and import that."),
}

_SIGNATURES = (
    (b"%PDF-", "pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_office"),
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
_OFFICE_FOLDERS = (("word/", "word"), ("xl/", "spreadsheet"), ("ppt/", "slides"))


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


def foreign_kind(raw: bytes) -> str | None:
    """The code of the non-text format `raw` is in, by content alone; None where it may be text."""
    head = raw[:1024]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(raw)
    for signature, code in _SIGNATURES:
        if head.startswith(signature):
            return code
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
        return "archive"
    for folder, code in _OFFICE_FOLDERS:
        if any(name.startswith(folder) for name in names):
            return code
    return "archive"
