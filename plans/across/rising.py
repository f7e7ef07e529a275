"""Phrases on the rise: what more bodies write in the headings of a year than in those of the year before. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from articles.words import parts

SHOWN = 20
SHORTEST, LONGEST, WORDS = 4, 10, 4
OVERLAP = 3  # characters two phrases share that are told once
FEWEST = 2  # bodies that must write it
_GROWTH = 2  # how many times the share of the year before
_GLUE = frozenset(
    [*"的了和与及或在对向为把被是有等之第个年月日要以着", *(number + "是" for number in "一二三四五六七八")]
)


@dataclass(frozen=True)
class Rising:
    """A phrase, how many bodies have it in a heading of the year, and how many had it in the year before."""

    phrase: str
    now: int
    before: int


def rising(now: Iterable[tuple[str, int]], before: Iterable[tuple[str, int]]) -> list[Rising]:
    """The phrases that rise most, from headings each with its body's number, in order of how much their share grew.

    Of phrases that overlap and are written by the same bodies only the first is told.
    """
    new, n_new = _bodies(now)
    old, n_old = _bodies(before)
    found = []
    for phrase, bodies in new.items():
        count, past = len(bodies), len(old.get(phrase, ()))
        if count >= FEWEST and count * n_old >= _GROWTH * past * n_new:
            growth = count / n_new - (past / n_old if n_old else 0)
            found.append((growth, len(phrase), phrase, count, past))
    found.sort(key=lambda one: (-one[0], -one[1], one[2]))
    kept: list[Rising] = []
    for _growth, _length, phrase, count, past in found:
        if not any(_overlap(phrase, one.phrase) and _alike(new[phrase], new[one.phrase]) for one in kept):
            kept.append(Rising(phrase, count, past))
        if len(kept) == SHOWN:
            break
    return kept


def _overlap(one: str, other: str) -> bool:
    return any(one[at : at + OVERLAP] in other for at in range(len(one) - OVERLAP + 1))


def _alike(some: set[int], others: set[int]) -> bool:
    return len(some & others) * 2 >= min(len(some), len(others))


def _bodies(headings: Iterable[tuple[str, int]]) -> tuple[dict[str, set[int]], int]:
    """The bodies that write each phrase, and how many bodies there are."""
    found: dict[str, set[int]] = defaultdict(set)
    everybody = set()
    for heading, body in headings:
        everybody.add(body)
        for phrase in _phrases(heading):
            found[phrase].add(body)
    return found, len(everybody)


def _phrases(heading: str) -> set[str]:
    words = parts(heading)
    found = set()
    for first in range(len(words)):
        phrase = ""
        for word in words[first : first + WORDS]:
            if not word.isalpha() or word.isascii() or word in _GLUE:
                break
            phrase += word
            if len(phrase) > LONGEST:
                break
            if len(phrase) >= SHORTEST:
                found.add(phrase)
    return found
