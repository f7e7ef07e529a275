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
    """The starts that have text of their own below them, one start for a kicker and its headline."""
    kept = []
    for start, stop in zip(starts, [*starts[1:], len(items)], strict=True):
        if any(item.role == "text" and _is_running(item.line) for item in items[start:stop]):
            kept.append(start)
    return kept


def _named(items: list[Item]) -> list[int]:
    starts: list[int] = []
    for index, item in enumerate(items):
        if item.role != "text" or _closes(items, index):
            continue
        lead = bool(_LEAD.match(item.line.folded))
        if not lead and not is_byline(item.line):
            continue
        start = _headline_above(items, index, starts[-1] if starts else -1)
        if start is not None and (not starts or start > starts[-1]):
            starts.append(start)
    return starts


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
    line = items[index].line
    if items[index].role != "text" or "工会" not in line.folded or not is_head_line(line) or index + 1 >= len(items):
        return False
    above, below = items[index - 1], items[index + 1]
    return (
        below.role == "text"
        and bool(_NEWS.match(below.line.folded))
        and _is_running(below.line)
        and (above.role != "text" or ends_sentence(above.line.folded) or _closes(items, index - 1))
    )


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
