"""Archives and folders give the files inside them in name order; what is hostile or locked is answered."""

import io
import os
import zipfile

import pytest
from hypothesis import given, settings

from importer.readers import zips
from importer.readers.archives import Member, is_archive, unpack, walk
from importer.readers.unreadable import SENTENCES, SIZE_LIMIT, foreign_kind
from tests.importer.damage import damaged
from tests.importer.test_xlsx import made, tasks


def packed(*members, method=zipfile.ZIP_DEFLATED):
    """The bytes of a zip of (name or ZipInfo, bytes)."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        for name, content in members:
            file.writestr(name, content)
    return buffer.getvalue()


def listed(raw, name="a.zip"):
    """(id, bytes or the code of the refusal) of every member."""
    return [(m.id, m.refusal.code if m.refusal else m.raw) for m in unpack(raw, name)]


def test_members_in_name_order():
    inner = packed(("z.txt", b"5"), ("a.txt", b"4"))
    raw = packed(
        ("b.txt", b"2"),
        ("folder/", b""),
        ("folder/c.txt", b"3"),
        ("inner.zip", inner),
        ("a.txt", b"1"),
        ("__MACOSX/._a.txt", b"x"),
        (".hidden", b"x"),
        ("list.xlsx", made(tasks)),
    )
    rows = listed(raw)
    assert [name for name, _ in rows] == [
        "a.zip/a.txt",
        "a.zip/b.txt",
        "a.zip/folder/c.txt",
        "a.zip/inner.zip/a.txt",
        "a.zip/inner.zip/z.txt",
        "a.zip/list.xlsx",
    ]
    assert [content for _, content in rows[:5]] == [b"1", b"2", b"3", b"4", b"5"]
    assert (is_archive(raw), is_archive(made(tasks)), is_archive(b"text")) == (True, False, False)


def test_names_packed_on_chinese_windows():
    raw = packed(("AAAA.txt", b"1"), ("BBBBBB.txt", b"2"), ("正常.txt", b"3"))
    raw = raw.replace(b"AAAA", "要点".encode("gbk")).replace(b"BBBBBB", "计划".encode())
    assert [name for name, _ in listed(raw)] == ["a.zip/正常.txt", "a.zip/要点.txt", "a.zip/计划.txt"]


def test_what_cannot_be_had_is_answered():
    link = zipfile.ZipInfo("link.txt")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    raw = packed(
        ("../up.txt", b"1"),
        ("/etc/abs.txt", b"1"),
        ("C:\\windows.txt", b"1"),
        ("big.txt", bytes(range(256)) * (SIZE_LIMIT // 256 + 1)),
        (link, b"/etc/passwd"),
        ("same.txt", b"1"),
        ("ok.txt", b"1"),
        method=zipfile.ZIP_STORED,
    )
    assert listed(raw) == [
        ("a.zip//etc/abs.txt", "unsafe_path"),
        ("a.zip/../up.txt", "unsafe_path"),
        ("a.zip/C:/windows.txt", "unsafe_path"),
        ("a.zip/big.txt", "too_large"),
        ("a.zip/link.txt", "unsafe_path"),
        ("a.zip/ok.txt", b"1"),
        ("a.zip/same.txt", b"1"),
    ]


def test_the_same_name_twice():
    with pytest.warns(UserWarning, match="Duplicate name"):
        raw = packed(("a.txt", b"1"), ("a.txt", b"2"))
    assert listed(raw) == [("a.zip/a.txt", b"1"), ("a.zip/a.txt (2)", b"2")]


def test_locked_and_broken_members():
    raw = bytearray(packed(("a.txt", b"aaaa"), ("b.txt", b"bbbb"), method=zipfile.ZIP_STORED))
    places = [place for place in range(len(raw)) if raw[place : place + 4] == b"PK\x01\x02"]
    raw[places[0] + 8] |= 1  # its flags say: encrypted
    raw[raw.index(b"bbbb")] = 0  # the check sum differs
    assert listed(bytes(raw)) == [("a.zip/a.txt", "encrypted"), ("a.zip/b.txt", "damaged_archive")]


def test_bombs(monkeypatch):
    inside = packed(("a.txt", b"1"))
    for _ in range(4):
        inside = packed(("n.zip", inside))
    assert listed(inside) == [("a.zip/n.zip/n.zip/n.zip", "archive_in_archive")]
    assert listed(packed(("zeros", b"\0" * 9_000_000))) == [("a.zip", "archive_bomb")]
    monkeypatch.setattr(zips, "MEMBERS", 2)
    assert listed(packed(*((f"{number}", b"") for number in range(3)))) == [("a.zip", "archive_bomb")]


def test_the_sum_is_of_all_archives_inside(monkeypatch):
    monkeypatch.setattr("importer.readers.archives.TOTAL", 2_000)
    inner = packed(("x", os.urandom(900)), method=zipfile.ZIP_STORED)
    raw = packed(("1.zip", inner), ("2.txt", b"1" * 900), method=zipfile.ZIP_STORED)
    assert [(name, content if content == "archive_bomb" else "read") for name, content in listed(raw)] == [
        ("a.zip/1.zip/x", "read"),
        ("a.zip/2.txt", "archive_bomb"),
    ]


def test_folders(tmp_path):
    (tmp_path / "site" / "b").mkdir(parents=True)
    (tmp_path / "secret.txt").write_bytes(b"x")
    site = tmp_path / "site"
    (site / "b" / "2.txt").write_bytes(b"2")
    (site / "1.txt").write_bytes(b"1")
    (site / ".git").write_bytes(b"x")
    (site / "c.zip").write_bytes(packed(("3.txt", b"3")))
    (site / "out.txt").symlink_to(tmp_path / "secret.txt")
    (site / "round").symlink_to(site)
    os.mkfifo(site / "pipe")
    rows = [(m.id, m.refusal.code if m.refusal else m.raw) for m in walk(site)]
    assert rows == [
        ("1.txt", b"1"),
        ("b/2.txt", b"2"),
        ("c.zip/3.txt", b"3"),
        ("out.txt", "unsafe_path"),
        ("pipe", "unopenable"),
    ]
    assert list(walk(site / "1.txt")) == [Member("1.txt", b"1")]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"Rar!\x1a\x07\x01\0", "archive"),
        (made(tasks)[:-30], "spreadsheet"),
        (b"7z\xbc\xaf\x27\x1c\0", "archive"),
        (packed(("OFD.xml", b"<x/>")), "ofd"),
        (packed(("mimetype", b"x"), ("content.xml", b"<x/>")), "open_document"),
        *(
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + stream.encode("utf-16-le"), code)
            for stream, code in (
                ("WordDocument", "old_word"),
                ("Workbook", "old_spreadsheet"),
                ("EncryptedPackage", "encrypted"),
                ("PowerPoint Document", "slides"),
                ("Else", "old_office"),
            )
        ),
    ],
)
def test_formats_told_by_content(raw, code):
    assert foreign_kind(raw) == code
    assert (code in SENTENCES) == (code != "spreadsheet")


WHOLE = packed(("一.txt", b"1" * 50), ("inner.zip", packed(("a.txt", b"2"))), ("b/c.txt", b"3"))


@settings(max_examples=200)
@given(damaged(WHOLE))
def test_truncated_and_flipped(raw):
    assert [m for m in unpack(raw, "a.zip") if not m.id.startswith("a.zip")] == []
