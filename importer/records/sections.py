"""The sections of a plan's record (条目) and their targets (指标), into the plan's outline and out of it. Pure.

A section is {"number", "heading", "level", "text", "themes", "targets", "sections", "style", "at", "broken"}; all but
the heading may be left out. Where the words stand in the text (`at`) is believed only where they do stand there.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from html import escape

from articles.anchors import NUMBER
from articles.canonical import canonical
from articles.html import CONTROL
from plans.grammar.quotes import quote_hash
from plans.grammar.reading import read_plan
from plans.grammar.themes import assign_themes

DEEPEST = 9
MOST = 2_000  # sections or targets of a plan
STYLES = ("standalone", "run_in", "inline")
COMPARATORS = ("=", ">=", "<=", ">", "<", "~")
KINDS = ("target", "recurring", "implied", "placeholder", "standard", "achieved")
MEASURES = ("total", "each", "rate", "done")
LIMITS = {"unit": 20, "modality": 20, "period": 40, "duty_holder": 120, "object": 200}
_LARGEST = Decimal(10) ** 16


@dataclass
class ClauseGiven:
    """A clause: the values of its row, its themes in order, the place of its parent among the clauses."""

    values: dict
    themes: list[str]
    parent: int | None


@dataclass
class TargetGiven:
    """A target: the values of its row, the place of its clause, the name of its indicator."""

    values: dict
    clause: int | None
    indicator: str = ""


@dataclass
class Outline:
    clauses: list[ClauseGiven] = field(default_factory=list)
    targets: list[TargetGiven] = field(default_factory=list)


class NotUnderstood(ValueError):
    """The sections are of another shape than the one described here."""


def with_sections(body: str, plain: str, sections: list) -> str:
    """`body`, with the sections behind it where it holds none of their headings: they are its text then, too.

    Sections that say where they stand, or that they do not, were given out by such a site and add nothing.
    """
    text = canonical(plain)
    for section, _level in _walk(sections):
        if "at" in section or "broken" in section or canonical(_heading(section)[1]) in text:
            return body
    return body + "".join(map(_html, _walk(sections)))


def _html(pair: tuple[dict, int]) -> str:
    section, level = pair
    tag = f"h{min(level + 1, 4)}"
    lines = [f"<p>{escape(line)}</p>" for line in _text(section, "text").split("\n") if line.strip()]
    return f"<{tag}>{escape(''.join(_heading(section)))}</{tag}>" + "".join(lines)


def outline(
    sections: list, others: list | None, plain: str, year: int | None, rows: Mapping[str, tuple[str, ...]]
) -> Outline:
    """The clauses and targets of a plan whose text is `plain` (plain_text of its body, `rows` its table_rows).

    `others` are targets of no section (None: not said). Where nothing says what the targets are, they are read in the
    text. Raises NotUnderstood.
    """
    text, found = canonical(plain), Outline()
    cursor, parents, told = 0, [], others is not None
    for section, level in _walk(sections):
        while parents and parents[-1][0] >= level:
            parents.pop()
        number, heading = _heading(section)
        start, end, stands = _place(text, canonical(heading), section, cursor)
        cursor = end if stands else cursor
        own = _text(section, "text")
        themes = section.get("themes")
        found.clauses.append(
            ClauseGiven(
                {
                    "depth": level,
                    "number": number[:20],
                    "heading": heading[:300],
                    "text": own,
                    "style": _choice(section, "style", STYLES),
                    "start": start,
                    "end": end,
                    "broken": not stands,
                },
                _strings(themes) if themes is not None else assign_themes(heading, [], own),
                parents[-1][1] if parents else None,
            )
        )
        parents.append((level, len(found.clauses) - 1))
        told = told or "targets" in section
        found.targets += _targets(section.get("targets") or [], text, start if stands else 0, len(found.clauses) - 1)
    found.targets += _targets(others or [], text, 0, None)
    if not told:
        found.targets = _read_targets(plain, year, rows, found.clauses)
    if max(len(found.clauses), len(found.targets)) > MOST:
        raise NotUnderstood
    return found


def _walk(sections: object, level: int = 1) -> Iterator[tuple[dict, int]]:
    """Every section with its level, one before those inside it."""
    if not isinstance(sections, list) or level > DEEPEST:
        raise NotUnderstood
    for section in sections:
        if not isinstance(section, dict):
            raise NotUnderstood
        given = section.get("level")
        own = given if isinstance(given, int) and level <= given <= DEEPEST else level
        yield section, own
        yield from _walk(section.get("sections") or [], own + 1)


def _heading(section: dict) -> tuple[str, str]:
    """The number and the words of a heading; a number that stands in the heading is parted from it."""
    number, heading = _text(section, "number"), " ".join(_text(section, "heading").split())
    if not heading:
        raise NotUnderstood
    if "number" not in section and (printed := NUMBER.match(heading)) and printed.end() < len(heading):
        return printed[1].strip(), heading[printed.end() :]
    return number, heading


def _place(text: str, words: str, given: dict, cursor: int) -> tuple[int, int, bool]:
    """Where `words` stand in `text`: there where it is said, else behind `cursor`; and whether they do."""
    at = given.get("at")
    said = isinstance(at, list) and len(at) == 2 and all(isinstance(one, int) and 0 <= one < 2**31 for one in at)
    if given.get("broken") is True:
        return (*(at if said else (0, 0)), False)
    if said and words and text[at[0] : at[0] + len(words)] == words:
        return at[0], at[0] + len(words), True
    start = text.find(words, cursor) if words else -1
    return (start, start + len(words), True) if start >= 0 else (0, 0, False)


def _targets(given: object, text: str, begin: int, clause: int | None) -> list[TargetGiven]:
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise NotUnderstood
    found, cursors = [], {}
    for one in given:
        quote = _text(one, "quote")
        words = canonical(quote)
        if not words:
            raise NotUnderstood
        start, end, stands = _place(text, words, one, cursors.get(words, begin))
        if not stands and one.get("broken") is not True:
            start, end, stands = _place(text, words, one, 0)
        kind = _choice(one, "kind", KINDS)
        values = {name: _text(one, name)[:limit] for name, limit in LIMITS.items()}
        values |= {
            "number": None if kind == "placeholder" else _number(one.get("number")),
            "comparator": _choice(one, "comparator", COMPARATORS),
            "kind": kind,
            "measure": _choice(one, "measure", ("", *MEASURES)),
            "deadline": _deadline(one),
            "quote": quote,
            "start": start,
            "end": end,
            "quote_hash": quote_hash(quote),
            "broken": not stands,
        }
        found.append(TargetGiven(values, clause, _text(one, "indicator")[:120]))
    return found


def _read_targets(
    plain: str, year: int | None, rows: Mapping[str, tuple[str, ...]], clauses: list[ClauseGiven]
) -> list[TargetGiven]:
    """The targets in the text, each of the clause whose heading stands last before it."""
    starts = [(clause.values["start"], at) for at, clause in enumerate(clauses) if not clause.values["broken"]]
    found = []
    for row in read_plan(plain, year, rows).targets:
        one, number = row.found, row.found.number
        if number is not None and abs(number) >= _LARGEST:
            continue
        values = {
            "number": number,
            "unit": one.unit or "",
            "comparator": one.comparator,
            "kind": one.kind,
            "modality": one.modality or "",
            "period": one.period or "",
            "object": (one.object or "")[:200],
            "quote": one.sentence,
            "start": row.start,
            "end": row.end,
            "quote_hash": quote_hash(one.sentence),
        }
        found.append(TargetGiven(values, max((pair for pair in starts if pair[0] <= row.start), default=(0, None))[1]))
    return found


def _text(given: dict, name: str) -> str:
    value = given.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise NotUnderstood
    return CONTROL.sub("", value)


def _strings(given: object) -> list[str]:
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise NotUnderstood
    return list(dict.fromkeys(given))


def _choice(given: dict, name: str, choices: tuple[str, ...]) -> str:
    value = _text(given, name) or choices[0]
    if value not in choices:
        raise NotUnderstood
    return value


def _number(value: object) -> Decimal | None:
    if value is None or value == "":
        return None
    try:
        number = Decimal(str(value)).quantize(Decimal("0.0001"))
    except InvalidOperation:
        raise NotUnderstood
    if isinstance(value, bool) or not number.is_finite() or abs(number) >= _LARGEST:
        raise NotUnderstood
    return number


def _deadline(given: dict) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(_text(given, "deadline")) if given.get("deadline") else None
    except ValueError:
        raise NotUnderstood
