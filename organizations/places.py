"""Reading place names: the chain 江苏省|南通市|通州区 at the head of a name, and places standing in running text."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from . import divisions
from .divisions import Division

LONGEST = 16  # characters; 双江拉祜族佤族布朗族傣族自治县 has 15
PLACE_ENDINGS = "省市区县州盟旗"
_ENDING = re.compile(f"[{PLACE_ENDINGS}]")
# Short names that are everyday words: 合作 (合作市), 互助 (互助县). Alone they never name a place.
EVERYDAY_WORDS = {"合作", "互助", "通道", "和平", "共和", "城区", "新城", "大众", "安定", "民和", "长治"}


class Place(NamedTuple):
    """What the head of a name says of the place.

    `end` is where the place part stops; `start` where its last (lowest) name begins; `divisions` are all that name can
    mean (none: no place there); `above` is the next higher division the text itself names, if it is one.
    """

    end: int
    start: int
    divisions: tuple[Division, ...]
    above: Division | None


NOWHERE = Place(0, 0, (), None)


@lru_cache(maxsize=4096)
def read_place(text: str) -> Place:
    """Read the longest chain of divisions, each inside the one before, at the head of `text`.

    A full name (南通市) stands anywhere; a short one (南通; not a township's) only where a further place follows it or
    the text ends, since 宁波银行 is a bank and no place.
    """
    return _chain(text, 0, ()) or NOWHERE


def _chain(text: str, start: int, scope: tuple[Division, ...]) -> Place | None:
    for length in name_heads().get(text[start : start + 2], ()):
        end = start + length
        name = text[start:end]
        found = _inside(name, scope) if end <= len(text) else ()
        if not found:
            continue
        is_full = any(name == division.name for division in found)
        further = _chain(text, end, found)
        if further:
            only = further.above or (found[0] if len(found) == 1 else _single_parent(found, further.divisions))
            return further._replace(above=only)
        if is_full or (end == len(text) and (start or name not in EVERYDAY_WORDS)):
            return Place(end, start, found, None)
    return None


@cache
def name_heads() -> dict[str, tuple[int, ...]]:
    """How long, longest first, the names are that begin with these two characters."""
    bits: dict[str, int] = {}  # one for each length: a set a head would cost ten times as much
    for name in chain(divisions.table().by_name, divisions.table().by_short):
        if 1 < len(name) <= LONGEST:
            bits[name[:2]] = bits.get(name[:2], 0) | 1 << len(name)
    lengths = {some: tuple(size for size in range(LONGEST, 1, -1) if some >> size & 1) for some in set(bits.values())}
    return {head: lengths[some] for head, some in bits.items()}


def _inside(name: str, scope: tuple[Division, ...]) -> tuple[Division, ...]:
    table = divisions.table()
    if name not in table.by_name and name not in table.by_short:
        return ()
    uppers = [upper for upper in scope if upper.level != "township"]  # nothing lies below a township
    found = dict.fromkeys(
        division
        for upper in (uppers if scope else (None,))
        for division in divisions.find(name, within=upper and upper.code)
        if division != upper and _may_be_meant(division, name, upper)
    )
    return tuple(found)


def _may_be_meant(division: Division, name: str, upper: Division | None) -> bool:
    """Townships go by full names, and those called 高新区 and the like only directly under their district."""
    if division.level != "township":
        return True
    wide = name.endswith("区") and upper and upper.level != "district"
    if name.endswith(("场", "公司", "集团", "局", "矿", "大学", "学院")):
        return False  # counted with the townships, but a firm's or a school's union
    return division.name == name and name not in divisions.TOWNSHIP_SUFFIXES and not wide


def _single_parent(uppers: tuple[Division, ...], lowers: tuple[Division, ...]) -> Division | None:
    fits = [upper for upper in uppers if any(lower.code.startswith(upper.code) for lower in lowers)]
    return fits[0] if len(fits) == 1 else None


def starts_full(text: str) -> bool:
    """Whether a full place name, or a chain of several, heads `text`: words no sentence makes by chance."""
    place = read_place(text)
    if not place.end or place.start:
        return place.end > 0
    return any(text[: place.end] in (d.name, d.short + d.name[-1]) for d in place.divisions)


def narrow(candidates: tuple[Division, ...], hints: Iterable[Division]) -> tuple[Division, ...]:
    """Return the one candidate in, or over, the first hint that fits exactly one; else the candidates unchanged."""
    if len(candidates) > 1:
        for hint in hints:
            fits = tuple(c for c in candidates if c.code.startswith(hint.code) or hint.code.startswith(c.code))
            if len(fits) == 1:
                return fits
    return candidates


def places_in(text: str) -> Iterator[Division]:
    """Yield the divisions (district and above) that stand with their full and unambiguous name in `text`, in order."""
    names, longest, end = divisions.table().by_name, {}, 0
    for ending in _ENDING.finditer(text):
        stop = ending.end()
        for start in range(max(0, stop - LONGEST), stop - 1):
            if text[start:stop] in names:
                found = [d for d in divisions.find(text[start:stop]) if d.level != "township"]
                if len(found) == 1:
                    longest[start] = (stop, found[0])
    for start in sorted(longest):
        if start >= end:
            end, division = longest[start]
            yield division
