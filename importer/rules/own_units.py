"""A unit's own union where a page only says 校工会, 院工会 or 公司工会: whose, the site and the source tell."""

import re
from collections.abc import Iterable, Sequence

from importer.document import fold
from organizations.names import UnionName, read_union_name

# What a page calls its own unit, and how the names of such units end.
_ENDINGS = {
    "校": "小学|中学|学校|学院|大学|高中|初中|职高|技校|党校|[一二三四五六七八九十]中|附中|附小",
    "院": "医院|卫生院|学院|研究院|法院|检察院|设计院|福利院|院",
    "园": "幼儿园|公园|园",
    "公司": "公司|集团|厂|银行|支行|分行|电厂|矿",
    "厂": "厂|公司",
    "矿": "矿|矿业|公司",
    "局": "局",
    "所": "所",
    "站": "站",
    "中心": "中心",
    "行": "银行|支行|分行|联社",
    "镇": "镇",
    "乡": "乡",
    "街道": "街道",
    "社区": "社区",
    "村": "村",
}
_ENDINGS |= {"学校": _ENDINGS["校"], "医院": _ENDINGS["院"], "幼儿园": "幼儿园", "集团": _ENDINGS["公司"], "单位": ""}
_UNIT = r"(?P<unit>学校|医院|幼儿园|公司|集团|中心|街道|社区|[校院园厂矿局所站行镇乡村])"
_WORD = r"(?P<word>总工会|联合工会|工会)"
_OWN = re.compile(rf"(?<![\u3400-\u9fff])(?:我|本|该)?{_UNIT}{_WORD}")
_OWN_INSIDE = re.compile(rf"(?:我|本|该|做好|[,。;、由在日]){_UNIT}{_WORD}")
_SITE_WORDS = re.compile(
    r"(?:欢迎(?:您|你)?(?:访问|光临|来到)?)|(?:官方|门户)?(?:网站|官网|主页|首页|网|在线|欢迎您)$|[!。]$|(?:人民政府|政府|党委|党工委|办事处|委员会)$"
)
_ANY = re.compile("(?:" + "|".join(sorted({e for v in _ENDINGS.values() for e in v.split("|") if e}, key=len)) + ")$")
LONGEST = 30


def own_union(texts: Sequence[str], around: Iterable[str | None]) -> UnionName | None:
    """The union of the unit that the title or the opening (`texts`) calls its own, by the unit's name in `around`.

    `around` are the words of the site and the information line, nearest first; None where they name no such unit.
    """
    own = next(
        (match for text in texts if (match := _OWN.search(fold(text[:200])) or _OWN_INSIDE.search(fold(text[:200])))),
        None,
    )
    if not own:
        return None
    ending = re.compile(f"(?:{_ENDINGS[own['unit']]})$")
    names = (_unit(words) for words in around if words)
    word = own["word"] or "工会"
    return next((union for name in names if name and ending.search(name) and (union := _union(name, word))), None)


def union_of_site(around: Iterable[str | None]) -> UnionName | None:
    """The union of the school, hospital or firm whose site it is."""
    names = (_unit(words) for words in around if words)
    return next((union for name in names if name and _ANY.search(name) and (union := _union(name))), None)


def _unit(words: str) -> str | None:
    """The unit a short text names: 欢迎访问实验小学网站 is 实验小学."""
    name = _SITE_WORDS.sub("", _SITE_WORDS.sub("", fold(words).strip()))
    name = re.sub("(?:工会|工会委员会)$", "", name)
    return name if 2 < len(name) <= LONGEST and re.fullmatch(r"[\u3400-\u9fff()xX×]+", name) else None


def _union(unit: str, word: str = "工会") -> UnionName | None:
    union = read_union_name(unit + word)
    return union if union and union.level in ("enterprise", "township", "community") else None
