"""The themes of a clause, from its heading, its inline items and its text."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import add

from plans.theme_phrases import PHRASES, THEME_NAMES
from plans.widths import fold

HEADING, INLINE, BODY = 3, 2, 1
CERTAIN = 2  # below this score no theme is assigned
CLEAR = 8  # nor a second one below this
SECOND = 0.35  # a further theme scores at least this part of the first
MOST = 3

__all__ = ["THEME_NAMES", "assign_themes"]


def _table() -> dict[str, list[tuple[str, str, int]]]:
    """The phrases by their first two characters: (phrase, theme, weight)."""
    table = {}
    for code, words in PHRASES.items():
        weight = 0
        for word in words.split():
            if word in ("3:", "2:", "1:"):
                weight = int(word[0])
            else:
                table.setdefault(fold(word)[:2], []).append((fold(word), code, weight))
    return table


TABLE = _table()
ALL = [hit for hits in TABLE.values() for hit in hits]
LONGER = {  # the phrases of the same theme that a phrase is part of
    hit: within
    for hit in ALL
    if (within := {other for other in ALL if other[1] == hit[1] and hit[0] != other[0] and hit[0] in other[0]})
}


@lru_cache(maxsize=4096)
def _hits(text: str) -> frozenset[tuple[str, str, int]]:
    """The phrases that stand in a text."""
    folded = fold(text)
    pairs = set(map(add, folded, folded[1:]))
    return frozenset(hit for pair in TABLE.keys() & pairs for hit in TABLE[pair] if hit[0] in folded)


def _scores(text: str) -> Iterator[tuple[str, int]]:
    """Theme and weight of each phrase in the text, a phrase inside a longer one of the same theme left out."""
    hits = frozenset().union(*map(_hits, text.split("\n")))
    return ((hit[1], hit[2]) for hit in hits if hit not in LONGER or LONGER[hit].isdisjoint(hits))


def assign_themes(heading: str, inline: Sequence[str], body: str) -> list[str]:
    """Theme codes of a clause, primary first, at most three; [] where nothing speaks for one (待定).

    The words of the heading weigh three times those of the body, the inline items twice.
    """
    total = dict.fromkeys(THEME_NAMES, 0)
    for weight, text in ((HEADING, heading), (INLINE, "\n".join(inline)), (BODY, body)):
        for code, score in _scores(text) if text else ():
            total[code] += weight * score
    ranked = sorted(total, key=total.get, reverse=True)
    best = total[ranked[0]]
    if best < CERTAIN:
        return []
    return [code for code in ranked if code == ranked[0] or total[code] >= max(CLEAR, SECOND * best)][:MOST]
