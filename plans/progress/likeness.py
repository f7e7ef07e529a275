"""How alike two passages are by their words and what they count; pure."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from articles.alike import COMMON
from articles.words import index_words
from plans.grammar.paragraphs import Paragraph
from plans.grammar.quantities import find_quantities

from .units import convert

_PLAN_WORDS = """
全年 年内 今年 以上 左右 不少于 不低于 达到 完成 新建 新增 建立 力争 确保 实现 共计 累计
"""
_OF_PLANS = """
全年 年内 今年 以上 左右 不少于 不低于 达到 完成 新建 新增 建立 力争 确保 实现 共计 累计
"""
_EMPTY = COMMON | frozenset(_OF_PLANS.split())
LONGEST = 20_000  # characters of a text that are looked through
_NUMBERED = 2  # words that a number of the right unit is worth
_SO_FAR = re.compile("截至|累计|共|已")  # its number is a total, as reports are; worth a word more


@lru_cache(maxsize=4096)
def telling(text: str) -> frozenset[str]:
    """The words of `text` that tell it from others: no numbers, no single characters, none that all texts share."""
    return _words(text) - _EMPTY


def _words(text: str) -> frozenset[str]:
    return frozenset(
        word for word in index_words(text) if len(word) > 1 and not word.isascii() and not word[0].isdigit()
    )


def likeness(one: str, other: str) -> float:
    """How many of the telling words of the shorter are in the other, and of both in each: 0 to 1.

    Where one of them has none (工会组织), all words count.
    """
    first, second = telling(one), telling(other)
    if not first or not second:
        first, second = _words(one), _words(other)
    if not first or not second:
        return 0.0
    common = len(first & second)
    return (common / min(len(first), len(second)) + 2 * common / (len(first) + len(second))) / 2


@dataclass(frozen=True)
class Passage:
    """A sentence that may speak of a target, with the number in the target's unit, if it has one."""

    sentence: str
    words: tuple[str, ...]
    number: Decimal | None
    worth: int


def best_passage(text: str, words: frozenset[str], unit: str) -> Passage | None:
    """The sentence of `text` that shares most with `words`, one with a number of `unit` before others.

    None where no sentence has two of the words, or one of them with such a number.
    """
    best = None
    for line in text[:LONGEST].splitlines():
        shared_here = [word for word in words if word in line]
        if not shared_here:
            continue
        paragraph = Paragraph(0, line)
        for span in paragraph.sentences:
            sentence = line[span.start : span.end]
            shared = tuple(sorted(word for word in shared_here if word in sentence))
            if not shared:
                continue
            number = _number(paragraph.folded[span.start : span.end], shared, unit)
            worth = len(shared)
            if number is not None:
                worth += _NUMBERED + bool(_SO_FAR.search(sentence))
            if worth >= 2 and (best is None or worth > best.worth):
                best = Passage(sentence.strip(), shared, number, worth)
    return best


def _number(folded: str, words: tuple[str, ...], unit: str) -> Decimal | None:
    """The number of `unit` that stands nearest to one of `words`."""
    places = [folded.find(word) for word in words if word in folded] or [0]
    found = [
        (min(abs(place - quantity.start) for place in places), quantity.start, value)
        for quantity in find_quantities(folded)
        if quantity.number is not None and (value := convert(quantity.number, quantity.unit, unit)) is not None
    ]
    return min(found)[2] if found else None
