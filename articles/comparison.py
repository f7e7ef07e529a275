"""Two texts of an article compared word by word: what was kept, removed, added, what stands elsewhere now. Pure.

The kept and removed segments of all blocks are the old text, the kept and added ones the new; comparing the other way
round exchanges removed and added.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count, groupby

from .blocks import Block, Cell, Token, blocks, words
from .matching import ADDED, KEPT, REMOVED, Effort, Pair, Segment, common, segments
from .partners import partners

SAME, CHANGED, MOVED, LEFT = "same", "changed", "moved", "left"
CONTEXT = 1  # unchanged blocks left open beside a change
FOLDED = 3  # unchanged blocks in a row from which they are folded


@dataclass(frozen=True)
class CellChange:
    segments: list[Segment]
    header: bool
    span: int
    change: str  # KEPT, REMOVED or ADDED: the cell itself


@dataclass(frozen=True)
class Change:
    """A block and what became of it.

    `kind`: SAME, CHANGED, ADDED, REMOVED; MOVED at its new place and LEFT at its old one, which share `number`.
    `down` says of those that the block went down. `restyled`: the same words in other letters, bold or not.
    """

    kind: str
    old: Block | None
    new: Block | None
    segments: list[Segment]
    cells: list[CellChange]
    number: int = 0
    down: bool = False

    @property
    def block(self) -> Block:
        return self.old if self.kind == LEFT or self.new is None else self.new

    @property
    def is_row(self) -> bool:
        return self.block.kind == "row"

    @cached_property
    def restyled(self) -> bool:
        return bool(self.old and self.new and self.old.key == self.new.key and self.old.style != self.new.style)

    @property
    def recast(self) -> bool:
        """Another kind of block now, such as a heading that was a paragraph."""
        return bool(self.old and self.new and self.old.kind != self.new.kind)


@dataclass(frozen=True)
class Group:
    """Changes shown together: the rows of the table `table` (counted from 1), or, where that is 0, one block."""

    table: int
    changes: list[Change]


@dataclass(frozen=True)
class Passage:
    """Groups in reading order; `folded` counts their blocks where all are unchanged and may be folded, else 0."""

    groups: list[Group]
    folded: int


@dataclass(frozen=True)
class Line:
    """A field of one line, or the tags."""

    name: str
    segments: list[Segment]

    @property
    def changed(self) -> bool:
        return any(segment.change != KEPT for segment in self.segments)


@dataclass(frozen=True)
class Comparison:
    lines: list[Line]
    changes: list[Change]

    @cached_property
    def passages(self) -> list[Passage]:
        return list(_passages(self.changes))

    @cached_property
    def changed(self) -> bool:
        """Whether any word or place differs, or what letters look like."""
        return any(line.changed for line in self.lines) or any(
            change.kind != SAME or change.restyled for change in self.changes
        )

    @cached_property
    def moved(self) -> int:
        return sum(change.kind == MOVED for change in self.changes)

    @cached_property
    def added(self) -> int:
        return _characters(self.changes, ADDED)

    @cached_property
    def removed(self) -> int:
        return _characters(self.changes, REMOVED)


def _characters(changes: Sequence[Change], which: str) -> int:
    """Characters of the body that were `which`, white space and addresses left out; a moved block is kept."""
    runs = (segment for change in changes if change.kind != LEFT for segment in every_segment(change))
    return sum(len("".join(run.text.split())) for run in runs if run.change == which and run.what in ("", "alt"))


def every_segment(change: Change) -> list[Segment]:
    return [segment for cell in change.cells for segment in cell.segments] if change.cells else change.segments


def compare(old: Mapping, new: Mapping) -> Comparison:
    """The fields of `old` and `new`, in the order of `old`; "body" is HTML (clean already), a list is taken item by
    item, anything else word by word as it is written."""
    effort = Effort()
    lines = [Line(name, segments(_tokens(old[name]), _tokens(new[name]), effort)) for name in old if name != "body"]
    return Comparison(lines, _changes(blocks(old.get("body", "")), blocks(new.get("body", "")), effort))


def _tokens(value) -> tuple[Token, ...]:
    if isinstance(value, list | tuple):
        return tuple(Token(str(item), "item") for item in value)
    return tuple(words(str(value)))


# Blocks


def _changes(old: list[Block], new: list[Block], effort: Effort) -> list[Change]:
    above, moved = partners(old, new, effort)
    numbers = {pair: number for number, pair in enumerate(moved, start=1)}
    gone_to = {i: (i, j) for i, j in moved}
    come_from = {j: (i, j) for i, j in moved}

    def down(pair: Pair) -> bool:
        """Whether the block went down: more of what stayed stands above it now."""
        i, j = pair
        return bisect_left(above, j, key=lambda one: one[1]) > bisect_left(above, i, key=lambda one: one[0])

    out: list[Change] = []
    x = y = 0
    for i, j in [*above, (len(old), len(new))]:
        for k in range(x, i):
            pair = gone_to.get(k)
            out.append(
                _change(LEFT, old[k], new[pair[1]], effort, numbers[pair], down(pair))
                if pair
                else _change(REMOVED, old[k], None, effort)
            )
        for k in range(y, j):
            pair = come_from.get(k)
            out.append(
                _change(MOVED, old[pair[0]], new[k], effort, numbers[pair], down(pair))
                if pair
                else _change(ADDED, None, new[k], effort)
            )
        if i < len(old) and j < len(new):
            out.append(_change(SAME if old[i].key == new[j].key else CHANGED, old[i], new[j], effort))
        x, y = i + 1, j + 1
    return out


def _change(kind: str, old: Block | None, new: Block | None, effort: Effort, number: int = 0, down=False) -> Change:
    parts, cells = _parts(old, None if kind == LEFT else new, effort)
    return Change(kind, old, new, parts, cells, number, down)


def _parts(old: Block | None, new: Block | None, effort: Effort) -> tuple[list[Segment], list[CellChange]]:
    if (old or new).kind == "row":
        return [], _cells(old.cells if old else (), new.cells if new else (), effort)
    return segments(old.tokens if old else (), new.tokens if new else (), effort), []


# Rows


def _cells(old: Sequence[Cell], new: Sequence[Cell], effort: Effort) -> list[CellChange]:
    """The cells of a row: each with the one at its place, or where columns came or went, with the one most fitting."""
    if len(old) == len(new):
        pairs = [(place, place) for place in range(len(old))]
    else:
        pairs = common([cell.tokens for cell in old], [cell.tokens for cell in new], effort)
    out: list[CellChange] = []
    x = y = 0
    for i, j in [*pairs, (len(old), len(new))]:
        while x < i and y < j:  # columns that changed, as far as both have them
            out.append(_cell(old[x], new[y], KEPT, effort))
            x, y = x + 1, y + 1
        out += [_cell(cell, None, REMOVED, effort) for cell in old[x:i]]
        out += [_cell(None, cell, ADDED, effort) for cell in new[y:j]]
        if i < len(old) and j < len(new):
            out.append(_cell(old[i], new[j], KEPT, effort))
        x, y = i + 1, j + 1
    return out


def _cell(old: Cell | None, new: Cell | None, change: str, effort: Effort) -> CellChange:
    shown = new or old
    parts = segments(old.tokens if old else (), new.tokens if new else (), effort)
    return CellChange(parts, shown.header, shown.span, change)


# Showing


def _groups(changes: Sequence[Change], tables: Iterator[int]) -> list[Group]:
    out: list[Group] = []
    for table, run in groupby(changes, key=lambda change: change.is_row):
        rows = list(run)
        out += [Group(next(tables), rows)] if table else [Group(0, [change]) for change in rows]
    return out


def _passages(changes: list[Change]) -> Iterator[Passage]:
    """Changes as they are read, long unchanged stretches folded but for what stands right beside a change."""
    runs = [(same, list(run)) for same, run in groupby(changes, key=lambda one: one.kind == SAME and not one.restyled)]
    open_: list[Change] = []
    tables = count(1)
    for place, (same, run) in enumerate(runs):
        head = CONTEXT if place else 0
        tail = CONTEXT if place < len(runs) - 1 else 0
        if not same or len(run) - head - tail < FOLDED:
            open_ += run
            continue
        open_ += run[:head]
        if open_:
            yield Passage(_groups(open_, tables), 0)
        hidden = run[head : len(run) - tail]
        yield Passage(_groups(hidden, tables), len(hidden))
        open_ = run[len(run) - tail :] if tail else []
    if open_:
        yield Passage(_groups(open_, tables), 0)
