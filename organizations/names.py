"""Reading a trade union's name: which body is it, at what level, of what kind, under whom.

The rules. A body's level is told by the end of what stands before 工会, tried in the order national, province,
township, community, district, city, industry, enterprise. A place in the official table is read by the table and not by
its suffix: 义乌市 is a county-level city 县级市, so its union is a district's. A place's own union is called after the
place (金华市义乌工会 is 义乌市总工会), a township's keeps its wording without the places above it, and every other body
keeps the whole name as written. A parent is named only where the words or the table leave no choice.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from . import divisions
from .divisions import Division
from .mentions import find, plain_form
from .name_levels import former, kind_of, level_of, level_of_anonymous, short_head
from .places import NOWHERE, Place, narrow, places_in, read_place
from .union_words import (
    ANONYMOUS,
    CORPS,
    COUNTRIES,
    DEPARTMENT,
    GENERAL,
    INNER,
    NAMELESS_UNIT,
    NATIONAL,
    NATIONAL_FORMS,
    NATIONAL_TRADE,
    NATIONAL_UNIT,
    NUMBER_NAME,
    RELATIVE,
    RELATIVE_TRADE,
    UNION_WORD,
    ZONE,
)

LONGEST_NAME = 60  # characters
LONGEST_UNKNOWN = 8  # characters of a body that only 联合工会 or 工会联合会 marks as one
HINT_LENGTH = 4000  # characters of context read for places
KEPT = 400  # characters; the names found in a longer line are not kept

WHOLE = re.compile(rf"(?P<body>.+?)(?P<word>{UNION_WORD.pattern})(?:{DEPARTMENT.pattern})")
SHORTENED = re.compile(rf"(?P<place>.*[省市区县州盟旗])总(?:{DEPARTMENT.pattern})")  # 省总, 青海省总宣教部
NAME_CHARACTERS = re.compile(r"[\w·•&\-—()《》“”\"×✕╳*○◯〇△□]+")
_STREET = re.compile("街道办(?:事处)?$")
PUBLIC_DIRECT = re.compile(r"(?:[省市县区州]?直属?|直属)机关")


@dataclass(frozen=True)
class UnionName:
    """A union's name as read. `level` and `kind` are codes (Organization.Kind); unknown is None."""

    written: str
    canonical: str
    level: str | None
    kind: str
    division: Division | None = None  # the place whose union it is, or that an industry union covers
    parent: str | None = None  # canonical name of the union above
    anonymised: bool = False  # xx镇总工会: the name is veiled, and makes no organisation


@dataclass(frozen=True)
class Mention:
    """A union's name in running text: text[start:end]."""

    start: int
    end: int
    text: str


def read_union_name(written: str, *, context: str = "", site: str | None = None) -> UnionName | None:
    """Read one union name; None where the words name no particular union (各级工会, 工会组织) or are no name at all.

    `context` (the text around, or the article's own union) and `site` (the publishing union) decide what the name alone
    leaves open: which 鼓楼区, whose 市总工会. Context goes before site. A township gets a division and a parent only
    where the name itself or the context names its district.
    """
    text = CORPS.sub("新疆生产建设兵团", _plain(written))
    if not text or len(text) > LONGEST_NAME:
        return None
    if shortened := SHORTENED.fullmatch(text):
        text = shortened["place"] + "总工会"
    if NATIONAL_FORMS.fullmatch(text):
        return UnionName(written, NATIONAL, "national", "local")
    if relative := RELATIVE.fullmatch(text):
        return _resolve(written, relative[1], context, site)
    if relative := RELATIVE_TRADE.fullmatch(text):
        over = _resolve(written, relative["unit"], context, site)
        found = over and read_union_name(over.division.name + relative["rest"])
        return found and replace(found, written=written, division=over.division, parent=over.canonical)
    if text.startswith("中国") and (older := _named_in_the_older_way(written, text)):
        return older
    whole = WHOLE.fullmatch(text)
    if not whole or not NAME_CHARACTERS.fullmatch(text):
        return None
    body, word = _STREET.sub("街道", whole["body"]), whole["word"]
    if "工会" in body and not body.endswith("总工会机关"):
        return None
    place = read_place(body)
    if INNER.search(body, place.end):
        return None
    if ANONYMOUS.search(body):
        return _anonymous(written, body, word)
    if _is_nobody(body, place):
        return None
    if place.end == len(body):
        return _of_place(written, body, word, place, context, site)
    return _other(written, body, word, place)


