"""A recognised value and what it rests on, so that a person can check it against the page."""

from typing import Any, NamedTuple


class Evidence(NamedTuple):
    """The rule that spoke, the words it read, their line, and how sure it is: high, medium or low."""

    rule: str
    text: str
    line: int | None
    confidence: str = "high"


class Found(NamedTuple):
    """A value with its evidence; a value of None has none."""

    value: Any
    evidence: Evidence | None = None


NOTHING = Found(None)


def found(value: Any, rule: str, text: str, line: int | None, confidence: str = "high") -> Found:
    """A Found whose quoted words are kept short enough to show beside a field."""
    return Found(value, Evidence(rule, text.strip()[:120], line, confidence))
