"""A unit's own union where a page says 校工会, 镇总工会 or 集团工会: whose, the site, the title and the text tell."""

import re
from collections.abc import Iterable, Iterator, Sequence

from importer.document import fold
from importer.rules.union_mentions import TIME_BEFORE, union_mentions
from organizations.names import Mention, UnionName, find_union_names, read_union_name
from organizations.places import starts_full
from organizations.union_words import RELATIVE

# What a page calls its own unit, and how the names of such units end.
_SCHOOLS = (
    "小学|中学|学校|学院|大学|高中|初中|职高|技校|党校|中专|职院|师院|医专|师专|高专|师大|师范|电大|职大|开大|卫校|警校|体校|艺校|"
    "职教中心|实小|[一二三四五六七八九十]中|附中|附小"
)
_FIRMS = "公司|集团|厂|银行|支行|分行|电厂|矿"
_ENDINGS = {
    "校": _SCHOOLS,
    "学校": _SCHOOLS,
    "学院": "学院",
    "院": "医院|卫生院|保健院|学院|研究院|法院|检察院|设计院|科学院|工程院|剧院|福利院|敬老院",
    "医院": "医院|卫生院|保健院",
    "园": "幼儿园|公园|园",
    "幼儿园": "幼儿园|实幼|机关园",
    "公司": _FIRMS,
    "集团公司": "集团公司|集团",
    "集团": "集团公司|集团|公司",
    "总公司": "总公司|公司|集团",
    "分公司": "分公司",
    "厂": "厂|公司",
    "矿": "矿|矿业|公司",
    "油田": "油田|油田公司",
    "局": "局",
    "所": "所",
    "站": "站",
    "团": "[一二三四五六七八九十〇零0-9]团",
    "队": "[一二三四五六七八九十0-9采钻井修勘探掘进运总支大中]队",
    "段": "段",
    "车间": "车间",
    "农场": "农场",
    "林场": "林场",
    "林业局": "林业局",
    "社": "报社|出版社|联社|供销社|合作社",
    "馆": "图书馆|博物馆|文化馆|宾馆",
    "台": "电视台|气象台|电台",
    "港": "港",
    "油田公司": "油田公司|油田",
    "监狱": "监狱",
    "海关": "海关",
    "项目部": "项目部",
    "机场": "机场",
    "中心": "中心",
    "行": "银行|支行|分行|联社",
    "分行": "分行",
    "支行": "支行",
    "镇": "(?<!小)(?<!乡)镇",
    "乡": "(?<!城)(?<!家)乡(?!镇|村|亲)",
    "街道": "街道",
    "社区": "社区",
    "村": "(?<!农)(?<!乡)村",
    "区": "[发新资术范理假验作港聚]区",
    "园区": "园区",
    "开发区": "开发区",
    "管委会": "开发区|园区|新区|投资区|示范区|城",
}
_ENDINGS_OF = {unit: re.compile(f"(?:{ending})") for unit, ending in _ENDINGS.items()}
_UNITS = "|".join(sorted(_ENDINGS, key=len, reverse=True))
_OWN = re.compile(
    rf"(?<![各个级些家属有类])(?P<unit>{_UNITS})(?P<word>总工会|工会联合会|联合工会|工会委员会|工会)(?!法|小组|经费)"
)
# One of these, or _OWN finds nothing.
_OWN_END = re.compile(f"[{''.join(sorted({unit[-1] for unit in _ENDINGS}))}](?:总|联合)?工会")
_NO_SCHOOL = frozenset("习生到好深透懂会用做先典法雷赶比")  # 集中学习, 从小学起 hold no school's name
_OPENS = re.compile(r"(?:^|[^\u3400-\u9fff]|[在由咱]|[我咱他]们|来自|记者)$")
_SITE_WORDS = re.compile(
    r"(?:欢迎(?:您|你)?(?:访问|光临|来到)?)|(?:官方|门户)?(?:网站|官网|主页|首页|新闻网|网|在线|欢迎您)$|[!。]$|"
    r"(?:人民政府|政府|党委宣传部|党委|党工委|办事处|管委会|管理委员会|委员会|宣传部|新闻中心|融媒体中心)$"
)
_ANY = re.compile("(?:" + "|".join(sorted({e for v in _ENDINGS.values() for e in v.split("|")}, key=len)) + ")$")
_NAME = re.compile(r"[\u3400-\u9fff()xX×]+$")
LONGEST, LONGEST_UNIT = 30, max(map(len, _ENDINGS))
_LEVEL = {
    "镇": "township",
    "乡": "township",
    "街道": "township",
    "团": "township",
    "社区": "community",
    "村": "community",
}