def _is_nobody(body: str, place: Place) -> bool:
    """Whether the body is talk of unions in general, a kind of unit without a name, or a body abroad."""
    if NAMELESS_UNIT.fullmatch(body.lstrip("本我该")) or (
        not place.end and (COUNTRIES.match(body) or body[0] in "在由被把对")
    ):
        return True
    if NUMBER_NAME.fullmatch(body):
        return False
    if body.endswith(("乡镇", "镇街", "镇村", "村居")) and place.end < len(body):
        return True
    return bool(GENERAL.fullmatch(body)) and not (place.end == len(body) and place.divisions[0].level != "township")


def _plain(written: str) -> str:
    """NFKC, white space out, and quotes or brackets around the whole name off."""
    text = "".join(unicodedata.normalize("NFKC", written).split()).strip("“”\"'《》〈〉【】[]「」,。、:;")
    if text[:1] == "(" and text[-1:] == ")" and text.count("(") == 1:
        text = text[1:-1]
    return text


def local_name(division: Division) -> str:
    """Return the name of a place's own union: 义乌市总工会; of an autonomous prefecture the usual one, 延边州总工会."""
    if division.level == "city" and division.name.endswith("自治州"):
        return f"{division.short}州总工会"
    return f"{division.name}总工会"


def parent_union(division: Division) -> str:
    """Return the name of the union over a place's own: the next division's above, the national one over a province."""
    above = divisions.by_code(division.parent_code) if division.parent_code else None
    return local_name(above) if above else NATIONAL


def _of_place(written: str, body: str, word: str, place: Place, context: str, site: str | None) -> UnionName:
    """A body that is a place and nothing else: 金华市义乌 + 工会, 佛堂镇 + 总工会."""
    found = place.divisions
    if found[0].level == "township":
        if ZONE.search(body) and not place.above:
            return _other(written, body, word, NOWHERE)
        return _of_township(written, body, word, place, context)
    found = tuple(d for d in found if d.level == found[0].level) if found[0].level == "province" else found
    if len(found) > 1:
        found = narrow(found, _hints(context, site))
    level = found[0].level
    kind = kind_of(level, body, word)
    named = {local_name(division) for division in found}
    canonical = named.pop() if len(named) == 1 and kind == "local" else body + word
    if len(found) > 1:
        return UnionName(written, canonical, level, kind)
    parent = parent_union(found[0]) if kind == "local" else local_name(found[0])
    return UnionName(written, canonical, level, kind, found[0], parent)


def _of_township(written: str, body: str, word: str, place: Place, context: str) -> UnionName:
    found = place.divisions
    hints = [place.above] if place.above else [hint for hint in _hints(context, None) if hint.level == "district"]
    inside = [d for hint in hints[:1] for d in found if d.code.startswith(hint.code)]
    division = inside[0] if len(inside) == 1 else None
    return UnionName(
        written,
        body[place.start :] + word,
        "township",
        kind_of("township", body, word),
        division,
        parent_union(division) if division else None,
    )


def _other(written: str, body: str, word: str, place: Place) -> UnionName | None:
    """A body that is more than a known place: an unknown place, a zone, an industry, an enterprise."""
    rest = body[place.end :]
    if (
        GENERAL.fullmatch(rest)
        and not NUMBER_NAME.fullmatch(rest)
        and not PUBLIC_DIRECT.fullmatch(rest)
        and rest != "开发区"
    ):
        return None
    above = place.divisions[0] if len(place.divisions) == 1 else None
    level = level_of(body, word, place)
    kind = kind_of(level, rest, word)
    if level is None and above and above.level == "township" and kind in ("joint", "federation"):
        level = "community"  # the only bodies below a township's
    if level is None and (kind == "other" or len(rest) > LONGEST_UNKNOWN):
        return None
    if ZONE.search(rest) or level == "industry":
        above = above if place.end else short_head(body, level)
        division = above if level == "industry" else None
        parent = local_name(above) if above and above.level != "township" else None
        if level == "industry" and body.startswith("中国"):
            parent = NATIONAL
        return UnionName(written, body + word, level, kind, division, parent)
    if level in {"district", "city"}:
        name = rest + ("总工会" if word == "工会" and rest[-1] in "区县旗市州盟" else word)
        if now := former(rest, above):
            return UnionName(written, name, "district", kind, now, parent_union(now))
        return UnionName(written, name, level, kind, parent=local_name(above) if above else None)
    if level == "township":
        parent = local_name(above) if above and above.level == "district" else None
        return UnionName(written, rest + word, level, kind, parent=parent)
    if level == "community" and place.end:
        is_township = place.divisions[0].level == "township"
        return UnionName(written, (body[place.start :] if is_township else rest) + word, level, kind)
    return UnionName(written, body + word, level, kind)


