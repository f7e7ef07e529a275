"""Bytes to text: every encoding Chinese pages come in, and what is no text."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importer.proposal import output, propose
from importer.readers.decoding import decode
from importer.readers.unreadable import SENTENCES, SIZE_LIMIT, UnreadableFile

SIMPLIFIED = "县总工会召开工作会议\n全县各级工会组织要认真贯彻落实会议精神，维护职工合法权益。\n"
TRADITIONAL = "縣總工會召開工作會議\n全縣各級工會組織要認真貫徹落實會議精神，維護職工合法權益。\n"


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "utf-8-sig", "utf-8"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (SIMPLIFIED, "gbk", "gb18030"),
        (SIMPLIFIED, "utf-16", "utf-16"),
        (SIMPLIFIED, "utf-16-le", "utf-16-le"),
        (SIMPLIFIED, "utf-16-be", "utf-16-be"),
        (SIMPLIFIED, "utf-32", "utf-32"),
        (TRADITIONAL, "utf-8", "utf-8"),
        (TRADITIONAL, "big5", "big5"),
        (TRADITIONAL, "gb18030", "gb18030"),
        ("plain ASCII\n", "utf-16-le", "utf-16-le"),
        ("plain ASCII\n", "ascii", "utf-8"),
    ],
)
def test_encodings(text, codec, name):
    assert decode(text.encode(codec)) == (text, name, ())


def test_nul_and_control_bytes_are_left_out():
    text, encoding, warnings = decode(SIMPLIFIED.replace("召开", "召\0开\x07").encode())
    assert (text, encoding) == (SIMPLIFIED, "utf-8")
    assert warnings == ("nul_bytes: the file holds NUL or control bytes; they were left out",)


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_broken_bytes_survive(codec):
    raw = SIMPLIFIED.encode(codec) * 5 + b"\xff\xfe\xff" + SIMPLIFIED.encode(codec) * 5
    text, encoding, warnings = decode(raw)
    assert encoding == codec
    assert text.startswith(SIMPLIFIED * 5)
    assert text.endswith(SIMPLIFIED[2:])
    assert [warning.partition(":")[0] for warning in warnings] == ["broken_bytes"]


def archive(*names):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return buffer.getvalue()


UNREADABLE = [
    (b"", "empty"),
    (b"\xef\xbb\xbf \r\n\t\n", "empty"),
    (b"\0\0\0\0", "empty"),
    (b"\xff\xfe \0\r\0\n\0", "empty"),
    (b"a" * (SIZE_LIMIT + 1), "too_large"),
    (archive("[Content_Types].xml", "word/document.xml"), "damaged"),
    (archive("[Content_Types].xml", "xl/workbook.xml"), "damaged"),
    (archive("[Content_Types].xml", "ppt/slides/slide1.xml"), "slides"),
    (archive("pages/1.txt"), "archive"),
    (b"PK\x03\x04broken", "archive"),
    (b"%PDF-1.7\n%\xe2\xe3", "damaged"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_office"),
    (b"{\\rtf1\\ansi x}", "rich_text"),
    (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image"),
    (b"\xff\xd8\xff\xe0\0\x10JFIF", "image"),
    (b"Rar!\x1a\x07\x01\0", "archive"),
    (bytes(range(128, 256)) * 40, "binary"),
]


@pytest.mark.parametrize(("raw", "code"), UNREADABLE)
def test_unreadable_files_say_what_to_do(raw, code):
    with pytest.raises(UnreadableFile) as caught:
        propose(raw, "计划.txt")
    error = caught.value
    assert (error.code, error.params) == (code, {"name": "计划.txt"})
    row = output(error.proposal)
    assert (row["id"], row["articles"], row["warnings"]) == (
        "计划.txt",
        [],
        [f"unreadable_{code}: {SENTENCES[code] % error.params}"],
    )


def test_every_sentence_names_the_file():
    assert [
        code for code, sentence in SENTENCES.items() if "%(name)s" not in sentence or not sentence.endswith(".")
    ] == []


@settings(max_examples=300)
@given(st.binary(max_size=400))
def test_decoding_never_raises(raw):
    text = decode(raw).text
    assert "\0" not in text
