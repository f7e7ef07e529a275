"""Reading a trade union's name: which body is it, at what level, of what kind, under whom.

The rules. A body's level is told by the end of what stands before 工会, tried in the order national, province, township,
community, district, city, industry, enterprise. A place in the official table is read by the table and not by its
suffix: 胶州市 is a county-level city 县级市, so its union is a district's. A place's own union is called after the place
(青岛市胶州工会 is 胶州市总工会), a township's keeps its wording without the places above it, and every other body keeps
the whole name as written. A parent is named only where the words or the table leave no choice.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from . import divisions
from .divisions import Division
from .places import Place, narrow, places_in, read_place
from .union_words import (
    ANONYMOUS,
    DEPARTMENT,
    ENDINGS,
    FIRM,
    GENERAL,
    INDUSTRY,
    INNER,
    NATIONAL,
    NATIONAL_FORMS,
    OFFICE,
    OVERSEAS,
    RELATIVE,
    UNION_WORD,
    ZONE,
)

LONGEST_NAME = 60  # characters
LONGEST_PLACE = 7  # characters of a place the table does not know; zones run longer
HINT_LENGTH = 4000  # characters of context read for places

WHOLE = re.compile(rf"(?P<body>.+?)(?P<word>{UNION_WORD.pattern})(?:{DEPARTMENT.pattern})")
SHORTENED = re.compile(rf"(?P<place>.*[省市区县州盟旗])总(?:{DEPARTMENT.pattern})")  # 省总, 青海省总宣教部
NAME_CHARACTERS = re.compile(r"[\w·•&\-—()《》“”\"×✕╳*○◯〇△□]+")
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
    text = _plain(written)
    if not text or len(text) > LONGEST_NAME:
        return None
    if shortened := SHORTENED.fullmatch(text):
        text = shortened["place"] + "总工会"
    if text in NATIONAL_FORMS:
        return UnionName(written, NATIONAL, "national", "local")
    if relative := RELATIVE.fullmatch(text):
        return _resolve(written, relative[1], context, site)
    whole = WHOLE.fullmatch(text)
    if not whole or not NAME_CHARACTERS.fullmatch(text):
        return None
    body, word = whole["body"], whole["word"]
    if INNER.search(body) or GENERAL.fullmatch(body):
        return None
    if ANONYMOUS.search(body):
        return _anonymous(written, body, word)
    place = read_place(body)
    if place.end == len(body):
        return _of_place(written, body, word, place, context, site)
    return _other(written, body, word, place)


def _plain(written: str) -> str:
    """NFKC, white space out, and quotes or brackets around the whole name off."""
    text = "".join(unicodedata.normalize("NFKC", written).split()).strip("“”\"'《》〈〉【】[]「」,。、:;")
    if text[:1] == "(" and text[-1:] == ")" and text.count("(") == 1:
        text = text[1:-1]
    return text


def local_name(division: Division) -> str:
    """Return the name of a place's own union: 胶州市总工会; an autonomous prefecture by its customary name, 延边州总工会."""
    if division.level == "city" and division.name.endswith("自治州"):
        return f"{division.short}州总工会"
    return f"{division.name}总工会"


def parent_union(division: Division) -> str:
    """Return the name of the union over a place's own: the next division's above, the national one over a province."""
    above = divisions.by_code(division.parent_code) if division.parent_code else None
    return local_name(above) if above else NATIONAL


def _kind(level: str | None, body: str, word: str) -> str:
    if "工委" in word or "工作委员会" in word:
        return "committee"
    if "村企" in body:
        return "village_enterprise"
    if OVERSEAS.search(body):
        return "overseas"
    if "工会联合会" in word:
        return "federation"
    if "联合" in word:
        return "joint"
    if level == "enterprise":
        return "grassroots" if FIRM.search(body) else "institution"
    by_level = {"township": "township", "community": "grassroots", "industry": "industrial", None: "other"}
    return by_level.get(level, "local")


def _of_place(written: str, body: str, word: str, place: Place, context: str, site: str | None) -> UnionName:
    """A body that is a place and nothing else: 青岛市胶州 + 工会, 洋河镇 + 总工会."""
    found = place.divisions
    if found[0].level == "township":
        return _of_township(written, body, word, place, context)
    found = tuple(d for d in found if d.level == found[0].level) if found[0].level == "province" else found
    if len(found) > 1:
        found = narrow(found, _hints(context, site))
    level = found[0].level
    kind = _kind(level, body, word)
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
        _kind("township", body, word),
        division,
        parent_union(division) if division else None,
    )


