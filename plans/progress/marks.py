"""The marks of how far a target has come, as their templates make them: each different one is made once for a process,
since a page has hundreds."""

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from .states import Progress, State


def state_mark(progress: Progress) -> SafeString:
    """The state in words and colour, in the reader's language."""
    return _state_mark(progress.state, progress.stale, get_language())


def bar(progress: Progress) -> SafeString:
    """The bar; nothing where there is no share of the goal."""
    return SafeString() if progress.share is None else _bar(progress.state, progress.filled)


@lru_cache(maxsize=100)
def _state_mark(state: State, stale: bool, language: str | None) -> SafeString:
    shown = {"state": state, "stale": stale}
    return mark_safe(render_to_string("plans/progress/state.html", {"progress": shown}).strip())  # noqa: S308


@lru_cache(maxsize=1000)
def _bar(state: State, filled: int) -> SafeString:
    shown = {"state": state, "filled": filled, "percent": filled}
    return mark_safe(render_to_string("plans/progress/bar.html", {"progress": shown}).strip())  # noqa: S308
