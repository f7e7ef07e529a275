"""The bytes of a web page to text. What the page says about its encoding is often wrong, and decides only in doubt."""

import codecs
import re

from importer.readers.decoding import Decoded, decode

_LONG_ASCII = re.compile(rb"[\x00-\x7f]{16,}")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_SAMPLE = 12_000  # bytes, markup left out
_ASCII = bytes(range(0x80))
_CONTROL = bytes({*range(0x20), 0x7F} - {*b"\t\n\r"})
_FEW = 80  # bytes beyond ASCII; fewer tell encodings not well apart


def decode_page(raw: bytes) -> Decoded:
    """As decoding.decode, which sees the text alone: scripts and markup tell nothing about a page's encoding."""
    if b"\0" in raw[:_SAMPLE] or raw[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) or _is_utf8(raw):
        return _decode_utf8(raw)
    sample = _sample(raw)
    encoding = _declared(raw, sample) or decode(sample).encoding
    if encoding not in ("gb18030", "big5"):
        return decode(raw)
    again = _decode_utf8(raw.decode(encoding, "replace").encode())  # what was broken or of no use is said there
    return Decoded(again.text, encoding, tuple(warning.replace("utf-8", encoding) for warning in again.warnings))


def _sample(raw: bytes) -> bytes:
    """The beginning of the page's words: of a long run of ASCII only its first character is kept, and a space."""
    sample, place = bytearray(), 0
    for run in _LONG_ASCII.finditer(raw):
        sample += raw[place : run.start() + 1] + b" "
        place = run.end()
        if len(sample) >= _SAMPLE:
            break
    else:
        sample += raw[place:]
    return bytes(sample[:_SAMPLE])


def _declared(raw: bytes, sample: bytes) -> str | None:
    """The encoding the page names, where its text is too short to tell and can be read so."""
    if len(sample.translate(None, _ASCII)) > _FEW:
        return None
    match = _CHARSET.search(raw[:4096])
    name = match[1].decode("ascii").lower() if match else ""
    encoding = "gb18030" if name.startswith("gb") else "big5" if name.startswith("big5") else ""
    try:
        raw.decode(encoding or "ascii")
    except UnicodeDecodeError:
        return None
    return encoding or None


def _decode_utf8(raw: bytes) -> Decoded:
    """decode(raw); where it is flawless UTF-8, as most pages are, without a search through its characters."""
    flawed = raw.startswith(codecs.BOM_UTF8) or b"\xef\xbf\xbd" in raw or len(raw.translate(None, _CONTROL)) < len(raw)
    return decode(raw) if flawed or not _is_utf8(raw) else Decoded(raw.decode(), "utf-8", ())


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
