"""The sentences a demonstration is written from: data/*.toml, one file a theme. Pure."""

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
THEMES = ("ideology", "merit", "skills", "reform", "rights", "support", "organisation", "digital", "finance", "self")
RANKS = "cdt"  # of city, district, township
_SCOPE = re.compile(r"\s+(?:@(?P<first>\d{4})-(?P<last>\d{4})?|\^(?P<ranks>[cdt]+))(?=\s|$)")


@dataclass(frozen=True)
class Line:
    """A measure without a number, in one or more wordings; from `first` to `last` where it belongs to some years."""

    wordings: tuple[str, ...]
    first: int | None
    last: int | None
    ranks: str


@dataclass(frozen=True)
class Promise:
    """What one indicator is promised, reported and told with. `base` and `step` are for city, district, township."""

    code: str
    name: str
    unit: str
    says: tuple[str, ...]
    did: tuple[str, ...]
    news: tuple[str, str]
    base: tuple[float, ...]
    step: tuple[float, ...]
    duty: str
    levels: str = "cdt"
    measure: str = "total"
    wan: bool = False  # written in 万 now and then
    placeholder: bool = False
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True)
class Part:
    titles: tuple[str, ...]
    phrases: tuple[Line, ...]  # titles of some years
    lines: tuple[Line, ...]
    promises: tuple[Promise, ...]


@dataclass(frozen=True)
class Chapter:
    """One theme: its headings and parts."""

    code: str
    headings: tuple[str, ...]
    parts: tuple[Part, ...] = field(default=())


def _line(written: str) -> Line:
    first = last = None
    ranks = RANKS
    for found in _SCOPE.finditer(written):
        if found["ranks"]:
            ranks = found["ranks"]
        else:
            first, last = int(found["first"]), int(found["last"]) if found["last"] else None
    return Line(tuple(part.strip() for part in _SCOPE.sub("", written).split("|")), first, last, ranks)


def _promise(row: dict) -> Promise:
    return Promise(**{name: tuple(value) if isinstance(value, list) else value for name, value in row.items()})


@cache
def chapter(code: str) -> Chapter:
    """The chapter of a theme (or of a subject of its own, such as "women")."""
    read = tomllib.loads((DATA / f"{code}.toml").read_text("utf-8"))
    parts = (
        Part(
            tuple(part["titles"]),
            tuple(map(_line, part.get("phrases", ()))),
            tuple(map(_line, part.get("lines", ()))),
            tuple(map(_promise, part.get("indicator", ()))),
        )
        for part in read["part"]
    )
    return Chapter(code, tuple(read["headings"]), tuple(parts))


@cache
def promises() -> dict[str, Promise]:
    """Every promise by its code."""
    chapters = map(chapter, (*THEMES, "women"))
    return {one.code: one for each in chapters for part in each.parts for one in part.promises}


@cache
def _years() -> dict:
    return tomllib.loads((DATA / "years.toml").read_text("utf-8"))


def occasion(year: int) -> dict:
    """What a year is called and calls for (`spirit`, `stage`, `call`); themes it lays `stress` on, and that `rest`."""
    return _years().get(str(year)) or _years()["other"]
