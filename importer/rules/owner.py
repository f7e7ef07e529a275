"""Whose site a page stands on, told by the site's own words around the article: 主办:县总工会, 版权所有, its banner."""

import re
from collections.abc import Sequence

from importer.document import Document, Line, fold
from importer.rules.pollution import unpolluted
from organizations.names import read_union_name
from plans.grammar.lexicon import cue_of

HEAD_LINES, FOOT_LINES = 8, 14
_UNIT = (
    r"(?:总工会|工会联合会|工会委员会|工会|医院|卫生院|小学|中学|一中|二中|三中|学校|高中|幼儿园|大学|学院|职校|党校|公司|集团|厂|银行|支行|分行|"
    r"局|院|矿|供电所|水务|地铁|油田|机场|港务)"
)
_NAME = rf"[\u3400-\u9fff()xX×]{{2,28}}?{_UNIT}(?![\u3400-\u9fff]*{_UNIT})(?:工会)?"
_HOST = re.compile(
    rf"(?:主办|版权所有|版权归属?|维护单位|著作权|建设单位|(?<!技术)支持单位|Copyright[^\u3400-\u9fff]{{0,60}}|©[^\u3400-\u9fff]{{0,30}})"
    rf"(?:单位|方(?=[:|\s])|者|及管理)?\s*[:|]?\s*(?![方者]?[和与及的、由])(?P<name>{_NAME})",
    re.IGNORECASE,
)
_OWNED = re.compile(
    rf"(?P<name>{_NAME})\s*(?:网站|官网|官方网站)?\s*(?:版权所有|主办|维护|All Rights|管理)", re.IGNORECASE
)
# One of these, or _HOST finds nothing.
_HOSTS = cue_of("主办 版权 维护单位 著作权 建设单位 支持单位 © C[Oo][Pp][Yy][Rr] c[Oo][Pp][Yy][Rr]")
_OWNS_IT = re.compile(  # this, or _OWNED finds nothing in words without a space
    rf"{_UNIT}(?:工会)?(?:网站|官网|官方网站)?(?:版权所有|主办|维护|管理)"
)
_APART = re.compile("[ |·]+")
_UNION_LAST = re.compile(r"工会(?:[ |·]|$)")
_UNION_ALONE = re.compile(r"[\u3400-\u9fff()xX×]{3,28}工会")
_WELCOME = re.compile(
    r"欢迎(?:您|你)?(?:访问|光临|来到|登录|登陆|浏览|进入)?(?P<name>[^,。!]{2,30}?)(?:门户)?(?:网站|官网|门户网|网)?[!。]*$"
)
_SITE_NAME = re.compile(
    r"(?P<name>[\u3400-\u9fff]{2,30}?)(?:官方|门户|政务|信息)*(?:网站|官网|门户网|网页|在线|网|欢迎您|微信公众号)?"
    r"(?:\s*[-—|·:,_ ]?\s*(?:欢迎.{0,12}|职工之家|政策文件库|首页))?[!。]*$"
)
_SUFFIX = re.compile(
    r"[-_|—–]\s*(?P<name>[\u3400-\u9fff]{2,28}(?:工会|工运(?!动)|职工)[\u3400-\u9fff]{0,6})\s*(?:[-_|—–].*)?$"
)
_PLATFORM = re.compile(r"微信|微博|公众平台|今日头条|百度|搜狐|网易|新浪|腾讯")
_SKIPPED = re.compile(r"链接|技术支持|上一|下一|相关|来源|作者|转载|设计(?!院)|制作|开发(?!区)")


def site_of(document: Document) -> str | None:
    """The name of the body whose site it is, a union's before another's; None where the page does not say.

    Read from what the format states (hints), the lines above the text's head and the footer.
    """
    lines = [line for line in document.lines if line.text]
    stated, titled = document.hints.get("site"), document.hints.get("title")
    names = [str(stated.value)] if stated and stated.value and not _PLATFORM.search(str(stated.value)) else []
    suffix = _SUFFIX.search(fold(titled.evidence.text)) if titled and titled.evidence else None
    names += [suffix["name"]] if suffix else []
    names += [*_head_names(lines[:HEAD_LINES]), *_foot_names(lines[-FOOT_LINES:])]
    named = [name for name in names if "工会" in name and (union := read_union_name(name)) and union.level]
    unions = [name for name in names if re.search("工会|总工|工运(?!动)|职工", name)]
    return (named or unions or names or [None])[0]


def _head_names(lines: Sequence[Line]) -> list[str]:
    """Names in the banner: a line that is nothing but the site's name, before any sentence."""
    out = []
    for index, line in enumerate(lines):
        folded = unpolluted(line.folded)
        if len(folded) > 60 or "。" in folded or ";" in folded:
            break
        if welcome := _WELCOME.search(folded):
            out.append(welcome["name"])
        elif (
            index < 3
            and (name := _SITE_NAME.match(folded))
            and re.search(rf"{_UNIT}(?:工会)?$|工会|工运(?!动)", name["name"])
        ):
            out.append(name["name"])
        elif suffix := _SUFFIX.search(folded):
            out.append(suffix["name"])
    return [name for name in out if not re.search("的|工作|关于|召开|举[行办]|开展|组织|走访|慰问", name)]


def _foot_names(lines: Sequence[Line]) -> list[str]:
    """Names behind 主办, 版权所有 and their like, else the one union named alone among the footer's marks."""
    out, alone = [], []
    for line in lines:
        folded = unpolluted(line.folded[:300])
        if "链接" in folded:
            continue
        if _HOSTS.search(folded) and (match := _HOST.search(folded)):
            out.append(match["name"])
        owns = "主办" in folded or "版权所有" in folded or "维护" in folded or "管理" in folded
        for part in _APART.split(folded) if owns or ("工会" in folded and _UNION_LAST.search(folded)) else ():
            if part and (owns or part.endswith("工会")) and not _SKIPPED.search(part):
                out += [match["name"]] if _OWNS_IT.search(part) and (match := _OWNED.search(part)) else []
                alone += [part] if _UNION_ALONE.fullmatch(part) else []
    return out or (alone if len(set(alone)) == 1 else [])
