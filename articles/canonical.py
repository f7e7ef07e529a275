"""The canonical form of a text: in it, words are found again whatever their width, spacing or quotation marks."""

import unicodedata
from functools import lru_cache
from itertools import accumulate

_FOLD = str.maketrans(
    {**dict.fromkeys("“”„‟「」『』〝〞″", '"'), **dict.fromkeys("‘’‚‛′`´", "'"), **dict.fromkeys("—–―‒‐‑−", "-")}
)


@lru_cache(maxsize=20_000)
def _of_character(char: str) -> str:
    folded = unicodedata.normalize("NFKC", char).translate(_FOLD)
    return "".join(folded.split())


def canonical(text: str) -> str:
    """`text` under NFKC, each character by itself; white space out, quotation marks folded to " and ', dashes to -."""
    return "".join(map(_of_character, text))


def canonical_places(text: str, start: int = 0) -> list[int]:
    """Where each character of `text`, and its end, stand in a canonical form that it begins at `start` of."""
    return list(accumulate(map(len, map(_of_character, text)), initial=start))


def canonical_map(text: str) -> tuple[str, list[int]]:
    """The canonical form and, for each of its characters, the offset of the character of `text` it comes from."""
    out: list[str] = []
    origin: list[int] = []
    for offset, char in enumerate(text):
        folded = _of_character(char)
        out.append(folded)
        origin.extend([offset] * len(folded))
    return "".join(out), origin
