"""The unions a page's words name, as printed, and which of them a title or signature speaks for."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from importer.document import fold
from organizations.names import Mention, UnionName, find_union_names, read_union_name
from organizations.union_words import LEADING, PURE_TRADE, RELATIVE_TRADE, UNION_WORD

_GRANTED = re.compile(r"关于(?:同意|批准|撤销|授予|命名|表彰)[^,。]{0,12}$")  # who is written about, not who writes
TIME_BEFORE = re.compile(  # 2014年, 201*年, 学年第一学期, 春季学期: when, not who
    r"(?:[\dxX*×○〇□_]{0,4}学?年度?|度(?=第|[上下春夏秋冬]))?(?:第?[一二三四1-4](?:学期|季度)|[春夏秋冬]季?学期|[上下]学?期|[上下]半年|[春秋]季(?=[大中小学幼]))?"
)
_PLACE_UNION = re.compile(
    r"(?<![\u3400-\u9fffA-Za-z])(?![在全各我本对与由向据把将为从该各某省市区县])[\u3400-\u9fff]{2,5}(?<!全)[市县旗镇乡区](?<![社小园]区)(?:总工会|工会)"
)
_PLACE_AND_UNION = re.compile("[市县旗镇乡区]总?工会")  # or _PLACE_UNION finds nothing
CONGRESS = re.compile(r"第[一二三四五六七八九十\d]+[次届]")
GUIDED = re.compile(
    r"(?:根据|按照|贯彻(?:落实)?|落实|遵照|转发|围绕|紧扣|对照|依据|由|经|受|被|报|向|学习(?:贯彻)?|传达(?:贯彻)?|参加|出席|中国共产党|在|获得?|获评|获批|受到|得到|接受|迎来|迎接|荣登|入选)[^,。;]{0,12}$"
)
# 转发省总工会通知, 喜获全国总工会命名: the union named is another's, whoever speaks.
_ANOTHERS = re.compile(
    r"(?:转发|传达|学习(?:贯彻|宣传)?|贯彻(?:落实)?|落实|根据|按照|获得?|获评|获批|受到?|得到|接受|被|迎来|迎接|荣登|入选|上报|报送|对标)[^,。;]{0,12}$"
)


def subject_of(words: str, context: str, site: str | None) -> UnionName | None:
    """The first union named in `words` that is not merely followed, obeyed or quoted."""
    mentions = [mention for mention in union_mentions(words) if not CONGRESS.search(mention.text)]
    whole = _whole_head(words, mentions)
    if whole and (name := read_name(whole, context, site)) and _level_of(mentions[0], context) in (None, name.level):
        return name
    mentions = [mention for mention in mentions if not _GRANTED.search(words[: mention.start])]
    free = [mention for mention in mentions if not GUIDED.search(words[: mention.start])] or [
        mention for mention in mentions if not _ANOTHERS.search(fold(words[: mention.start]))
    ]
    for mention in free:
        written = as_written(words, mention)
        name = read_name(written, context, site)
        if name:
            return name
    return None


def union_mentions(text: str) -> list[Mention]:
    """Union names in `text`, found in its Simplified form (a veiled XX in small letters) and given as printed."""
    out = []
    plain = _plain(text)
    for mention in find_union_names(plain) or _by_commas(plain):
        start = mention.start + TIME_BEFORE.match(mention.text).end()
        out.append(Mention(start, mention.end, text[start : mention.end]))
    return out


def _by_commas(plain: str) -> list[Mention]:
    """Names of places the official table no longer holds, where punctuation shows their beginning."""
    return [
        Mention(m.start(), m.end(), m.group())
        for m in (_PLACE_UNION.finditer(plain) if _PLACE_AND_UNION.search(plain) else ())
        if not LEADING.match(m.group()) and read_union_name(m.group())
    ]


def _plain(text: str) -> str:
    folded = fold(text)
    return re.sub("X(?=X)|(?<=[Xx])X", "x", folded) if "X" in folded else folded


@lru_cache(maxsize=64)  # a text names its unions again and again
def read_name(written: str, context: str, site: str | None) -> UnionName | None:
    """The name with its canonical form; a veiled one keeps the letters it is printed with."""
    name = read_union_name(_plain(written), context=context, site=site)
    if not name and (unplaced := RELATIVE_TRADE.fullmatch(written)):
        return _of_unknown_place(written, unplaced["rest"])
    if name and name.anonymised:
        return replace(name, written=written, canonical=written)
    return name and replace(name, written=written)


def _of_unknown_place(written: str, rest: str) -> UnionName:
    """县教育工会, 市第二人民医院工会 where nothing tells which place: printed as it stands, like a veiled name."""
    body = UNION_WORD.split(rest)[0]
    industry = PURE_TRADE.fullmatch(body) or body.endswith("机关")
    level, kind = ("industry", "industrial") if industry else ("enterprise", "institution")
    return UnionName(written, written, level, kind, anonymised=True)


def _whole_head(words: str, mentions: Sequence[Mention]) -> str | None:
    """A name that begins the line: 石板桥乡工会 must not be read as a 板桥乡工会 behind a 石."""
    if not mentions or not 0 < mentions[0].start <= 4:
        return None
    match = re.match(r"[\u3400-\u9fffxX×]{2,12}?(?:总工会|工会联合会|工会委员会|工会)", fold(words))
    if not match or match.end() != mentions[0].end:
        return None
    return words[: match.end()]


def _level_of(mention: Mention, context: str) -> str | None:
    name = read_name(mention.text, context, None)
    return name.level if name else None


def as_written(words: str, mention) -> str:
    return mention.text + "组织" if words[mention.end : mention.end + 2] == "组织" else mention.text
