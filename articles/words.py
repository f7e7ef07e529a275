"""Chinese segmentation for the index, for queries and for headlines; pure, without Django."""

import re
from pathlib import Path

import rjieba

from organizations.characters import fold

TOKENIZER = 3
"""Raised whenever segmentation or the list of terms changes: `manage.py rebuild_search` knows stale documents by it."""

_NUMBER = re.compile(r"(\d+(?:[.．]\d+)*[%％‰]?)")
_FREQUENT = 1000  # as often as the dictionary has 职工: a term of several words is then taken for one
_NOUN = "n"

TERMS = frozenset(Path(__file__).with_name("union_terms.txt").read_text(encoding="utf-8").split())
"""Terms of the field that the dictionary cuts into pieces."""

for _term in TERMS:
    rjieba.add_word(_term, _FREQUENT, _NOUN)


def cut(text: str) -> list[str]:
    """The folded `text` in its longest words and the marks between them; what is unknown is cut into characters."""
    return rjieba.cut(fold(text), hmm=False)


def is_word(text: str) -> bool:
    """Whether the dictionary has it."""
    return rjieba.has_word(text)


def index_words(text: str) -> list[str]:
    """Every word a reader may ask for in `text`: long words and the words inside them, in order, repeats kept."""
    return [word for word in rjieba.cut_for_search(fold(text), hmm=False) if word.isalnum()]


def query_runs(text: str) -> list[list[str]]:
    """The words that a query asks for, in order; those that stand together without a mark between are one run."""
    runs: list[list[str]] = [[]]
    for word in cut(text):
        if word.isalnum():
            runs[-1].append(word)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def parts(text: str) -> list[str]:
    """`text` as written in its words, numbers (90.5% is one), marks and white space; joined they are `text` again."""
    runs = enumerate(_NUMBER.split(text))
    return [part for place, run in runs for part in ([run] if place % 2 else rjieba.cut(run, hmm=False)) if part]
