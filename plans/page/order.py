"""The order of a plan's clauses: rows as a list with outline levels, from which parents and positions follow."""

from collections.abc import Sequence

from plans.models import Clause
from plans.proposals import GAP

FAR = 1 << 30
"""Where positions wait while others are given out; no plan has a million clauses."""


def subtree(rows: Sequence[Clause], at: int) -> int:
    """Where what stands below row `at` ends."""
    end = at + 1
    while end < len(rows) and rows[end].depth > rows[at].depth:
        end += 1
    return end


def sibling_before(rows: Sequence[Clause], at: int) -> int | None:
    """The row of the same level just before `at` under the same parent."""
    for index in range(at - 1, -1, -1):
        if rows[index].depth <= rows[at].depth:
            return index if rows[index].depth == rows[at].depth else None
    return None


def sibling_after(rows: Sequence[Clause], at: int) -> int | None:
    """The row of the same level just after `at` and what stands below it, under the same parent."""
    end = subtree(rows, at)
    return end if end < len(rows) and rows[end].depth == rows[at].depth else None


def set_parents(rows: Sequence[Clause]) -> None:
    """Give each row as parent the nearest one before it of a higher level."""
    above: list[Clause] = []
    for row in rows:
        while above and above[-1].depth >= row.depth:
            above.pop()
        row.parent = above[-1] if above else None
        above.append(row)


def positions(kept: Sequence[int | None]) -> list[int]:
    """A position for each row, in order; those that have one keep it while there is room for the rows between.

    What is put in between never gets a multiple of the gap: that number, and the address that goes by it, is left to
    the clause that has or had it. Without room all are numbered anew.
    """
    given = list(kept)
    at = 0
    while at < len(given):
        if given[at] is not None:
            at += 1
            continue
        end = at
        while end < len(given) and given[end] is None:
            end += 1
        low = given[at - 1] if at else 0
        if end == len(given):
            first = low // GAP + 1
            given[at:end] = [(first + step) * GAP for step in range(end - at)]
        else:
            free = [place for place in _spread(low, given[end], end - at) if low < place < given[end]]
            if len(set(free)) < end - at:
                return [(index + 1) * GAP for index in range(len(given))]
            given[at:end] = free
        at = end
    return given


def _spread(low: int, high: int, count: int) -> list[int]:
    places = [low + (high - low) * step // (count + 1) for step in range(1, count + 1)]
    return [place + 1 if place % GAP == 0 else place for place in places]
