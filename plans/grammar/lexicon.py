"""Word lists of the grammars, written as plain text and made into patterns."""

import re
from collections.abc import Iterable


def any_of(words: str) -> str:
    """A group that matches any of the words or patterns of a text, which white space parts."""
    return f"(?:{'|'.join(words.split())})"


def longest_of(words: Iterable[str]) -> str:
    """A pattern of the longest of the words that stands at a place, tried along their common beginnings."""
    rests: dict[str, set[str]] = {}
    for word in sorted(words):
        rests.setdefault(word[:1], set()).add(word[1:])
    ends = rests.pop("", None) is not None
    branches = [re.escape(first) + longest_of(rest) for first, rest in rests.items()] + [""] * ends
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
