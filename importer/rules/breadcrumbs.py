"""The path of channels above an article: 当前位置:首页 > 工会动态 > 基层动态 > 正文."""

import re

from importer.document import Line, fold
from importer.rules.toolbars import is_menu_part

_LEAD_IN = re.compile(
    r"[>\s|·⌂【\[(]*(?:您|你)?(?:现在|当前|目前|正在)?(?:所在|所处|浏览|访问|查看)?的?(?:当前)?"
    r"(?:位置(?:导航)?|(?:站内|网站|本站|页面|栏目|频道|文章|快速)?(?:导航|路径)|所在位置|面包屑(?:导航)?)(?:是|为|在)?\s*[】\])]?\s*[:>]*\s*|"
    r"[>\s|·]*(?:当前|现在|目前)?所?在?(?:栏目|频道|页面)\s*[:]\s*|[>\s|·]*[您你](?:现在|当前)?正在(?:浏览|访问|查看)\s*[:]\s*|"
    r"[>\s|·]*[您你]?(?:现在|当前|目前)的?所[在处](?:地|处|页面)?\s*[:>]+\s*|"
    r"(?i:you are here|breadcrumbs?|[您你]在(?:这里|此))\s*[:>]+\s*"
)
_IN_ENGLISH = re.compile(r"(?i:position|location|path|your position|you are here)\s*[:：]?\s*(?=[\u3400-\u9fff])")
_HOME = re.compile(r"(?:[\u3400-\u9fff]{0,8}?)(?:首页|主页)|home", re.IGNORECASE)
_ARROW = re.compile(  # ==>, >>, », ›, →, 》, :: by their first character, to which the search skips
    r"[-=—>»›→》:](?:(?<=>)>*|(?<=[-=—])[-=—]*>+|(?<=»)»*|(?<=›)›*|(?<=→)|(?<=》)(?!\S*《|[的等和、,。])|(?<=:):)"
)
# What else stands between the parts, the surest first; a menu is written with the same marks.
_WEAK = tuple(
    map(
        re.compile,
        (r"\s*\|\s*", r"\s*\\\s*|\s*/\s*", r"\s+[-—_]+\s*|\s*[-—_]+\s+", r"\s*[-—_]+\s*", r"\s*·\s*", r"\s+"),
    )
)
_PARTED = re.compile(r"[|\\/\-—_·\s]")  # one of these, or nothing of _WEAK is found
_TOOL_FIRST = re.compile(r"\W*(?:返回|回到|打印|关闭)")
_PAPER = re.compile(r".{4,}(?:工会|工作).{0,6}(?:计划|总结|要点|方案|安排|思路|通知|报告)")
_COUNTED = re.compile(  # 车间工会工作计划四篇(精选): no channel is
    r".{4,}(?:\d{1,3}|[一二两三四五六七八九十]{1,3})\s*篇(?:\s*[(].{1,8}[)])?"
)
_DASH = _WEAK[2]
_TOOLS = re.compile("English|EN$|登录|登陆|注册|手机版|RSS|信箱|邮箱|搜索|收藏|设为|联系我们|繁体|无障碍")
_LEAF = re.compile(
    r"(?:新闻|信息|文章|内容|浏览|查看|阅读|详细)*(?:正文|内容|详细|详情|全文|信息|文章|浏览|查看|内容页|内容浏览|详细页|终极页|详细内容)"
    r"|(?:新闻|信息|文章|内容|正文|详细|全文|资讯|图文)+(?:阅读|显示|查阅|预览|页面?)|(?:阅读|查看|浏览)(?:全文|正文|原文)|(?:内容|文章|详细)?内页|最终页|底层页|"
    r"(?i:content|details?|article|view)"
)
_PAGED = re.compile(r"\s+(?:第\s*\d+\s*页|共\s*\d+\s*页|\d+\s*/\s*\d+\s*页)[\s,/共第\d页]*$")
_TOP = re.compile(
    r"(?:新闻|资讯|信息)(?:中心|频道|公开|动态)?|工会(?:工作|频道|之窗|之家|动态|新闻|园地)?|党群(?:工作|之窗|园地|建设)?|党建(?:工作|工会|园地)?|企业文化|群团(?:工作|之家)?|政务公开"
)
_SITE = re.compile(r".{2,20}(?:网|网站|官网|门户|频道|平台)")
_UNION = re.compile(r"(?!.*(?:来自|转载|来源|关注|欢迎))[\u3400-\u9fff]{2,14}工会")
_SAID_TITLE = re.compile(r"[(\[]?\s*(?:原?标题|题目)\s*:")
LONGEST_CHANNEL = 16  # characters; a longer last part is the article's own title