def _named_in_the_older_way(written: str, text: str) -> UnionName | None:
    """中国教育工会上海市委员会, 中国铁路工会柳州工务段委员会: a place's or a unit's union named after its industry."""
    if trade := NATIONAL_TRADE.fullmatch(text):
        return _of_national_trade(written, text, trade["place"])
    if not (unit := NATIONAL_UNIT.fullmatch(text)):
        return None
    wide = unit["end"] in ("地区", "省", "市")
    level, kind = ("industry", "industrial") if wide else ("enterprise", "grassroots")
    return UnionName(written, text, level, kind)


def _of_national_trade(written: str, text: str, name: str) -> UnionName | None:
    """中国教育工会上海市委员会: the older way to name a place's industry union."""
    found = read_place(name).divisions
    if len(found) != 1:
        return UnionName(written, text, "industry", "industrial")
    return UnionName(written, text, "industry", "industrial", found[0], local_name(found[0]))


def _anonymous(written: str, body: str, word: str) -> UnionName | None:
    """xx镇总工会: nothing but the level and kind can be told."""
    level = level_of_anonymous(body)
    kind = kind_of(level, body, word)
    return None if level is None and kind == "other" else UnionName(written, body + word, level, kind, anonymised=True)


def _resolve(written: str, unit: str, context: str, site: str | None) -> UnionName | None:
    """市总工会, 省总, 乡工会: the union of that unit in, or over, the first place the context or the site names."""
    if unit in {"镇", "乡", "街道"}:
        for mention in _mentions_in(context[:HINT_LENGTH]):
            named = None if RELATIVE.fullmatch(mention.text) else read_union_name(mention.text, context=context)
            if named and named.level == "township" and UNION_WORD.split(named.canonical)[0].endswith(unit):
                return UnionName(written, named.canonical, named.level, named.kind, named.division, named.parent)
        return None
    for hint in _hints(context, site):
        for division in (hint, *reversed(divisions.ancestors(hint))):
            if division.name.endswith(unit) and not (unit == "区" and division.name.endswith("自治区")):
                return UnionName(
                    written, local_name(division), division.level, "local", division, parent_union(division)
                )
    return None


def _hints(context: str, site: str | None) -> Iterator[Division]:
    """The places of the unions named in `context`, then the places named in it, in order; the same of `site`."""
    for text in filter(None, (context, site)):
        yield from _places_of_unions(text[:HINT_LENGTH])
        yield from _places_in(text[:HINT_LENGTH])


@lru_cache(maxsize=256)
def _places_of_unions(text: str) -> tuple[Division, ...]:
    readings = [read_union_name(mention.text) for mention in _mentions_in(text)]
    return tuple(dict.fromkeys(name.division for name in readings if name and name.division))


@lru_cache(maxsize=256)
def _places_in(text: str) -> tuple[Division, ...]:
    return tuple(places_in(text))


def find_union_names(text: str) -> list[Mention]:
    """Return the union names standing in running text, in order, each as long as it can be read."""
    plain = plain_form(text)
    spans = _spans(plain) if len(plain) <= KEPT else find(plain, _reads)
    return [Mention(start, end, text[start:end]) for start, end in spans]


def _mentions_in(text: str) -> Iterator[Mention]:
    """The names in a text of several lines; their places are those in the line."""
    for line in text.split("\n"):
        yield from find_union_names(line)


@lru_cache(maxsize=512)
def _spans(plain: str) -> tuple[tuple[int, int], ...]:
    """One line is asked for by several rules."""
    return tuple(find(plain, _reads))


@lru_cache(maxsize=4096)
def _reads(text: str) -> bool:
    """Whether the words read as a name, in a place where they might be half a sentence (相信县总工会)."""
    if RELATIVE.fullmatch(text) or RELATIVE_TRADE.fullmatch(text):
        return True
    found = read_union_name(text)
    if not found or found.level not in {"district", "city"} or found.division or found.anonymised:
        return found is not None
    body = WHOLE.fullmatch(found.canonical)["body"]
    return bool(ZONE.search(body) or divisions.find(body) or divisions.find(body[:-1]))
