"""The themes of a clause, from its heading, its inline items and its text."""

from collections.abc import Sequence

from plans.theme_phrases import PHRASES, THEME_NAMES
from plans.widths import fold

HEADING, INLINE, BODY = 3, 2, 1
CERTAIN = 2  # below this score no theme is assigned
SECOND = 0.7  # a further theme scores at least this part of the first
MOST = 3

__all__ = ["THEME_NAMES", "assign_themes"]


def _table() -> dict[str, dict[str, int]]:
    table = {}
    for code, lines in PHRASES.items():
        table[code] = {
            fold(phrase): int(weight)
            for weight, *phrases in (line.split() for line in lines.strip().splitlines())
            for phrase in phrases
        }
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
    return [code for code in ranked if total[code] >= max(CERTAIN, SECOND * best)][:MOST]
