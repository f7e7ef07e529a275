"""The words and numbers in which two passages differ, as segments to be marked. Pure."""

import re
from collections.abc import Sequence

from articles.blocks import words
from articles.matching import ADDED, KEPT, REMOVED, Effort, Segment, segments

ENOUGH = 0.35  # less in common, and only names and numbers are marked: else all would be
_TELLING = re.compile(
    r"[“\"「『《][^“”\"」』》,，。;；]{2,16}[”\"」』》]"
    r"|[\d.]+[余多]?[万亿千百]?[余多]?(?:%|‰|[一-鿿]{0,2}?(?=[一-鿿])[人名家个所场次期项件份户篇条元天位处支队对届站])?"
)


def marked(was: str, now: str, effort: Effort) -> tuple[list[Segment], list[Segment]]:
    """The earlier passage with what it alone says, and the later one with what it alone says."""
    both = segments(words(was), words(now), effort)
    kept = sum(len(one.text) for one in both if one.change == KEPT)
    if kept < ENOUGH * min(len(was), len(now)):
        return telling(was, REMOVED, now), telling(now, ADDED, was)
    return [one for one in both if one.change != ADDED], [one for one in both if one.change != REMOVED]


def telling(text: str, change: str, other: str = "") -> list[Segment]:
    """The passage with its names and numbers marked as `change`, save those that stand in `other`, too."""
    out: list[Segment] = []
    last = 0
    for found in _TELLING.finditer(text):
        if found[0].strip('“”"「」『』《》') in other and other:
            continue
        out += [Segment(KEPT, text[last : found.start()]), Segment(change, found[0])]
        last = found.end()
    return [one for one in [*out, Segment(KEPT, text[last:])] if one.text]


def joined(texts: Sequence[str]) -> str:
    """Several passages as one line."""
    return "；".join(texts)
