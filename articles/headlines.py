"""Headlines that break at words: <wbr> between the words of a title, none where a break would hurt."""

import re
from functools import lru_cache

import rjieba
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

LONGEST_QUOTE = 12
"""Characters of a quotation that is kept whole; a longer one may break inside, or it would not fit on a phone."""

_PAIRS = '“”‘’「」『』《》〈〉""'
_QUOTE = re.compile(
    "|".join(f"{a}[^{a}{b}]{{1,{LONGEST_QUOTE}}}{b}" for a, b in zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
)
_JOINER = "\u2060"  # keeps a dash at the end of the line before it
_STICKS_TO_LEFT = re.compile(rf"[\s，。、；：？！,.;:?!…·—\-/”’」』》〉）】〕)\]}}%％‰{_JOINER}]")
_STICKS_TO_RIGHT = re.compile(r"[\s“‘「『《〈（【〔(\[{/\-]$")
_LATIN = r"[0-9０-９A-Za-z.%％]"
_LONE_LEFT = frozenset("的了大")


@lru_cache(maxsize=4096)
def pieces(title: str) -> tuple[str, ...]:
    """`title` cut where a line may end; joined again they are the title, with a word joiner before each dash.

    A lone 的, 了 or 大 joins the word before it, any other single character the word after it. No cut stands inside a
    short quotation, before punctuation, after an opening mark, or beside digits and Latin letters.
    """
    out: list[str] = []
    for word in _words(re.sub(r"(?<=\S)(?=——)", _JOINER, title)):
        if out and not _may_break(out[-1], word):
            out[-1] += word
        else:
            out.append(word)
    return tuple(out)


def headline(title: str) -> SafeString:
    """`title` as HTML with <wbr> where a line may end."""
    return mark_safe("<wbr>".join(escape(piece) for piece in pieces(title)))  # noqa: S308  each piece is escaped


def _words(title: str) -> list[str]:
    """Short quotations whole, the rest segmented."""
    words, end = [], 0
    for quote in _QUOTE.finditer(title):
        words += [*_segmented(title[end : quote.start()]), quote[0]]
        end = quote.end()
    return [*words, *_segmented(title[end:])]


def _segmented(text: str) -> list[str]:
    """Words with every single 汉字 joined to a neighbour."""
    out: list[str] = []
    waiting = ""  # a single character that goes with the word after it
    for word in rjieba.cut(text, hmm=False):
        if _is_han(word) and len(word) == 1 and word not in _LONE_LEFT:
            waiting += word
        elif word in _LONE_LEFT and (out or waiting):
            if waiting:
                out.append(waiting)
                waiting = ""
            out[-1] += word
        elif waiting and out and _STICKS_TO_LEFT.match(word):
            out[-1] += waiting + word
            waiting = ""
        else:
            out.append(waiting + word)
            waiting = ""
    return [*out, waiting] if waiting else out


def _is_han(word: str) -> bool:
    return "\u3400" <= word[0] <= "\u9fff"


def _may_break(before: str, after: str) -> bool:
    if before[-1].isspace():
        return True
    if (len(before) == 1 and _is_han(before)) or _STICKS_TO_LEFT.match(after) or _STICKS_TO_RIGHT.search(before):
        return False
    return not (re.search(_LATIN + "$", before) or re.match(_LATIN, after))