def relative_unions(text: str, mentions: Sequence[Mention]) -> Iterator[re.Match]:
    """Where `text` says 镇总工会, 校工会 and none of the names read in it (`mentions`) ends: groups `unit`, `word`."""
    if not (first := _OWN_END.search(folded := fold(text))):
        return
    ends = {mention.end for mention in mentions}
    for match in _OWN.finditer(folded, max(0, first.start() - LONGEST_UNIT)):
        if match.end() not in ends:
            yield match


def own_union(texts: Sequence[str], around: Iterable[str | None]) -> UnionName | None:
    """The union of the unit that `texts` call their own, by the unit's name in `around`.

    `around` are the words of the site and the information line, nearest first; None where they name no such unit.
    """
    openings = [text[:200] for text in texts]
    own = next((match for text in openings for match in relative_unions(text, _full(text))), None)
    return named_unit(own["unit"], own["word"], around, ()) if own else None


def named_unit(
    unit: str, word: str, around: Iterable[str | None], texts: Iterable[str], *, reported: bool = False
) -> UnionName | None:
    """The union (its `word` as printed) of the one unit of that kind that the words around, or else the texts, name."""
    ending, around = _ENDINGS_OF[unit], [words for words in around if words]
    for words in around:
        name = _unit(words)
        if name and ending.search(name) and (union := _union(name, word)) and _of_kind(union, unit):
            return union
    seen: dict[str, int] = {}
    unions: dict[str, UnionName] = {}
    for weight, words in [*((2, words) for words in around), *((1, text) for text in texts)]:
        for union, certain in _units_in(fold(words[:1500]), ending, word, reported):
            if _of_kind(union, unit):
                seen[union.canonical] = seen.get(union.canonical, 0) + weight + certain
                unions[union.canonical] = union
    best = max(seen, key=seen.get, default=None)
    return unions[best] if best and seen[best] > 1 else None


def _full(text: str) -> list[Mention]:
    return [mention for mention in union_mentions(text) if not RELATIVE.fullmatch(mention.text)]


def union_of_site(around: Iterable[str | None]) -> UnionName | None:
    """The union of the school, hospital or firm whose site it is."""
    names = (_unit(words) for words in around if words)
    return next((union for name in names if name and _ANY.search(name) and (union := _union(name))), None)


def level_of_unit(unit: str) -> str:
    """The level of a union called by the kind of its unit: 镇总工会 is a township's."""
    return _LEVEL.get(unit, "district" if unit.endswith(("区", "管委会")) else "enterprise")


def _of_kind(union: UnionName, unit: str) -> bool:
    return union.level == level_of_unit(unit) or unit.endswith(("区", "管委会"))


def _units_in(text: str, ending: re.Pattern, word: str, reported: bool) -> Iterator[tuple[UnionName, bool]]:
    """The unions of units named in running text, of 孟庙镇杨庄村的广场 that of 孟庙镇, and whether that is sure.

    A name may have drawn in a verb before it, unless it is a known place's or, in a report, opens a clause.
    """
    for match in ending.finditer(text):
        if match.group()[-1] == "学" and text[match.end() : match.end() + 1] in _NO_SCHOOL:
            continue
        run = text[max(0, match.start() - 20) : match.end()]
        mentions = find_union_names(run + "工会")
        if not mentions or mentions[-1].end != len(run) + 2:
            continue
        name = mentions[-1].text[TIME_BEFORE.match(mentions[-1].text).end() :]
        if union := _union(name[:-2], word):
            start = match.end() - len(name) + 2
            opens = _OPENS.search(text[max(0, start - 2) : start])
            yield union, (reported and bool(opens)) or starts_full(name)


def _unit(words: str) -> str | None:
    """The unit a short text names: 欢迎访问实验小学网站 is 实验小学."""
    name = re.split(r"[·|—_\s]", fold(words).strip())[0]
    name = name[TIME_BEFORE.match(name).end() :]
    name = _SITE_WORDS.sub("", _SITE_WORDS.sub("", name))
    name = re.sub("(?:工会|工会委员会)$", "", name)
    return name if 2 < len(name) <= LONGEST and _NAME.match(name) else None


def _union(unit: str, word: str = "工会") -> UnionName | None:
    union = read_union_name(unit + word)
    return union if union and union.level in ("enterprise", "township", "community", "district") else None
