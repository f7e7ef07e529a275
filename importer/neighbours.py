"""The articles before and after this one in its channel: 上一篇, 下一篇."""

import re

from importer.document import Line, once_a_line

_LABEL = re.compile(
    r"[«<\[【(|\s]*(?:(?P<prev>上一?篇|上一条|前一篇|上一则|上一个|上一主题)|(?P<next>下一?篇|下一条|后一篇|下一则|下一个|下一主题))(?:文章|新闻|信息|内容|资讯|公告)?\s*[\]】)]?\s*[:»>]*\s*[|]?"
)
_NONE = re.compile(
    r"(?:已?经?是?(?:最后|第)一(?:篇|条)(?:了|文章)?|很抱歉)?(?:没有|暂无|无|没有了|没有文章了|没有更多.{0,6}|没有了.{0,4}|返回列表|返回|列表|到头了|到底了|无数据)?[。!.]*"
)
_TRAILING_DATE = re.compile(r"\s*[\[(]?\d{4}-\d{1,2}-\d{1,2}[\])]?$")


@once_a_line
def read_neighbours(line: Line) -> dict[str, str] | None:
    """{"prev": title, "next": title} as far as the line names them ("" where the value is empty), or None.

    A page that says there is none (没有了) gives "-", which neighbour_title turns into None.
    """
    folded = line.folded
    hits = list(_LABEL.finditer(folded)) if len(folded) <= 240 else []
    hits = [hit for hit in hits if not folded[: hit.start()].strip() or hit.start() >= hits[0].end()]
    if not hits or folded[: hits[0].start()].strip(" |·«<[【"):
        return None
    if not re.match(r"[\s:»>|\]】)]", folded[hits[0].end() - 1]) and hits[0].end() < len(folded):
        return None  # 上一篇文章讲到 … in prose
    out = {}
    ends = [hit.start() for hit in hits[1:]] + [len(folded)]
    for hit, end in zip(hits, ends, strict=True):
        value = line.text[hit.end() : end].strip().strip("|　 »>")
        value = value[: _TRAILING_DATE.search(value).start()] if _TRAILING_DATE.search(value) else value
        if value and _NONE.fullmatch(value):
            value = "-"
        out["prev" if hit["prev"] else "next"] = value
    return out


def neighbour_title(value: str | None) -> str | None:
    return None if value in (None, "", "-") else value
