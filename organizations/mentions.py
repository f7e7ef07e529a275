"""Finding where union names begin and end in running text, which has no spaces to tell.

The end is easy: 工会 and the words that may follow it. The beginning is the first place, going right, from which the
words read as a name and before which a name can begin: a known place, the start of the run, or just after a word of
BEFORE_NAME (在, 开展, 3月5日).
"""

import re
import unicodedata
from collections.abc import Iterator

from .names import read_union_name
from .places import read_place
from .union_words import BOUNDARY, DEPARTMENT, LEADING, RELATIVE, UNION_WORD

LONGEST_RUN = 40  # characters before 工会
RUN = re.compile(r"(?:[\w·&\-×✕╳*○◯△□]|\([^()\s]{1,12}\))*$")
SHORT_FORM = re.compile(
    rf"全总(?![产量额人面数值收支体])|(?<![全安])[省市区县州盟旗]总(?=$|[\s、,。;:)》]|(?:{DEPARTMENT.pattern})(?<!总))"
)
END = re.compile(rf"{UNION_WORD.pattern}|{SHORT_FORM.pattern}")


def find(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each union name in `text`, in order and without overlap."""
    plain = "".join(_fold(character) for character in text)
    floor = 0
    for word in END.finditer(plain):
        run = RUN.search(plain, max(floor, word.start() - LONGEST_RUN), word.start())
        start = _beginning(run[0] if run else "", word[0])
        if start is not None:
            yield word.start() - len(run[0]) + start, word.end()
            floor = word.end()


def _fold(character: str) -> str:
    """The plain form of one character, kept to one so that offsets stay."""
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character


def _beginning(run: str, word: str) -> int | None:
    """Offset in `run` at which the name ending in `word` begins, or None."""
    starts = range(len(run) + 1)
    places = [start for start in starts if (place := read_place(run[start:])).end and _is_full(run[start:], place)]
    for start in places:
        if read_place(run[start:]).end == len(run) - start and _is_name(run[start:] + word):
            return start
    for start in starts:
        if not (start in places or start == 0 or BOUNDARY.search(run[:start])):
            continue
        if (start in places or not LEADING.match(run[start:])) and _is_name(run[start:] + word):
            return start
    return None


def _is_full(run: str, place) -> bool:
    """A short name alone (合作 in 加强合作工会) begins a name only where a name may begin anyway."""
    return run[place.start : place.end] in {division.name for division in place.divisions} or place.start > 0


def _is_name(text: str) -> bool:
    return bool(RELATIVE.fullmatch(text)) or read_union_name(text) is not None
