"""Sentences, clauses and quotations of a paragraph, as spans of code points."""

import re
from collections.abc import Iterable
from typing import NamedTuple

ENDS = "。!?"
# A point typed for 。 between two words; behind a numeral it belongs to a number (一.工作目标).
POINT = r"(?<=[\u4e00-\u9fff%)”])(?<![一二三四五六七八九十])\.(?=[\u4e00-\u9fff“(]|\s*$)"
# The same behind the mark, so that the search runs from one mark to the next.
_IS_STOP = r"(?:(?<!\.)|(?<=[\u4e00-\u9fff%)”]\.)(?<![一二三四五六七八九十]\.)(?=[\u4e00-\u9fff“(]|\s*$))"
CLOSERS = "[。!?”’)】》]*+"
STOP = re.compile(rf'[。!?;".](?:(?<=[;"])|{_IS_STOP}{CLOSERS})')
CLAUSE = re.compile(rf"[,;:。!?.]{_IS_STOP}")
CLOSING = re.compile(CLOSERS)
LONGEST = 600  # a longer sentence is a list run together: it is quoted in pieces
DEEPEST = 6  # quotations nested deeper are unmatched marks
THOUSANDS = re.compile(r"\d{3}(?!\d)")
PAIRS = {"“": "”", "‘": "’", "《": "》", "〈": "〉", "【": "】"}
MARKS = re.compile('["“”‘’《》〈〉【】]')
SAYS = re.compile(r"(?:说|表示|指出|强调|介绍|认为|道|坦言|感慨|讲话中|讲到|提到|告诉\S{0,6}|寄语|回忆)[ ,:]*$")
SPOKEN = re.compile(r"[。!?…]")


class Span(NamedTuple):
    start: int
    end: int


class Quotation(NamedTuple):
    """What stands between two quotation marks or title marks; `spoken` where a person is quoted word for word."""

    start: int
    end: int
    mark: str
    spoken: bool


def sentences(folded: str) -> list[Span]:
    """Sentences between 。 ! ? ; of a folded text: a final ; is left out, a closing mark stays with its sentence."""
    spans, start, position, straight_open = [], 0, 0, False
    for found in STOP.finditer(folded):
        if found.start() < position:
            continue
        mark, position = found[0], found.end()
        if mark == '"':
            straight_open = not straight_open
            continue
        if straight_open and mark != ";" and folded.startswith('"', position):
            straight_open, position = False, CLOSING.match(folded, position + 1).end()
        spans.append((start, position - (mark == ";")))
        start = position
    return _trimmed(folded, [*spans, (start, len(folded))])


def _trimmed(text: str, spans: Iterable[tuple[int, int]]) -> list[Span]:
    """The spans without outer space, those of nothing but space left out."""
    out = []
    for start, end in spans:
        if start < end and (text[start].isspace() or text[end - 1].isspace()):
            piece = text[start:end]
            start, end = end - len(piece.lstrip()), start + len(piece.rstrip())
        if start < end:
            out.append(Span(start, end))
    return out


def clauses(folded: str, start: int, end: int) -> list[Span]:
    """The parts of a sentence between commas, colons and its ends; a comma inside a number (1,000) parts nothing."""
    spans, left = [], start
    for found in CLAUSE.finditer(folded, start, end):
        at, after = found.span()
        if folded[at] == "," and folded[at - 1 : at].isdigit() and THOUSANDS.match(folded, at + 1):
            continue
        if at > left:
            spans.append(Span(left, at))
        left = after
    if end > left:
        spans.append(Span(left, end))
    return spans


def pieces(folded: str, sentence: Span) -> list[Span]:
    """A sentence whole or, longer than LONGEST, cut between clauses, else at 、 or a space, else where it must be."""
    if sentence.end - sentence.start <= LONGEST:
        return [sentence]
    parts, start, last = [], sentence.start, sentence.start
    for clause in clauses(folded, *sentence):
        if clause.end - start > LONGEST and start < last:
            parts.append((start, last))
            start = clause.start
        while clause.end - start > LONGEST:
            gap = max(folded.rfind(mark, start + LONGEST // 2, start + LONGEST) for mark in "、 ")
            cut = gap + 1 if gap >= 0 else start + LONGEST
            parts.append((start, cut))
            start = cut
        last = clause.end
    return _trimmed(folded, [*parts, (start, sentence.end)])


def quotations(folded: str) -> list[Quotation]:
    """Quotations of a folded paragraph in order of their start, one within another; unmatched marks are passed over."""
    found, opened = [], []
    for mark in MARKS.finditer(folded):
        char, at = mark[0], mark.start()
        if char == '"':
            if opened and opened[-1][0] == '"':
                _close(folded, opened.pop(), at, found)
            else:
                opened = [*opened[-DEEPEST:], (char, at)]
        elif char in PAIRS:
            opened = [*opened[-DEEPEST:], (char, at)]
        else:
            while opened and PAIRS.get(opened[-1][0]) != char and any(PAIRS.get(mark) == char for mark, _ in opened):
                opened.pop()
            if opened and PAIRS.get(opened[-1][0]) == char:
                _close(folded, opened.pop(), at, found)
    return sorted(found)


def _close(folded: str, mark: tuple[str, int], at: int, found: list[Quotation]) -> None:
    char, start = mark
    spoken = char in '“‘"' and bool(
        SPOKEN.search(folded, start + 1, at) or (at - start > 16 and SAYS.search(folded[max(0, start - 16) : start]))
    )
    found.append(Quotation(start + 1, at, char, spoken))
