"""Zip files opened within limits: for Office files, which are zips, and for archives."""

import io
import stat
import zipfile

from importer.readers.unreadable import UnreadableFile, refused_as

MEMBERS = 10_000
TOTAL = 500 * 1024 * 1024  # bytes, unpacked
RATIO = 250  # unpacked to packed, of members larger than:
RATIO_FROM = 4 * 1024 * 1024  # bytes, unpacked


def open_zip(raw: bytes, name: str, *, total: int = TOTAL, damaged: str = "damaged") -> zipfile.ZipFile:
    """The zip in `raw`. The sizes it declares are checked here, and zipfile never unpacks more than was declared.

    Raises UnreadableFile: `damaged`, or "archive_bomb" for too many members, too large a sum or too good a ratio.
    """
    with refused_as(damaged, name):
        opened = zipfile.ZipFile(io.BytesIO(raw))
        members = opened.infolist()
    if len(members) > MEMBERS or sum(member.file_size for member in members) > total:
        raise UnreadableFile("archive_bomb", name)
    if any(m.file_size > RATIO_FROM and m.file_size > RATIO * m.compress_size for m in members):
        raise UnreadableFile("archive_bomb", name)
    return opened


def printed_name(member: zipfile.ZipInfo) -> str:
    """A member's name with slashes; one that says no encoding is UTF-8 or, as Chinese Windows packs it, GBK."""
    name = member.filename
    if not member.flag_bits & 0x800:
        try:
            old = name.encode("cp437")
        except UnicodeEncodeError:
            return name.replace("\\", "/")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = old.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")


def is_encrypted(member: zipfile.ZipInfo) -> bool:
    return bool(member.flag_bits & 0x1)


def is_link(member: zipfile.ZipInfo) -> bool:
    return member.create_system == 3 and stat.S_ISLNK(member.external_attr >> 16)