def _other(written: str, body: str, word: str, place: Place) -> UnionName | None:
    """A body that is more than a known place: an unknown place, a zone, an industry, an enterprise."""
    rest = body[place.end :]
    if GENERAL.fullmatch(rest) and not PUBLIC_DIRECT.fullmatch(rest) and rest != "开发区":
        return None
    above = place.divisions[0] if len(place.divisions) == 1 else None
    level = _level(body, rest, word, place)
    kind = _kind(level, rest, word)
    if level is None and kind == "other":
        return None
    canonical, parent = body + word, None
    if level == "community" and place.divisions:
        canonical = (body[place.start :] if place.divisions[0].level == "township" else rest) + word
    elif level == "township" and not ZONE.search(rest):
        canonical, parent = rest + word, local_name(above) if above and above.level == "district" else None
    elif level in {"district", "city"} and not ZONE.search(rest):
        canonical = rest + ("总工会" if word == "工会" and rest[-1] in "区县旗市州盟" else word)
        parent = local_name(above) if above else None
    elif level in {"district", "township", "industry"}:
        above = above if place.end else _short_head(body)
        is_national = body.startswith("中国") and level == "industry"
        parent = NATIONAL if is_national else local_name(above) if above and above.level != "township" else None
    division = above if level == "industry" and place.end else None
    return UnionName(written, canonical, level, kind, division, parent)


def _level(body: str, rest: str, word: str, place: Place) -> str | None:
    """The level cue at the end of `rest`, which is `body` without its leading places."""
    upper = place.divisions[0].level if place.divisions else None
    if ZONE.search(rest) and not _hidden_place(rest):
        head = _short_head(body)
        return "township" if upper == "district" or (head and head.level == "district") else "district"
    if len(rest) <= LONGEST_PLACE and not _hidden_place(rest):
        for level, ending in ENDINGS:
            if ending.search(rest):
                return "district" if level == "city" and upper == "city" else level
    tail = rest
    if head := None if place.end else _short_head(body):
        tail = body[len(head.short) :]  # 河北教育工会
    if INDUSTRY.match(tail):
        return "industry"
    if OFFICE.search(rest) or FIRM.search(rest):
        return "enterprise"
    if len(rest) in {2, 3} and upper == "city" and word == "工会":
        return "district"  # 青岛市胶南工会: a county since renamed
    return None


def _hidden_place(rest: str) -> bool:
    """True where a known place stands inside `rest`: then its beginning is no part of a place name."""
    return any(read_place(rest[start:]).end > 2 for start in range(1, len(rest) - 2))


def _short_head(body: str) -> Division | None:
    """The one division whose short name begins `body`: 青岛 in 青岛高新区, 河北 in 河北教育."""
    for length in (4, 3, 2):
        found = [d for d in divisions.find(body[:length]) if d.level != "township"] if len(body) > length else []
        if found and (len(found) == 1 or found[0].level == "province"):
            return found[0]
    return None


def _anonymous(written: str, body: str, word: str) -> UnionName | None:
    """xx镇总工会: nothing but the level and kind can be told."""
    if GENERAL.fullmatch(ANONYMOUS.sub("", body)) and not ANONYMOUS.match(body):
        return None
    level = next((level for level, ending in ENDINGS if ending.search(body)), None)
    if ZONE.search(body):
        level = "district"
    if level is None:
        tail = ANONYMOUS.split(body)[-1]
        level = "industry" if tail and INDUSTRY.match(re.sub("^[省市区县州]", "", tail)) else None
    if level is None:
        level = "enterprise" if OFFICE.search(body) or FIRM.search(body) else None
    return UnionName(written, body + word, level, _kind(level, body, word), anonymised=True)


def _resolve(written: str, unit: str, context: str, site: str | None) -> UnionName | None:
    """市总工会, 省总, 乡工会: the union of that unit in, or over, the first place the context or the site names."""
    if unit in {"镇", "乡", "街道"}:
        for mention in find_union_names(context[:HINT_LENGTH]):
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


def _hints(context: str, site: str | None) -> list[Division]:
    return [hint for text in (context, site) if text for hint in _places_named(text[:HINT_LENGTH])]


@lru_cache(maxsize=256)
def _places_named(text: str) -> tuple[Division, ...]:
    """The places of the unions named in `text`, then the places named in it, in order."""
    readings = [read_union_name(m.text) for m in find_union_names(text)]
    return tuple(dict.fromkeys([r.division for r in readings if r and r.division] + list(places_in(text))))


def find_union_names(text: str) -> list[Mention]:
    """Return the union names standing in running text, in order, each as long as it can be read (see mentions.py)."""
    from .mentions import find  # the finder asks read_union_name what is a name

    return [Mention(start, end, text[start:end]) for start, end in find(text)]
