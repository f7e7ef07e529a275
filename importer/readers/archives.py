"""Archives and folders as the files inside them, in name order, each with the id it is imported under."""

import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from importer.readers.unreadable import SIZE_LIMIT, UnreadableFile, foreign_kind, refused_as
from importer.readers.zips import MEMBERS, TOTAL, is_encrypted, is_link, open_zip, printed_name

DEPTH = 3  # archives inside archives, the outermost counted
_LITTER = {"__MACOSX", "Thumbs.db", "desktop.ini"}


@dataclass(frozen=True)
class Member:
    """A file inside: its id ("archive.zip/folder/page.txt") and its bytes, or why it cannot be had."""

    id: str
    raw: bytes = b""
    refusal: UnreadableFile | None = None


@dataclass
class _Budget:
    """What may still be unpacked, over all archives inside one another."""

    members: int
    bytes: int


def is_archive(raw: bytes) -> bool:
    """Whether unpack() can open these bytes; Office files, though zips, are none."""
    return raw.startswith((b"PK\x03\x04", b"PK\x05\x06")) and foreign_kind(raw) == "archive"


def unpack(raw: bytes, name: str) -> Iterator[Member]:
    """The files of the zip `raw` one after another, zips inside it opened too; hidden files are left out.

    A file that cannot be had comes with its refusal. Raises nothing: an archive that cannot be opened is one Member
    with its own id and a refusal.
    """
    yield from _unpack(raw, name, _Budget(MEMBERS, TOTAL), 1)


def walk(path: Path) -> Iterator[Member]:
    """The files of a folder, or one file, zips opened; ids begin below the folder. Hidden files are left out.

    Files are read one at a time when their turn comes; one that is no file, or a link out of the folder, is refused.
    """
    if not path.is_dir():
        yield from _opened(path, printable(path.name), path.parent)
        return
    for file in sorted(path.rglob("*")):
        inside = file.relative_to(path)
        if not file.is_dir() and not any(map(_is_litter, inside.parts)):
            yield from _opened(file, printable(inside), path)


def printable(path: Path | str) -> str:
    """A path that can be printed and stored: bytes that are no UTF-8 (names zipped on old systems) become U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")


def _opened(file: Path, name: str, top: Path) -> Iterator[Member]:
    try:
        if not file.resolve().is_relative_to(top.resolve()):
            yield Member(name, refusal=UnreadableFile("unsafe_path", name))
            return
        if not file.is_file():
            raise OSError
        with file.open("rb") as stream:
            raw = stream.read(SIZE_LIMIT + 1)
            if is_archive(raw):
                raw += stream.read(TOTAL)
    except (OSError, RuntimeError):
        yield Member(name, refusal=UnreadableFile("unopenable", name))
        return
    yield from unpack(raw, name) if is_archive(raw) else [Member(name, raw)]


def _unpack(raw: bytes, name: str, budget: _Budget, depth: int) -> Iterator[Member]:
    if depth > DEPTH:
        yield Member(name, refusal=UnreadableFile("archive_in_archive", name))
        return
    try:
        opened = open_zip(raw, name, total=budget.bytes, damaged="damaged_archive")
    except UnreadableFile as refusal:
        yield Member(name, refusal=refusal)
        return
    with opened:
        taken: dict[str, int] = {}
        for inside, member in sorted(
            ((printed_name(m), m) for m in opened.infolist()), key=lambda pair: pair[0].split("/")
        ):
            if inside.endswith("/") or any(map(_is_litter, inside.split("/"))):
                continue
            taken[inside] = taken.get(inside, 0) + 1
            own = f"{name}/{inside}" + (f" ({taken[inside]})" if taken[inside] > 1 else "")
            try:
                budget.members -= 1
                budget.bytes -= member.file_size
                content = _content(opened, member, inside, own, budget)
            except UnreadableFile as refusal:
                yield Member(own, refusal=refusal)
                continue
            if is_archive(content):
                yield from _unpack(content, own, budget, depth + 1)
            else:
                yield Member(own, content)


def _content(opened: zipfile.ZipFile, member: zipfile.ZipInfo, inside: str, own: str, budget: _Budget) -> bytes:
    if inside.startswith("/") or inside[1:2] == ":" or ".." in inside.split("/") or is_link(member):
        raise UnreadableFile("unsafe_path", own)
    if is_encrypted(member):
        raise UnreadableFile("encrypted", own)
    if budget.members < 0 or budget.bytes < 0:
        raise UnreadableFile("archive_bomb", own)
    if member.file_size > SIZE_LIMIT:
        raise UnreadableFile("too_large", own)
    with refused_as("damaged_archive", own):
        return opened.read(member)


def _is_litter(name: str) -> bool:
    """A hidden file, or what a system leaves in every folder; `..` is no hidden file."""
    return (name.startswith(".") and name not in (".", "..")) or name in _LITTER
