"""What a reader asks for: the words and the exact phrases of a search. Pure."""

import re
from dataclasses import dataclass

from organizations.characters import fold

from .keys import crossings
from .words import query_runs

LONGEST = 12  # terms of a query that are looked for
_PIECE = re.compile(r'["“”＂]([^"“”＂]+)["“”＂]|「([^」]+)」|『([^』]+)』|(《[^》]+》)|([^\s"“”＂「」『』《》]+)')
_GLUE = frozenset("的了和与及或在对向为把被是有等之第个年月日")  # single characters that say nothing by themselves
_MARKUP = re.compile(r"[^\w\s《》]+")


@dataclass(frozen=True)
class Term:
    """One thing to be found: `text` folded as it is marked in what was found; the index must hold all of `words`, of
    which single characters (but digits and letters) are those of titles.

    With `exact` the text must stand there as such. A single character is looked for in titles and names alone.
    """

    text: str
    words: tuple[str, ...]
    exact: bool = False

    @property
    def is_character(self) -> bool:
        return len(self.text) == 1


@dataclass(frozen=True)
class Query:
    """The `terms`, each once; `pieces` are what stood between spaces or in quotes, folded and without spaces."""

    terms: tuple[Term, ...]
    pieces: tuple[str, ...]

    @property
    def phrases(self) -> list[str]:
        return [term.text for term in self.terms if term.exact]


def read(text: str) -> Query:
    """The query that a reader typed. “…”, "…", 「…」 ask for exactly this, as does a title in 《》, with its marks.

    Characters in a row that are no words of the dictionary (a person) are looked for as they stand. Single characters
    beside words (2019年) are left out, since what stands in a text may be parted otherwise.
    """
    terms: list[Term] = []
    pieces: list[str] = []
    for found in _PIECE.finditer(text):
        *quoted, bare = found.groups()
        if bare is None:
            terms += _phrase(next(filter(None, quoted)))
        else:
            for run in query_runs(bare):
                terms += _of_run(run)
        pieces.append(_compact(found[0]))
    return Query(tuple(dict.fromkeys(terms))[:LONGEST], tuple(filter(None, pieces)))


def _compact(text: str) -> str:
    return "".join(_MARKUP.sub("", fold(text)).split())


def _phrase(text: str) -> list[Term]:
    """What is asked for exactly. The index is asked for its words and for what stands between them."""
    runs = query_runs(text)
    parts = [word for run in runs for word in run]
    if not parts:
        return []
    if len(parts) == 1 and not text.startswith("《"):
        return [Term(parts[0], (parts[0],))]
    return [Term("".join(fold(text).split()), _words(runs), exact=True)]


def _words(runs: list[list[str]]) -> tuple[str, ...]:
    """What the index holds of these: words, Latin ones of any length, and the crossings between them."""
    parts = [word for run in runs for word in run]
    held = [word for word in parts if len(word) > 1 or word.isascii()] + [
        pair for run in runs for pair in crossings(run)
    ]
    return tuple(dict.fromkeys(held or parts))


def _of_run(run: list[str]) -> list[Term]:
    if len(run) == 1:
        return [Term(run[0], (run[0],))]
    terms, loose = [], []
    for word in [*run, "  "]:
        if len(word) == 1:
            loose.append(word)
            continue
        terms += _of_loose(loose, alone=len(loose) == len(run))
        loose = []
        if word.strip():
            terms.append(Term(word, (word,)))
    return terms


def _of_loose(characters: list[str], *, alone: bool) -> list[Term]:
    """Characters in a row that make no word: as they stand, without those at the ends that only join words."""
    if not alone:
        while characters and characters[0] in _GLUE:
            characters = characters[1:]
        while characters and characters[-1] in _GLUE:
            characters = characters[:-1]
    if len(characters) < 2:
        return []
    return [Term("".join(characters), _words([characters]), exact=True)]
