"""Finding where union names begin and end in running text, which has no spaces to tell.

The end is easy: 工会 and the words that may follow it. The beginning is the first position from which the words read as
a name: positions where a known place begins are tried first, then those where a name can begin at all, which is the
start of the run of characters and after a word of BEFORE_NAME (在, 开展, 3月5日).
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import chain

from .places import name_heads, read_place, starts_full
from .union_words import (
    BEFORE_NAME,
    COUNTED,
    DEPARTMENT,
    LEADING,
    NATIONAL_TRADE,
    NATIONAL_UNIT,
    STATE_BODY,
    UNION_WORD,
    ZONE_ALONE,
)

LONGEST_RUN = 40  # characters before 工会
BEFORE = [*BEFORE_NAME.split("|"), *"0123456789"]
BEFORE_BY_LAST = {last: tuple(word for word in BEFORE if word[-1] == last) for last in {word[-1] for word in BEFORE}}
RUN = re.compile(r"(?:[\w·&\-×✕╳*○◯△□]|\)[^()\s]{1,12}\()*")  # read backwards from its end
SHORT_FORM = re.compile(
    rf"全总(?![产量额人面数值收支体])|(?<![全安])[省市区县州盟旗]总(?=$|[\s、,。;:)》]|副?主席|干部|机关|领导|党组|班子|(?:{DEPARTMENT.pattern})(?<!总))"
)
STATE_BODIES = re.compile(f"(?={STATE_BODY.pattern})")  # one may begin inside another
_STATE_CUE = re.compile("[国中行华唐书网]")  # one of these, or STATE_BODIES finds nothing
_NUMBERED = re.compile(r"第[一二三四五六七八九十\d]{1,3}$")  # 第二地质大队
END = re.compile(f"{NATIONAL_TRADE.pattern}|{NATIONAL_UNIT.pattern}|{UNION_WORD.pattern}|{SHORT_FORM.pattern}")
_MAY_END = re.compile("[中总联工基全省市区县州盟旗](?=[国工合会层总])")  # what each of the four begins with


def find(plain: str, reads: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each union name in a plain text, in order and without overlap; `reads` tells names."""
    if "工会" not in plain and "总" not in plain:
        return
    floor = 0
    for word in _ends(plain):
        before = plain[max(floor, word.start() - LONGEST_RUN) : word.start()]
        run = before[len(before) - RUN.match(before[::-1]).end() :]
        start = _beginning(run, word[0], reads)
        if start is not None:
            yield word.start() - len(run) + start, word.end()
        floor = word.end()


def _ends(plain: str) -> Iterator[re.Match]:
    """What END.finditer yields, asked for only where it can be."""
    stop = 0
    for first in _MAY_END.finditer(plain):
        if first.start() >= stop and (word := END.match(plain, first.start())):
            yield word
            stop = word.end()


def plain_form(text: str) -> str:
    """`text` in NFKC, character for character."""
    if unicodedata.is_normalized("NFKC", text):
        return text
    for character in set(text):
        if (plain := _fold(character)) != character:
            text = text.replace(character, plain)
    return text


@lru_cache(maxsize=8192)
def _fold(character: str) -> str:
    """The plain form of one character, kept to one so that offsets stay."""
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character


def _beginning(run: str, word: str, reads: Callable[[str], bool]) -> int | None:
    """Offset in `run` at which the name ending in `word` begins, or None."""
    heads = name_heads()
    bodies = {body.start() for body in STATE_BODIES.finditer(run)} if _STATE_CUE.search(run) else ()
    places = [
        start
        for start in range(len(run))
        if (
            run[start : start + 2] in heads
            and starts_full(run[start:])
            and not _is_zone(run, start)
            and not _NUMBERED.search(run, 0, start)
        )
        or start in bodies
    ]
    whole = (start for start in places if read_place(run[start:]).end == len(run) - start)
    counted = COUNTED.finditer(run) if "家" in run or "个" in run else ()
    counts = [range(count.start(), count.end() + 1) for count in counted]
    bounds = (
        start
        for start in range(len(run) + 1)
        if (start == 0 or run.endswith(BEFORE_BY_LAST.get(run[start - 1], ()), 0, start))
        and not LEADING.match(run, start)
        and not any(start in count for count in counts)
    )
    return next((start for start in chain(whole, places, bounds) if reads(run[start:] + word)), None)


def _is_zone(run: str, start: int) -> bool:
    """Whether only a zone begins here (经济技术开发区): its own name stands before it."""
    return start > 0 and bool(ZONE_ALONE.fullmatch(run[start:]))
