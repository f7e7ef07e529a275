"""Bringing two texts together that began with the same one (三方合并): pure functions on values, lists and blocks.

`base` is what both started from, `theirs` what was saved meanwhile, `mine` what was typed.
"""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

import lxml.html
from merge3 import Merge3

from .html import BLOCK_TAGS, parse

UNCHANGED, THEIRS, MINE, ALIKE, CONFLICT = "unchanged", "theirs", "mine", "alike", "conflict"
BOTH = "both"


class Part(NamedTuple):
    """A stretch of the three texts; `kind` says who changed it, CONFLICT that both did and not alike."""

    kind: str
    base: list
    theirs: list
    mine: list

    def taken(self, choice: str = BOTH) -> list:
        """What the merged text has here: the change; where both changed it, `choice` (THEIRS, MINE, BOTH)."""
        if self.kind == CONFLICT and choice == BOTH:
            return [*self.theirs, *self.mine]
        if self.kind == MINE or (self.kind == CONFLICT and choice == MINE):
            return self.mine
        return self.theirs


def merge_value(base, theirs, mine) -> Part:
    """One value of each text, as a part of one."""
    if mine == theirs:
        kind = UNCHANGED if mine == base else ALIKE
    elif mine == base:
        kind = THEIRS
    else:
        kind = MINE if theirs == base else CONFLICT
    return Part(kind, [base], [theirs], [mine])


def merge_tags(base: Sequence[str], theirs: Sequence[str], mine: Sequence[str]) -> list[str]:
    """What each side added is there, what one took away is not; there is nothing to decide."""
    merged = [tag for tag in theirs if tag in mine or tag not in base]
    return merged + [tag for tag in mine if tag not in theirs and tag not in base]


def merge_blocks(base: list[str], theirs: list[str], mine: list[str]) -> list[Part]:
    """The three texts as parts in their order, in which what only one side changed is merged already."""
    regions = list(Merge3(base, theirs, mine).merge_regions())
    starts = [region[1] for region in regions if region[0] == UNCHANGED] + [len(base)]
    parts: list[Part] = []
    done = 0  # how far into `base` the parts reach
    for kind, first, last, *more in regions:
        if kind == UNCHANGED:
            same = base[first:last]
            parts.append(Part(UNCHANGED, same, same, same))
            done, starts = last, starts[1:]
            continue
        before = base[done : starts[0]]
        if kind == "conflict":
            parts += _aligned(before, theirs[more[0] : more[1]], mine[more[2] : more[3]])
        elif kind == "same":
            parts.append(Part(ALIKE, before, theirs[first:last], theirs[first:last]))
        elif kind == "a":
            parts.append(Part(THEIRS, before, theirs[first:last], before))
        else:
            parts.append(Part(MINE, before, before, mine[first:last]))
    return parts


def _aligned(base: list[str], theirs: list[str], mine: list[str]) -> list[Part]:
    """A conflict block by block where all three have as many and none was moved: neighbours do not meet."""
    moved = any(
        block != old and block in base for side in (theirs, mine) for block, old in zip(side, base, strict=False)
    )
    if moved or not len(base) == len(theirs) == len(mine):
        return [Part(CONFLICT, base, theirs, mine)]
    return [merge_value(*three) for three in zip(base, theirs, mine, strict=True)]


def blocks(body: str) -> list[str]:
    """The outermost blocks of a body as HTML, one a paragraph, list, table …; what stands bare between them is one."""
    if not body.strip():
        return []
    root = parse(body)
    found, bare = [], escape(root.text or "", quote=False)
    for child in root:
        if child.tag in BLOCK_TAGS:
            found += [bare.strip(), _html(child)]
            bare = escape(child.tail or "", quote=False)
        else:
            bare += _html(child) + escape(child.tail or "", quote=False)
    return [block for block in (*found, bare.strip()) if block]


def _html(element) -> str:
    return lxml.html.tostring(element, encoding="unicode", with_tail=False)
