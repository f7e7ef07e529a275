"""The themes of a clause, from its heading, its inline items and its text."""

from collections.abc import Sequence
from operator import add

from plans.theme_phrases import PHRASES, THEME_NAMES
from plans.widths import fold

HEADING, INLINE, BODY = 3, 2, 1
CERTAIN = 2  # below this score no theme is assigned
CLEAR = 4  # nor a second one below this
SECOND = 0.45  # a further theme scores at least this part of the first
MOST = 3

__all__ = ["THEME_NAMES", "assign_themes"]


def _table() -> dict[str, dict[str, int]]:
    table = {}
    for code, words in PHRASES.items():
        table[code], weight = {}, 0
        for word in words.split():
            if word in ("3:", "2:", "1:"):
                weight = int(word[0])
            else:
                table[code][fold(word)] = weight
    return table


WEIGHTS = _table()
# Each phrase under its first two characters, with its weight and the longer phrases of its theme that hold it.
STARTS: dict[str, list[tuple[str, str, int, frozenset[str]]]] = {}
for _code, _phrases in WEIGHTS.items():
    for _phrase, _weight in _phrases.items():
        _longer = frozenset(other for other in _phrases if other != _phrase and _phrase in other)
        STARTS.setdefault(_phrase[:2], []).append((_code, _phrase, _weight, _longer))


def _scores(text: str) -> dict[str, int]:
    """Per theme the weights of its phrases in the text, a phrase inside a longer one of the same theme left out."""
    folded, scores = fold(text), dict.fromkeys(WEIGHTS, 0)
    starts = STARTS.keys() & set(map(add, folded, folded[1:]))
    hits = [phrase for start in starts for phrase in STARTS[start] if phrase[1] in folded]
    found = {(code, phrase) for code, phrase, _, _ in hits}
    for code, _, weight, longer in hits:
        if not any((code, other) in found for other in longer):
            scores[code] += weight
    return scores


def assign_themes(heading: str, inline: Sequence[str], body: str) -> list[str]:
    """Theme codes of a clause, primary first, at most three; [] where nothing speaks for one (待定).

    The words of the heading weigh three times those of the body, the inline items twice.
    """
    parts = [(HEADING, heading), (INLINE, " ".join(inline)), (BODY, body)]
    total = dict.fromkeys(THEME_NAMES, 0)
    for weight, text in parts:
        for code, score in _scores(text).items():
            total[code] += weight * score
    ranked = sorted(total, key=lambda code: (-total[code], list(THEME_NAMES).index(code)))
    best = total[ranked[0]]
    if best < CERTAIN:
        return []
    return [code for code in ranked if code == ranked[0] or total[code] >= max(CLEAR, SECOND * best)][:MOST]
