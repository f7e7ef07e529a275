"""The lines of a file of records, one at a time, however large the file; packed by gzip or not, or standard input."""

import gzip
import hashlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

LONGEST = 32 * 1024 * 1024  # bytes of a line that are read; a longer one is passed over
_HEAD = 64 * 1024
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Line:
    """Line `number` of a file, which ends at byte `offset` once unpacked; `raw` is None where it is too long."""

    number: int
    offset: int
    raw: bytes | None


class Source:
    """An open file of records; `size` and `position` are in bytes of the file as it lies there, None where unknown."""

    def __init__(self, stream: BinaryIO, beneath: BinaryIO | None = None, size: int | None = None):
        self.stream, self.beneath, self.size = stream, beneath or stream, size

    @property
    def position(self) -> int | None:
        return self.beneath.tell() if self.size else None

    def lines(self, offset: int = 0, done: int = 0) -> Iterator[Line]:
        """The lines that hold something, behind the first `offset` bytes, which are `done` lines."""
        if offset:
            self.stream.seek(offset)  # gzip unpacks what lies before
        number = done
        while raw := self.stream.readline(LONGEST + 1):
            number, offset = number + 1, offset + len(raw)
            too_long = len(raw) > LONGEST
            while too_long and not raw.endswith(b"\n") and (raw := self.stream.readline(LONGEST)):
                offset += len(raw)
            if too_long:
                yield Line(number, offset, None)
            elif held := raw.removeprefix(_BOM).strip():
                yield Line(number, offset, held)


@contextmanager
def opened(path: str) -> Iterator[Source]:
    """The file `path`, or standard input for "-". Raises OSError where it cannot be read."""
    if path == "-":
        yield Source(sys.stdin.buffer)
        return
    with Path(path).open("rb") as beneath:
        packed = beneath.read(2) == b"\x1f\x8b"
        beneath.seek(0)
        size = Path(path).stat().st_size
        if packed:
            with gzip.open(beneath) as stream:
                yield Source(stream, beneath, size)
        else:
            yield Source(beneath, None, size)


def fingerprint(path: str) -> str:
    """SHA-256 (hex) of a file's size, time of change and beginning; empty for standard input."""
    if path == "-":
        return ""
    about = Path(path).stat()
    with Path(path).open("rb") as stream:
        return hashlib.sha256(f"{about.st_size} {about.st_mtime_ns} ".encode() + stream.read(_HEAD)).hexdigest()
