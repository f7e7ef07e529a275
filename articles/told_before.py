"""Pure functions of one text whose values may be told beforehand: a bulk import computes them in other processes."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps

Told = Mapping[str, Mapping[str, object]]
"""Of functions by their names, the value for each text that is known."""

_told: ContextVar[Told | None] = ContextVar("values_told_before", default=None)


def told_before[T](compute: Callable[[str], T]) -> Callable[[str], T]:
    """Let `compute` answer with what was told for a text, and else compute it."""
    name = compute.__name__

    @wraps(compute)
    def answer(text: str) -> T:
        told = _told.get()
        known = told.get(name) if told else None
        return known[text] if known is not None and text in known else compute(text)

    return answer


@contextmanager
def telling(told: Told) -> Iterator[None]:
    """What is `told` is the answer inside."""
    token = _told.set(told)
    try:
        yield
    finally:
        _told.reset(token)