def is_sure(line: Line) -> bool:
    """A lead-in or arrows: what a menu with a home page in front has not."""
    lead = _LEAD_IN.match(line.folded)
    return bool(lead and lead.end() > 2) or bool(_ARROW.search(line.folded))


def read_breadcrumb(line: Line) -> list[str] | None:
    """The parts of a breadcrumb as printed, leaf included, or None where `line` is something else.

    It is known by a lead-in (当前位置), a home page in front, a leaf (正文) or title at the end, or its arrows.
    """
    paged = _PAGED.search(line.folded) if "页" in line.folded else None
    text = line.text[: paged.start()] if paged else line.text
    folded = fold(text)
    if len(folded) > 160 or "。" in folded or _TOOL_FIRST.match(folded):
        return None
    lead = _LEAD_IN.match(folded)
    lead = lead if lead and re.search(r"[:>】\]]|^\W*[您你现当目所]", lead.group()) else None
    rest = text[lead.end() :] if lead else text
    bare = fold(rest)
    arrows = _split(rest, _ARROW)
    if len(arrows) == 1 and _ARROW.search(bare) and (_HOME.fullmatch(fold(arrows[0])) or _alone(bare)):
        return arrows
    if lead and re.match(r"[^>]{0,6}[::]", bare) and len(arrows) < 2:
        return None
    if len(arrows) >= 2:
        arrows[0] = _IN_ENGLISH.sub("", arrows[0])
        head = arrows[0].split()
        if len(head) == 2 and _HOME.fullmatch(fold(head[0])):
            arrows[:1] = head  # 文库首页 公文 > 发言材料
        elif len(head) == 3 and fold(head[1]) in ("·", "-", "|") and _SITE.fullmatch(fold(head[0])):
            arrows[:1] = head[2:]  # 某某范文网 · 范文大全 › 工作计划
        trailing = _ARROW.search(bare) and re.search(r"(?:[>»›→])\s*$", bare)
        sure = lead or _HOME.fullmatch(fold(arrows[0])) or _LEAF.fullmatch(fold(arrows[-1])) or trailing
        return arrows if sure or _all_short(arrows) or _two_channels(arrows) else None
    if lead:
        parts = next((parts for mark in _WEAK if len(parts := _split(rest, mark)) >= 2), _split(rest, _ARROW))
        dashes = _split(rest, _WEAK[3]) if any(re.search("[-—]", part) for part in parts) else []
        parts = dashes if len(dashes) > len(parts) > 1 and _HOME.fullmatch(fold(dashes[0])) else parts
        return parts if len(parts) > 1 or (parts and len(parts[0]) <= LONGEST_CHANNEL) else None
    return _without_lead(rest)


