"""The themes of a clause, from its heading, its inline items and its text."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from .theme_phrases import PHRASES, THEME_NAMES
from .widths import fold

HEADING, INLINE, BODY = 3, 2, 1
CERTAIN = 2  # below this score no theme is assigned
CLEAR = 8  # nor a second one below this
SECOND = 0.35  # a further theme scores at least this part of the first
MOST = 3

__all__ = ["THEME_NAMES", "assign_themes"]


def _phrases() -> Iterator[tuple[str, str, int]]:
    """(phrase, theme, weight) of each phrase."""
    for code, words in PHRASES.items():
        weight = 0
        for word in words.split():
            if word in ("3:", "2:", "1:"):
                weight = int(word[0])
            else:
                yield fold(word), code, weight


ALL = sorted(set(_phrases()))
TABLE: dict[str, list[int]] = {}  # the places in ALL of phrases, by their first two characters
for at, (phrase, _, _) in enumerate(ALL):
    TABLE.setdefault(phrase[:2], []).append(at)
# Each pair of characters, a first one of phrases and a second one; looked back for, since pairs overlap.
OPENING, GOING_ON = (f"[{''.join(sorted(set(chars)))}]" for chars in zip(*TABLE, strict=True))
PAIR = re.compile(f"{GOING_ON}(?<=({OPENING}.))")
LONGER = [  # for each phrase those of the same theme that it is part of
    frozenset(at for at, (other, theme, _) in enumerate(ALL) if theme == code and phrase != other and phrase in other)
    for phrase, code, _ in ALL
]


@lru_cache(maxsize=4096)
def _hits(text: str) -> frozenset[int]:
    """The places in ALL of the phrases that stand in a text."""
    folded = fold(text)
    pairs = TABLE.keys() & set(PAIR.findall(folded))
    return frozenset([at for pair in pairs for at in TABLE[pair] if ALL[at][0] in folded])


def _scores(text: str) -> list[tuple[str, str, int]]:
    """The phrases in the text with theme and weight, one inside a longer one of the same theme left out."""
    hits = frozenset().union(*map(_hits, text.split("\n")))
    return [ALL[at] for at in hits if LONGER[at].isdisjoint(hits)]


def assign_themes(heading: str, inline: Sequence[str], body: str) -> list[str]:
    """Theme codes of a clause, primary first, at most three; [] where nothing speaks for one (待定).

    The words of the heading weigh three times those of the body, the inline items twice.
    """
    total = dict.fromkeys(THEME_NAMES, 0)
    for weight, text in ((HEADING, heading), (INLINE, "\n".join(inline)), (BODY, body)):
        for _, code, score in _scores(text) if text else ():
            total[code] += weight * score
    ranked = sorted(total, key=total.get, reverse=True)
    best = total[ranked[0]]
    if best < CERTAIN:
        return []
    return [code for code in ranked if code == ranked[0] or total[code] >= max(CLEAR, SECOND * best)][:MOST]
