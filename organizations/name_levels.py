"""Level 层级 and kind 类别 of a union, told by the words of its name."""

import re

from . import divisions
from .divisions import Division
from .places import Place, read_place
from .union_words import (
    ANONYMOUS,
    ENDINGS,
    FIRM,
    GENERAL,
    INDUSTRY,
    NUMBER_NAME,
    OFFICE,
    OVERSEAS,
    PURE_TRADE,
    REGIMENT,
    STATE_ZONE,
    ZONE,
)

LONGEST_PLACE = 7  # characters of a place the table does not know; zones run longer


def level_of(body: str, word: str, place: Place) -> str | None:
    """Return the level told by the end of `body`, of which `place` is the leading part; None where there is no cue."""
    rest = body[place.end :]
    if body.endswith("生产建设兵团"):
        return "province"
    if word == "分工会" or REGIMENT.fullmatch(body):
        return "enterprise" if word == "分工会" else "township"
    upper = place.divisions[0].level if place.divisions else None
    if ZONE.search(rest) and not _holds_place(rest):
        head = short_head(body)
        if STATE_ZONE.search(rest):
            return "district"
        return "township" if upper == "district" or (head and head.level == "district") else "district"
    if len(rest) <= LONGEST_PLACE and not _holds_place(rest):
        for level, ending in ENDINGS:
            if ending.search(rest):
                if level == "province" or (level in {"district", "city"} and len(rest) < 3):
                    return None  # the table has them all
                if upper == "township" and level != "community":
                    return None  # nothing lies below but villages
                return "district" if level == "city" and upper == "city" else level
    tail = rest
    if head := None if place.end else short_head(body):
        tail = body[len(head.short) :]  # 河北教育工会
        tail = tail[1:] if tail[0] in "州盟县" else tail  # 凉山州教育工会
    if INDUSTRY.match(tail):
        return "industry"
    if OFFICE.search(rest) or FIRM.search(rest):
        return "enterprise"
    if len(rest) in {2, 3} and rest.isalpha() and upper == "city" and word == "工会":
        return "district"  # 绍兴市绍兴县工会: a county since renamed
    return None


def level_of_anonymous(body: str) -> str | None:
    """Return the level of a veiled name (xx镇) by its ending alone; None where nothing tells, or for xx市各级."""
    tail = ANONYMOUS.split(body)[-1]
    inner = re.sub("^[省市区县州镇乡]", "", tail)
    if inner and inner != tail and GENERAL.fullmatch(inner) and not NUMBER_NAME.fullmatch(inner):
        return None
    if ZONE.search(body):
        return "district"
    for level, ending in ENDINGS:
        if ending.search(body):
            return level
    if inner and INDUSTRY.match(inner):
        return "industry"
    return "enterprise" if OFFICE.search(body) or FIRM.search(body) else None


def _holds_place(rest: str) -> bool:
    """True where a known place stands inside `rest`: then its beginning is no part of a place name."""
    return any(
        place.end > 2 and place.divisions[0].level != "township" and not ZONE.search(rest[start : start + place.end])
        for start in range(1, len(rest) - 2)
        if (place := read_place(rest[start:])).end
    )


def former(name: str, above: Division | None) -> Division | None:
    """Return the one district a former county or county-level city has become: 即墨区 for 即墨市."""
    found = divisions.find(name[:-1], level="district", within=above.code if above else None)
    return found[0] if len(found) == 1 and found[0].short == name[:-1] else None


def short_head(body: str, level: str | None = None) -> Division | None:
    """Return the one division whose short name heads `body`: 宁波 in 宁波高新区; for an industry only before trades."""
    for length in (4, 3, 2):
        found = [d for d in divisions.find(body[:length]) if d.level != "township"] if len(body) > length else []
        if found and (len(found) == 1 or found[0].level == "province"):
            return (
                None if level == "industry" and not PURE_TRADE.fullmatch(body[length:].lstrip("州盟县")) else found[0]
            )
    return None


def kind_of(level: str | None, body: str, word: str) -> str:
    """Return the kind (a value of Organization.Kind) told by the closing word, the body's own words and the level."""
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
