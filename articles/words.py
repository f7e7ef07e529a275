"""Chinese segmentation for the index, for queries and for headlines; pure, without Django."""

import re
import unicodedata

import rjieba

TOKENIZER = 1
"""Raised whenever segmentation changes, so that `manage.py rebuild_search` knows stale documents."""

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"(\d+(?:[.．]\d+)*[%％‰]?)")


def fold(text: str) -> str:
    """`text` under NFKC in small letters, as it is indexed and asked for."""
    return unicodedata.normalize("NFKC", text).lower()


def index_words(text: str) -> list[str]:
    """Every word a reader may ask for in `text`: long words and the words inside them, in order, repeats kept."""
    return [word for word in rjieba.cut_for_search(fold(text), hmm=False) if _WORD.fullmatch(word)]


def query_words(text: str) -> list[str]:
    """The words that a query asks for, each once, in order."""
    return list(dict.fromkeys(word for word in rjieba.cut(fold(text), hmm=False) if _WORD.fullmatch(word)))


def parts(text: str) -> list[str]:
    """`text` as written in its words, numbers (90.5% is one), marks and white space; joined they are `text` again."""
    runs = enumerate(_NUMBER.split(text))
    return [part for place, run in runs for part in ([run] if place % 2 else rjieba.cut(run, hmm=False)) if part]
