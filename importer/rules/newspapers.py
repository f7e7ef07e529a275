"""A newspaper's page: short reports one below another, each under its headline, with a byline, a lead or a credit."""

import re

from importer.document import Line
from importer.rules.bylines import has_credit, is_byline
from importer.rules.page import NUMBERED, Item, ends_sentence, is_prose
from importer.rules.pieces import Piece, Split

_LEAD = re.compile(
    r"(?:本报|本网|本刊)(?:\S{0,6}\d{1,2}月\d{1,2}日)?讯|.{0,6}讯\s*[(].{0,6}(?:记者|通讯员)|[(](?:本报|"
    r"本网)?(?:记者|通讯员)"
)
_NEWS = re.compile(r"\d{1,2}月\d{1,2}日|近日|日前|连日来")
_BARE_NAME = re.compile(r"\S{1,2}")  # 全年 in a table's cell looks like one as well
_PLACED = re.compile(
    r"[\u3400-\u9fff]{1,13}(?:[省市县区旗州盟镇乡厂局矿]|街道|工会|公司|集团):\S"
)  # 港北区:新春招聘送到渡口
_CREDIT_ALONE = re.compile(r"[(\[【].{2,50}[)\]】]")
HEAD_ABOVE = 8  # lines of opening text that may stand between a headline and its byline


def by_newspaper(items: list[Item]) -> Split | None:
    """Cut at every headline that a byline, a report's opening words or the credit of the report above shows to be one.

    On a page of two such, a headline about a union with a report's opening below it is one too.
    """
    by_names, by_credits = _named(items), _after_credits(items)
    starts = {*by_names, *by_credits}
    if by_credits and (not by_names or by_names[0] >= by_credits[0]):
        starts.add(0)
    if len(starts) < 2:
        return None
    starts |= {index for index in range(min(starts) + 2, len(items)) if _reports(items, index)}
    return _cut(items, _with_text(items, sorted(starts)), bool(by_names))


def _cut(items: list[Item], starts: list[int], named: bool) -> Split | None:
    if len(starts) < 2:
        return None
    shared = [item for item in items[: starts[0]] if item.role == "info"] if named else []
    above = [item for item in items[: starts[0]] if item not in shared]
    stops = [*starts[1:], len(items)]
    pieces = [Piece(items[start:stop]) for start, stop in zip(starts, stops, strict=True)]
    pieces[0].items[:0] = above
    return Split(pieces, "newspaper", shared=shared)


def _with_text(items: list[Item], starts: list[int]) -> list[int]:
    """The starts that have sentences of their own below them, one start for a kicker and its headline."""
    kept = []
    for start, stop in zip(starts, [*starts[1:], len(items)], strict=True):
        texts = [item.line.folded for item in items[start:stop] if item.role == "text"]
        if any(len(text) >= 12 and re.search("[,。;]", text) for text in texts) and any("。" in text for text in texts):
            kept.append(start)
    return kept


def _named(items: list[Item]) -> list[int]:
    starts: list[int] = []
    for index in range(len(items)):
        if not _names_authors(items, index):
            continue
        start = _headline_above(items, index, starts[-1] if starts else -1)
        if start is not None and (not starts or (start > starts[-1] and _free(items, start))):
            starts.append(start)
    return starts


def _names_authors(items: list[Item], index: int) -> bool:
    """Whether a report's byline or opening words stand here, whichever line the page's rules took them for."""
    item = items[index]
    if _LEAD.match(item.line.folded):
        return not (item.role == "text" and _closes(items, index) and len(item.line.folded) < 60)
    if item.role == "info":
        return item.info.fields <= {"author", "photo"} and bool(item.info.values("author"))
    return is_byline(item.line) and not _BARE_NAME.fullmatch(item.line.text) and not _closes(items, index)


def _free(items: list[Item], start: int) -> bool:
    """Whether the text above a headline has come to its end."""
    above = items[start - 1] if start else None
    if above is None or above.role != "text" or is_byline(above.line):
        return True
    return ends_sentence(above.line.folded) or above.line.folded[-1] in ")】"


def _after_credits(items: list[Item]) -> list[int]:
    """The headlines that follow the last line of a report, which its authors' names in brackets close."""
    starts = []
    for index, item in enumerate(items[:-2]):
        if item.role == "text" and has_credit(item.line) and (is_prose(item.line.folded) or _closes(items, index)):
            following = items[index + 1]
            if following.role == "text" and is_head_line(following.line):
                starts.append(index + 1)
    return starts


def _closes(items: list[Item], index: int) -> bool:
    """Whether names in brackets close the text above: on a line of their own, or behind its last sentence."""
    folded = items[index].line.folded
    if re.search(r"[。!?”\"][(][^()]{2,30}[)]$", folded):
        return True
    above = items[index - 1] if index else None
    return bool(above and above.role == "text" and _CREDIT_ALONE.fullmatch(folded) and ends_sentence(above.line.folded))


def _reports(items: list[Item], index: int) -> bool:
    """A headline about a union or a place, with a report's opening below it or set apart from the text around it."""
    line = items[index].line
    if items[index].role != "text" or not is_head_line(line) or index + 1 >= len(items) or not _free(items, index):
        return False
    above, below = items[index - 1].line, items[index + 1]
    apart = line.number - above.number > 1 and below.line.number - line.number > 1
    if below.role != "text" or not _is_running(below.line):
        return False
    opens = bool(_NEWS.match(below.line.folded))
    return ("工会" in line.folded and opens) or (bool(_PLACED.match(line.folded)) and (opens or apart))


def _headline_above(items: list[Item], mark: int, floor: int) -> int | None:
    """The first line of the head (kicker or title) whose byline stands at `mark`, a few lines of text between."""
    index, text = mark - 1, 0
    while index > floor and items[index].role == "text" and _is_running(items[index].line) and text < HEAD_ABOVE:
        index, text = index - 1, text + 1
    if index <= floor or items[index].role != "text":
        return None
    if is_byline(items[index].line) or NUMBERED.match(items[index].line.folded):
        return None
    start = index
    while start - 1 > floor and index - start < 2 and items[start - 1].role == "text":
        if not is_head_line(items[start - 1].line) or _closes(items, start - 1):
            break
        start -= 1
    return start


def _is_running(line: Line) -> bool:
    """A sentence, or a column's line of one."""
    folded = line.folded
    return is_prose(folded) or (len(folded) >= 12 and bool(re.search("[,。;]", folded)))


def is_head_line(line: Line) -> bool:
    folded = line.folded
    return (
        4 <= len(folded) <= 45
        and not is_prose(folded)
        and not is_byline(line)
        and folded[-1] not in "。;,:、"
        and not NUMBERED.match(folded)
    )
