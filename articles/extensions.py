"""What the rooms above may add to an article, without the article knowing them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.dispatch import Signal

article_published = Signal()
"""Sent where a text goes live, inside the transaction, with `article`, `revision`, `by` and whether the article is
`new`, made with this text: nothing refers to it yet."""


@dataclass(frozen=True)
class Mark:
    """A place in an article that can be linked to: a span of canonical(plain_text(body)) and the id it gets."""

    start: int
    end: int
    id: str
    kind: str = ""


_read_along: list[str] = []
_marks: list[Callable] = []
_asides: list[Callable] = []
_panels: list[Callable] = []
_list_tools: list[Callable] = []


def register_read_along(relation: str) -> None:
    """Have the article of a page come with the row of an upper room that `relation` leads to, or None for none."""
    _read_along.append(relation)


def read_along() -> list[str]:
    return _read_along


def register_marks(source: Callable[..., Iterable[Mark]]) -> Callable:
    """Add `source(article, revision)`, which names the places to be marked in that revision's text."""
    _marks.append(source)
    return source


def register_asides(source: Callable) -> Callable:
    """Add `source(article)`, which returns None or {"template": name, "context": dict} for the page's side column."""
    _asides.append(source)
    return source


def register_panels(source: Callable) -> Callable:
    """Add `source(article)`, which returns None or {"template": name, "context": dict} for the form at the desk."""
    _panels.append(source)
    return source


def register_list_tools(source: Callable) -> Callable:
    """Add `source(user)`, which returns None or {"address": url, "label": text}: a button over the desk's list."""
    _list_tools.append(source)
    return source


def marks(article, revision) -> list[Mark]:
    return [mark for source in _marks for mark in source(article, revision)]


def asides(article) -> list[dict]:
    return [aside for aside in (source(article) for source in _asides) if aside]


def panels(article) -> list[dict]:
    return [panel for panel in (source(article) for source in _panels) if panel]


def list_tools(user) -> list[dict]:
    return [tool for tool in (source(user) for source in _list_tools) if tool]
