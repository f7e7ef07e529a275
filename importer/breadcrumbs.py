"""The path of channels above an article: 当前位置:首页 > 工会动态 > 基层动态 > 正文."""

import re

from importer.document import Line, fold

_LEAD_IN = re.compile(
    r"[>\s|·]*(?:您|你)?(?:现在|当前|目前)?(?:所在|所处)?的?(?:当前)?(?:位置|导航|路径|所在位置)(?:是|为|在)?\s*[:>]*\s*|[>\s|·]*(?:当前|现在|目前)?所?在?(?:栏目|频道)\s*[:]\s*"
)
_HOME = re.compile(r"(?:网站|本站|返回|工会|中心|门户|门户网站|网)?(?:首页|主页)|home", re.IGNORECASE)
_ARROW = re.compile(r"\s*(?:[-=—]*>+|»+|›+|→|>>+|》(?!\S*《)|::)\s*")
_ANY = re.compile(r"\s*(?:[-=—]*>+|»+|›+|→|::|\||/|\\|·|--+|—+| - |\s-|-\s)\s*")
_SLASH = re.compile(r"\s+/\s+|\s*[»›]\s*")
_LEAF = re.compile(
    r"(?:新闻|信息|文章|内容|浏览|查看|阅读|详细)*(?:正文|内容|详细|详情|全文|信息|文章|浏览|查看|内容页|内容浏览|详细页|终极页|详细内容)"
)
LONGEST_CHANNEL = 16  # characters; a longer last part is the article's own title


def read_breadcrumb(line: Line) -> list[str] | None:
    """The parts of a breadcrumb as printed, leaf included, or None where `line` is something else."""
    folded, text = line.folded, line.text
    if len(folded) > 160:
        return None
    lead = _LEAD_IN.match(folded)
    lead = lead if lead and re.search(r"[:>]|^\W*[您你现当目所]", lead.group()) else None
    rest = text[lead.end() :] if lead else text
    if lead and re.match(r"[^>]{0,6}[::]", fold(rest)) and not _ARROW.search(fold(rest)):
        return None
    arrows = _split(rest, _ARROW)
    if len(arrows) >= 2 and (lead or _HOME.fullmatch(fold(arrows[0])) or _all_short(arrows)):
        return arrows
    home_first = _HOME.match(fold(rest))
    if not lead and not home_first:
        return None
    parts = _split(rest, _ANY if lead else _SLASH)
    if len(parts) < 2 and lead:
        parts = rest.split()
    if len(parts) < 2:
        return parts if lead and parts and len(parts[0]) <= LONGEST_CHANNEL else None
    if not lead and (len(parts) < 3 or not _HOME.fullmatch(fold(parts[0])) or len(parts) > 6):
        return None  # a menu also begins with 首页
    return parts


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
    return [part for part in map(str.strip, [*parts, text[last:]]) if part]


def _all_short(parts: list[str]) -> bool:
    return len(parts) >= 3 and all(len(part) <= 20 for part in parts[:-1]) and not any("。" in part for part in parts)


def _is_title(part: str, title: str | None) -> bool:
    if len(part) > LONGEST_CHANNEL:
        return True
    bare = fold(part).rstrip(".…")
    return bool(title) and len(bare) >= 4 and fold(title).startswith(bare)
