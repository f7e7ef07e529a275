"""Sentences told from titles, headings, names and labels by the shape of the line."""

import re
from functools import lru_cache

NUMBERED = re.compile(
    r"(?:第[一二三四五六七八九十百\d]{1,3}[章节部条]|[一二三四五六七八九十]{1,3}\s*[、.,:]|[(][一二三四五六七八九十\d]{1,3}[)]|\d{1,2}\s*[、.](?!\d)|[①-⑳]|[壹贰叁肆伍陆柒捌玖拾]{1,2}\s*[、.,:·]|第[一二三四五六七八九十]+[,、:]|首先[,、:])"
)
_ENDING = re.compile(r"[。!?…][(][^()]{2,30}[)]$|[。!?…;][”’\"'」』）)》]*$")
_ENDS, _CLOSERS, _TAIL = frozenset("。!?…;"), frozenset(")”’\"'」』）》"), 60  # how far back an end is looked for
_PAUSE, _COMMA = re.compile(r"[,。;!?、:]"), re.compile(r"[,。;、]")


@lru_cache(maxsize=512)  # several steps ask it of each line of a page
def is_prose(folded: str) -> bool:
    """A sentence of running text rather than a title, heading, name or label."""
    if len(folded) >= 60:
        return (len(folded) >= 100 or bool(_PAUSE.search(folded))) and not _is_row_of_links(folded)
    return len(folded) >= 22 and _has_ending(folded) and bool(_COMMA.search(folded[:-1]))


def _is_row_of_links(folded: str) -> bool:
    """Words between bars, or no word of Chinese: however long, nothing to read."""
    return folded.isascii() or (folded.count("|") >= 3 and "。" not in folded and len(folded) < 240)


def ends_sentence(folded: str) -> bool:
    return folded.endswith((":", "：")) or _has_ending(folded)


def _has_ending(folded: str) -> bool:
    last = folded[-1:]
    return last in _ENDS or (last in _CLOSERS and bool(_ENDING.search(folded, max(0, len(folded) - _TAIL))))
