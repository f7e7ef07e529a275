"""Which texts hold a phrase as it stands: the second look at what the index found by its words."""

import re
from collections.abc import Iterable

from organizations.characters import fold

from .models import Article
from .snippets import text_of

_WITHIN_LINE = re.compile(r"[^\S\n]+")


def holding(numbers: Iterable[int], phrases: list[str], revision: str) -> set[int]:
    """Those of the articles whose `revision` ("live_revision", "latest_revision") holds all `phrases`, folded and
    without spaces, in the body, above it or among its names."""
    names = ("kicker", "title", "subtitle", "author", "document_number", "index_number")
    above = [f"{revision}__{name}" for name in names]
    rows = Article.objects.filter(pk__in=numbers).order_by()
    rows = rows.values_list("pk", f"{revision}__body", f"{revision}__tags", "organization__name", *above)
    return {
        pk
        for pk, body, tags, *lines in rows.iterator(chunk_size=200)
        if all(_holds(phrase, body, "\n".join(filter(None, [*lines, *tags]))) for phrase in phrases)
    }


def _holds(phrase: str, body: str, lines: str) -> bool:
    return phrase in body or any(phrase in _WITHIN_LINE.sub("", fold(text)) for text in (lines, text_of(body)))
