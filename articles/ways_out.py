"""Ways out of a search that finds nothing: the same with less asked for, each with how much it finds."""

import re
from dataclasses import dataclass

from .finding import Filters, counts
from .query import read
from .words import index_words

MOST = 16
_QUOTES = re.compile(r'["“”＂「」『』《》]')


@dataclass(frozen=True)
class WayOut:
    """A query that finds `count` articles, at most CAP + 1; None where only the texts would tell how many."""

    query: str
    count: int | None


@dataclass(frozen=True)
class WaysOut:
    """`whole` asks the same without filters or quotes, `shorter` for less of it, `words` for single words."""

    whole: WayOut | None
    shorter: list[WayOut]
    words: list[WayOut]


def ways_out(query: str, filters: Filters) -> WaysOut:
    """What finds something instead of `query` within `filters`, by one query of the database."""
    terms = read(query).terms
    texts = [term.text for term in terms]
    unquoted = " ".join(_QUOTES.sub(" ", query).split())
    whole = [query] if filters != Filters() else [unquoted] if unquoted != query else []
    shorter = [" ".join(texts[:place] + texts[place + 1 :]) for place in range(len(texts))] if len(texts) > 2 else []
    words = [term.text for term in terms if not term.exact] if len(terms) > 1 else []
    for term in terms:
        words += [word for word in index_words(term.text) if 1 < len(word) < len(term.text)]
    asked = list(dict.fromkeys([*whole, *shorter, *words]))[:MOST]
    found = dict(zip(asked, counts([(one, Filters()) for one in asked]), strict=True))

    def held(queries: list[str]) -> list[WayOut]:
        once = [one for one in dict.fromkeys(queries) if found.get(one)]
        return [WayOut(one, None if read(one).phrases else found[one]) for one in once]

    return WaysOut(next(iter(held(whole)), None), held(shorter), held(words))
