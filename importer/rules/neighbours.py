"""The articles before and after this one in its channel: 上一篇, 下一篇."""

import re

from importer.document import Line, fold, once_a_line
from importer.rules.toolbars import is_menu_part, is_toolbar, parts_of

_UNIT = r"(?:篇|条|则|个|文|道|张|期|项|章|页|主题|新闻|文章)"
_MARKS = r"«<\[【(|>»:·・‧∙•\s←→◀▶◄►▲▼△▽●○◆◇■□★☆"
_LABEL = re.compile(
    rf"[{_MARKS}]*(?:(?P<prev>[上前][一1]{_UNIT}|(?:^|(?<=[>»·•<«\s]))上篇(?=\s*:))|"
    rf"(?P<next>[下后][一1]{_UNIT}|(?:^|(?<=[>»·•<«\s]))下篇(?=\s*:)))"
    r"(?:文章|新闻|信息|内容|资讯|公告|文|稿件|记录)?\s*[\]】)]?\s*(?:-+>|[:»>▶→])*\s*(?:[|丨│]|/(?=\s))?"
)
_HINT = re.compile("[上前下后][一1篇]")  # one of these, or _LABEL finds nothing
_BRACKETS = str.maketrans("〖〗〔〕『』「」", "【】【】【】【】")
_NONE = re.compile(
    r"(?:(?:这?已?经?)?是?(?:最后|最前|第)面?一?(?:篇|条|则)?(?:了|文章)?|很抱歉|没有(?:更多|[上下前后][一1][篇条则个]|相关)?(?:了|文章|内容|信息|数据|新闻|记录)*|暂无.{0,4}|无|返回.{0,8}|列表|(?:已)?到(?:头|底|顶)了?|无数据|none|null|\W)*",
    re.IGNORECASE,
)
_SPOKEN = re.compile(r"\W*[上前下后][一1](?:个|文|道|张|期|项|章)[^:»>\]】]*$")  # a label only with a mark behind it
_TRAILING_DATE = re.compile(
    r"(?:\s+|\s*(?=[\[(【]))[\[(【]?\s*(?:\d{4}\s?[-/.年]\s?)?\d{1,2}[-/.月]\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?\s*[\])】]?$"
)
_LINKS = re.compile(
    r"(?<=\S)\s+[\u3400-\u9fff]{2,6}(?:\s*[|┊丨│]\s*[\u3400-\u9fff]{2,6})+$"
)  # the site's foot on the same line
_PAGER = re.compile("[上前下后][一1]页")


@once_a_line
def read_neighbours(line: Line) -> dict[str, str] | None:
    """{"prev": title, "next": title} as far as the line names them ("" where the value is empty), or None.

    A page that says there is none (没有了) gives "-", which neighbour_title turns into None.
    """
    if len(line.folded) > 240 or not _HINT.search(line.folded):
        return None
    folded = line.folded.translate(_BRACKETS)
    hits = list(_LABEL.finditer(folded))
    hits = [hit for hit in hits if not folded[: hit.start()].strip() or hit.start() >= hits[0].end()]
    hits = [hit for hit in hits if not _SPOKEN.match(hit.group()) and _is_free(folded, hit)]
    if not hits or folded[: hits[0].start()].strip(" |·・‧∙:«<[【"):
        return None
    if not re.match(r"[\s:»>|丨│\]】)▶→]", folded[hits[0].end() - 1]) and hits[0].end() < len(folded):
        return None  # 上一篇文章讲到 … in prose
    out = {}
    ends = [hit.start() for hit in hits[1:]] + [len(folded)]
    for hit, end in zip(hits, ends, strict=True):
        value = line.text[hit.end() : end].strip().strip("|　 »><«[【◀▶◄►→←")
        dated = _TRAILING_DATE.search(fold(value))
        value = value[: dated.start()] if dated else value
        links = _LINKS.search(fold(value))
        value = value[: links.start()] if links and any(map(is_menu_part, parts_of(links.group()))) else value
        if _PAGER.search(hit.group()) and not re.search(r"[\u3400-\u9fff]{4}", value):
            return None  # << 上一页 1 2 3 下一页 >>
        value = "" if value and is_toolbar(fold(value)) else value
        if value and _NONE.fullmatch(value):
            value = "-"
        out["prev" if hit["prev"] else "next"] = value
    return out


def _is_free(folded: str, hit: re.Match) -> bool:
    """没有上一篇了 holds no label: one inside words has a mark behind it."""
    if not hit.start() or not folded[hit.start() - 1].isalnum() or not hit.group()[0].isalnum():
        return True
    return bool(re.search(r"[:»>\]】]", hit.group()))


def neighbour_title(value: str | None) -> str | None:
    return None if value in (None, "", "-") else value
