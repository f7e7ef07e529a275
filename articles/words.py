"""Chinese segmentation for the index, for queries and for headlines; pure, without Django."""

import re

import rjieba

from organizations.characters import fold

TOKENIZER = 2
"""Raised whenever segmentation changes, so that `manage.py rebuild_search` knows stale documents."""

_NUMBER = re.compile(r"(\d+(?:[.．]\d+)*[%％‰]?)")


def index_words(text: str) -> list[str]:
    """Every word a reader may ask for in `text`: long words and the words inside them, in order, repeats kept."""
    return [word for word in rjieba.cut_for_search(fold(text), hmm=False) if word.isalnum()]


def title_words(text: str) -> list[str]:
    """The words of a title or a name, and each of its characters, since one character is looked for there."""
    words = index_words(text)
    return [*words, *dict.fromkeys(char for word in words if len(word) > 1 for char in word if not char.isascii())]


def query_runs(text: str) -> list[list[str]]:
    """The words that a query asks for, in order; those that stand together without a mark between are one run."""
    runs: list[list[str]] = [[]]
    for word in rjieba.cut(fold(text), hmm=False):
        if word.isalnum():
            runs[-1].append(word)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def parts(text: str) -> list[str]:
    """`text` as written in its words, numbers (90.5% is one), marks and white space; joined they are `text` again."""
    runs = enumerate(_NUMBER.split(text))
    return [part for place, run in runs for part in ([run] if place % 2 else rjieba.cut(run, hmm=False)) if part]
