"""Under what the search index holds a text: a number for each of its words and of what lists are narrowed by. Pure.

Numbers take half the room of words. Two names have the same one once in four thousand million pairs.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter
from zlib import crc32

from .words import TERMS, cut, is_word

CHIEF = 24
OFTEN = 3
"""Words that a text holds OFTEN are what it is about: so many of them, the most frequent first, are kept as such."""
LONGEST_BEGINNING = 12  # of a Latin word or number in a title, which are found by their beginnings
GLUE = frozenset("的了和与及或在对向为把被是有等之第个年月日不也都就而于其这各并由让更能又以将从到")
"""Single characters that say nothing by themselves."""

WORDS = 1 << 14
"""So many words' keys are remembered: texts are made of the same words, and this is most of what a text costs."""

_TIMES = 1 << 20  # numbers from 0 to here are years and months
Texts = tuple[tuple[int, ...], str]


def key(name: str) -> int:
    """The number of a word, or of something else by a name that no word can have, as a signed one of 32 bits."""
    number = crc32(name.encode()) - (1 << 31)
    return number - _TIMES if 0 <= number < _TIMES else number


def title_key(word: str) -> int:
    """That of a word, a single character or the beginning of a Latin word in a title or a name."""
    return key(f"t:{word}")


def token(number: int) -> str:
    """A key as SQLite's index knows it."""
    return f"{number & 0xFFFFFFFF:x}"


def month(at: datetime.datetime) -> int:
    """The number of a month (UTC), also its key."""
    return at.astimezone(datetime.UTC).year * 12 + at.astimezone(datetime.UTC).month - 1


def year(at: datetime.datetime) -> int:
    """The year (UTC), also its key; no month has such a number."""
    return at.astimezone(datetime.UTC).year


def marks(*, kind: str, channel: int, level: str | None, path: str, step: int) -> set[int]:
    """The keys of what a list is narrowed by; `path` is that of the organisation, in steps of so many characters."""
    names = {f"k:{kind}", f"c:{channel}", f"l:{level}"}
    return {key(name) for name in names | {f"p:{path[:end]}" for end in range(step, len(path) + 1, step)}}


def mark(letter: str, value) -> int:
    """One of them: of a kind (k), a channel (c), a level (l), an organisation's path (p)."""
    return key(f"{letter}:{value}")


def of_text(text: str) -> Texts:
    """The keys of a text, in order, and its chief words with spaces between them. Single characters have none."""
    tokens = cut(text)
    counted = Counter(tokens)
    often = [
        (word, times)
        for word, times in counted.items()
        if times >= OFTEN and len(word) > 1 and word.isalpha() and not word.isascii()
    ]
    often.sort(key=itemgetter(1), reverse=True)
    keys = {key(pair) for pair in set(crossings(tokens))}
    for word in counted:
        keys.update(_of_word(word))
    return tuple(sorted(keys)), " ".join(word for word, _times in often[:CHIEF])


def of_title(text: str) -> set[int]:
    """The keys of titles and names: those of a text, and as a title's the same words and each character."""
    tokens = cut(text)
    keys = {number for pair in crossings(tokens) for number in (key(pair), title_key(pair))}
    for word in set(tokens):
        keys.update(_of_word_in_title(word))
    return keys


@lru_cache(WORDS)
def _of_word(word: str) -> tuple[int, ...]:
    return tuple(key(one) for one in _names(word))


@lru_cache(WORDS)
def _of_word_in_title(word: str) -> tuple[int, ...]:
    names = set(_names(word))
    latin = word.isascii() and word.isalnum()
    beginnings = {word[:end] for end in range(1, min(len(word), LONGEST_BEGINNING) + 1)} if latin else set()
    characters = set(word) if word.isalnum() and not word.isascii() else set()
    return (*map(key, names), *map(title_key, names | beginnings | characters))


def crossings(tokens: Iterable[str]) -> Iterator[str]:
    """Each character that is a word and says something, with the character after it.

    What is cut into characters (a person's name) is found by these, whatever its end is cut together with.
    """
    for last, one in pairwise(tokens):
        if len(last) > 1 or last in GLUE or one in GLUE:
            continue
        if last.isalnum() and one.isalnum() and not last.isascii() and not one.isascii():
            yield last + one[0]


def _names(word: str) -> Iterator[str]:
    """Of a word: itself, and the words inside it (of a term of the field each two characters)."""
    if not word.isalnum() or (len(word) == 1 and not word.isascii()):
        return
    yield word
    if word.isascii():
        return
    for length in range(2, len(word)):
        parts = (word[at : at + length] for at in range(len(word) - length + 1))
        yield from (part for part in parts if is_word(part) or (length == 2 and word in TERMS))
