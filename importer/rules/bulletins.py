"""A union's bulletin 简报, 简讯, 动态三则: short reports under headlines of one shape."""

import re
from collections.abc import Sequence

from importer.rules.page import NUMBERED, Item, is_prose
from importer.rules.pieces import Piece, Split

_BULLETIN = re.compile(
    r"简报|简讯|快讯|快报|要闻|(?:工作|工会|基层|一线|职工)(?:信息|动态|短波|掠影|集锦)|一周|[两二三四五六七八九十\d]{1,2}则|总?第\s*\d{1,4}\s*期"
)
_COUNTED = re.compile(r"[两二三四五六七八九十\d]{1,2}则|简讯|要闻|一周|集锦")
_MARK = re.compile(r"(?P<mark>[●◆◇■□★☆▲△※○◎▼▽⊙♦•·➤►❖✦]|(?P<box>【))\s*(?P<title>[^】]{4,40}?)(?(box)】|[◆★●■]?)")
_NUMBER = re.compile(r"(?:[一二三四五六七八九十]{1,2}\s*[、.]|\d{1,2}\s*[、.](?!\d))\s*(?P<title>\S.{3,38})")
_DATED = re.compile(r"\d{1,2}月\d{1,2}日|\d{1,2}日[,上下,]|近日|日前|连日来|本周")
_OPENING = 70  # characters in which a report says when
_ABOVE = 8  # lines above the first headline


def by_bulletin(items: list[Item]) -> Split | None:
    """Cut at two or more headlines of one shape, each above a text that opens with a day; None where they are none."""
    texts = [index for index, item in enumerate(items) if item.role == "text"]
    heads = [index for index in texts if not is_prose(items[index].line.folded)][: _ABOVE // 2]
    above = [items[index].line.folded for index in heads if len(items[index].line.text) <= 40]
    if not any(_BULLETIN.search(folded) for folded in above):
        return None
    counted = any(_COUNTED.search(folded) for folded in above)
    for pattern in (_MARK, _NUMBER, None):
        starts = _starts(items, texts, pattern)
        if pattern is _NUMBER and not counted:
            continue
        if len(starts) < 2 or starts[0][0] > _ABOVE or (pattern is None and len(starts) < 3 and not counted):
            continue
        if any(is_prose(item.line.folded) for item in items[: starts[0][0]]):
            continue
        if len({mark for _, _, mark in starts}) > 1 or not _BULLETIN.search(
            "\n".join(item.line.folded for item in items[: starts[0][0]])
        ):
            continue
        stops = [*(start for start, *_ in starts[1:]), len(items)]
        pieces = [
            Piece(items[start:stop], given=items[start].line, title=title)
            for (start, title, _), stop in zip(starts, stops, strict=True)
        ]
        return Split(pieces, "several", shared=items[: starts[0][0]])
    return None


def _starts(items: Sequence[Item], texts: Sequence[int], pattern: re.Pattern | None) -> list[tuple[int, str, str]]:
    """(place, title, mark) of the headlines of that shape, none a heading inside a text."""
    out = []
    for place, index in enumerate(texts[:-1]):
        line, below = items[index].line, items[texts[place + 1]].line
        if not 4 < len(line.text) <= 44 or line.folded[-1] in "。;,:" or is_prose(line.folded):
            continue
        if not is_prose(below.folded) or not _DATED.search(below.folded[:_OPENING]):
            continue
        match = pattern.fullmatch(line.folded) if pattern else None
        if pattern and match:
            title = line.text[match.start("title") : match.end("title")].strip()
            out.append((index, title, match.groupdict().get("mark") or "number"))
        elif not pattern and not NUMBERED.match(line.folded) and not _DATED.match(line.folded):
            out.append((index, line.text.strip(), ""))
    return out