def _without_lead(text: str) -> list[str] | None:
    """首页/动态/正文, 首页|乡镇工会|计划公示, 县总工会网站-动态-(原标题:…): told from a menu by its ends."""
    if not _PARTED.search(fold(text)):
        return None
    for mark in _WEAK:
        parts = _split(text, mark)
        if len(parts) < 2:
            continue
        first, last = fold(parts[0]), fold(parts[-1])
        short = all(len(part) <= LONGEST_CHANNEL for part in parts[:-1])
        if not short or len(parts) > 6:
            return None
        if (
            _LEAF.fullmatch(last)
            and re.search("正文|详|全文|内容", last)
            and (_HOME.fullmatch(first) or len(parts) >= 3 or mark not in _WEAK[-3:])
        ):
            return parts
        if (
            len(parts) == 2
            and (_SITE.fullmatch(first) or _UNION.fullmatch(first))
            and len(last) > 1
            and is_menu_part(last)
        ):
            return parts  # 某某工会网 - 领导讲话
        if mark in _WEAK[:2] and "\\" in fold(text) and 3 <= len(parts) <= 5 and not _TOOLS.search(fold(text)):
            return parts  # no menu is parted so
        if mark is _WEAK[-2] and len(parts) == 3 and _TOP.fullmatch(first) and all(len(part) <= 8 for part in parts):
            return parts
        if mark in _WEAK[-2:]:
            return None
        if _TOOLS.search(fold(text)):
            return None
        if _HOME.fullmatch(first):
            ends = len(parts) == 3 or (len(parts) > 3 and ("/" in text or len(last) > 8 or mark is _DASH))
            ends = ends or fold(text)[-1] in "\\/"
            return parts if ends else None
        if len(parts) == 3 and _SITE.fullmatch(first) and (_SAID_TITLE.match(last) or len(last) > LONGEST_CHANNEL):
            return parts
        return None
    return None


def path_of_entries(line: Line, menu: set[str]) -> list[str] | None:
    """党建园地 - 工会之窗: two parts or three, all of them entries of the menu above."""
    if not 5 <= len(line.text) <= 40:
        return None
    parts = next((parts for mark in _WEAK[1:4] if len(parts := _split(line.text, mark)) >= 2), [])
    return parts if 2 <= len(parts) <= 3 and {fold(part) for part in parts} <= menu else None


def channel_of(parts: list[str], title: str | None) -> list[str]:
    """The breadcrumb without its leaf: 正文 and the like, the article's title, or part of it."""
    parts = list(parts)
    while parts and (_LEAF.fullmatch(fold(parts[-1])) or (len(parts) > 1 and _is_title(parts[-1], title))):
        parts.pop()
    return parts


def leaf_title(parts: list[str]) -> str | None:
    """The last part where it is too long for a channel's name."""
    return parts[-1] if len(parts) > 1 and len(parts[-1]) > LONGEST_CHANNEL else None


def _split(text: str, separator: re.Pattern) -> list[str]:
    folded, parts, last = fold(text), [], 0
    for match in separator.finditer(folded):
        parts.append(text[last : match.start()])
        last = match.end()
    return [part for part in map(str.strip, [*parts, text[last:]]) if any(map(str.isalnum, part))]


def _alone(bare: str) -> bool:
    """>> 工作规划: a channel's name behind arrows, as some sites print it above a list or a text."""
    name = re.fullmatch(r"(?:>{2,}|»+|›+)\s*([\u3400-\u9fff]{2,8})", bare)
    return bool(name) and not re.search("更多|[上下前后一]页|返回|首页|全文|详[细情]|进入|点击|查看|阅读", name[1])


def _two_channels(parts: list[str]) -> bool:
    """企业文化 > 职工之家, 某某新闻网>>社会民生: two names such as channels have."""
    first, last = map(fold, parts) if len(parts) == 2 else ("", "")
    return bool(first and last) and all(
        len(part) <= 10 and (is_menu_part(part) or _SITE.fullmatch(part) or (len(part) <= 4 and part.isalpha()))
        for part in (first, last)
    )


def _all_short(parts: list[str]) -> bool:
    return len(parts) >= 3 and all(len(part) <= 20 for part in parts[:-1])


def _is_title(part: str, title: str | None) -> bool:
    if len(part) > LONGEST_CHANNEL or _SAID_TITLE.match(fold(part)) or _PAPER.fullmatch(fold(part)):
        return True
    if _COUNTED.fullmatch(fold(part)):
        return True
    bare = fold(part).rstrip(".…")
    cut = bare != fold(part) or len(bare) >= 10  # 某某街道 may be a channel above 某某街道工会开展活动
    return bool(title) and len(bare) >= 4 and (fold(title).startswith(bare) if cut else fold(title) == bare)
