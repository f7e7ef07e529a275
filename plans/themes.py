"""The themes of a clause, from its heading, its inline items and its text."""

from collections.abc import Sequence

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


def _scores(text: str) -> dict[str, int]:
    """Per theme the weights of its phrases in the text, a phrase inside a longer one of the same theme left out."""
    folded, scores = fold(text), {}
    for code, phrases in WEIGHTS.items():
        hits = [phrase for phrase in phrases if phrase in folded]
        scores[code] = sum(phrases[p] for p in hits if not any(p != other and p in other for other in hits))
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
