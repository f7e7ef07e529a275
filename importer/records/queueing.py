"""Lines put together to chunks, each filed by one transaction; what has not changed is left out before."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .filing import digest
from .identity import Key, digests
from .lines import LONGEST, Line
from .shape import BadRecord, gettext_noop, key, parsed

TOGETHER = 100  # lines of a chunk: a transaction of well under a second, so that editors wait for none
LARGE = 4_000_000  # bytes of a chunk
TOO_LONG = gettext_noop("The line is longer than %(count)d MB.")


@dataclass
class Chunk:
    """Lines up to number `line`, which ends at byte `offset`; `raws` are the bytes of those `waiting` to be filed."""

    line: int = 0
    offset: int = 0
    waiting: list[tuple[int, str, Key]] = field(default_factory=list)
    raws: list[bytes] = field(default_factory=list)
    bad: list[tuple[int, BadRecord]] = field(default_factory=list)
    unchanged: int = 0
    bytes: int = 0

    def take(self, line: Line, origin: str) -> None:
        self.line, self.offset = line.number, line.offset
        try:
            if line.raw is None:
                raise BadRecord(TOO_LONG, count=LONGEST // 2**20)
            self.waiting.append((line.number, digest(line.raw), key(parsed(line.raw), origin)))
            self.raws.append(line.raw)
            self.bytes += len(line.raw)
        except BadRecord as refusal:
            self.bad.append((line.number, refusal))

    def leave_out_unchanged(self) -> None:
        there = digests(key for _number, _digest, key in self.waiting)
        left = [at for at, (_number, one, known) in enumerate(self.waiting) if there.get(known) != one]
        self.unchanged = len(self.waiting) - len(left)
        self.waiting, self.raws = [self.waiting[at] for at in left], [self.raws[at] for at in left]


def chunks(lines: Iterable[Line], origin: str = "") -> Iterator[Chunk]:
    """Chunks of lines; a record that comes twice comes in two chunks."""
    chunk, keys, last = Chunk(), set(), (0, 0)
    for line in lines:
        before = len(chunk.waiting)
        chunk.take(line, origin)
        again = len(chunk.waiting) > before and chunk.waiting[-1][2] in keys
        if again:  # what came before is filed first
            later, raw = chunk.waiting.pop(), chunk.raws.pop()
            chunk.line, chunk.offset = last
            yield _ready(chunk)
            chunk, keys = Chunk(line.number, line.offset, [later], [raw], bytes=len(raw)), set()
        last = (line.number, line.offset)
        keys.update(known for _number, _digest, known in chunk.waiting[-1:])
        if len(chunk.waiting) + len(chunk.bad) >= TOGETHER or chunk.bytes >= LARGE:
            yield _ready(chunk)
            chunk, keys = Chunk(), set()
    if chunk.line:
        yield _ready(chunk)


def _ready(chunk: Chunk) -> Chunk:
    chunk.leave_out_unchanged()
    return chunk
