"""A list of other pages put between two pieces of a collection: 你可能感兴趣 above 【篇三】."""

import re
from collections.abc import Sequence

from importer.document import Line
from importer.rules.furniture import starts_tail
from importer.rules.prose import is_prose

_NUMBER = r"(?:[一二三四五六七八九十]{1,3}|\d{1,2})"
_PIECE = re.compile(
    rf"[【\[(《]?\s*(?:第\s*{_NUMBER}\s*篇|(?:[^\s,。:]{{0,12}}?)?(?:篇|范文|例文|样本|模板)\s*{_NUMBER})(?![\d年月个份家])"
)
LONGEST = 12  # lines of such a list


def goes_on_at(lines: Sequence[Line], index: int) -> int | None:
    """The place of the piece's number at which a collection goes on after the list that begins at `index`."""
    if not starts_tail(lines[index]):
        return None
    for place in range(index + 1, min(index + LONGEST, len(lines))):
        folded = lines[place].folded
        if len(folded) <= 60 and _PIECE.match(folded):
            return place if any(_PIECE.match(line.folded[:60]) for line in lines[:index]) else None
        if is_prose(folded):
            return None
    return None
