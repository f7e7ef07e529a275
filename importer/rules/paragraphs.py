"""Lines to paragraphs: a line broken at a column's edge or by hard wrapping is put together again."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from importer.document import Heading, Line, ListItem, Row
from importer.rules.page import NUMBERED, ends_sentence

FULL = 0.75  # of the width: a line this long may be broken off
LINE = 28  # so long, with a comma in it, it is a line of text
LONG = 40  # characters; a longer line without an end is a broken sentence, not a heading
_PAIRS = (("“", "”"), ("(", ")"), ("《", "》"), ("「", "」"))
_GOES_ON = re.compile(r"[。,;、!?%”)》]")  # no paragraph begins with one of these
# What breaks off in the middle of a sentence ends in a word or a comma: not in an arrow, a dash or 的通知.
_BREAKS_OFF = re.compile(r"[\u4e00-\u9fffA-Za-z\d,、%“”‘’\"()《》+·.~-]$")
_WHOLE = re.compile(r"的(?:通知|通告|公告|公示|决定|意见|函|批复|请示|报告|方案)$|[—-]{2}$|…$")
_CREDIT = re.compile(r"[ 。/)]\S{2,4}(?: \S{2,4})? ?(?:/?摄影?|供图)[)]?$")  # a picture's caption ends: 张小军 摄
_INNER_STOP = re.compile(r"[。!?;]")


class Block(NamedTuple):
    """A paragraph: its text, and (offset, line number) where each of its lines begins in it.

    `html` and `mark` are those of the one line it is made of, where a reader gave them.
    """

    text: str
    starts: tuple[tuple[int, int], ...]
    html: str = ""
    mark: Row | ListItem | Heading | None = None

    @property
    def line(self) -> int:
        return self.starts[0][1]

    def line_at(self, offset: int) -> int:
        """The number of the line that holds the character at `offset`."""
        return max((start for start in self.starts if start[0] <= offset), default=self.starts[0])[1]


def join_lines(lines: Sequence[Line]) -> list[Block]:
    """The paragraphs of `lines`. Nothing is added between joined parts but a space between two Latin words."""
    width = _wrap_width(lines)
    blocks: list[list[Line]] = []
    for line in lines:
        if blocks and _continues(blocks[-1], line, width):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return [_block(block) for block in blocks]


def _block(lines: Sequence[Line]) -> Block:
    text, starts = "", []
    for line in lines:
        if text and text[-1].isascii() and text[-1].isalpha() and line.text[:1].isascii() and line.text[:1].isalpha():
            text += " "
        starts.append((len(text), line.number))
        text += line.text
    only = lines[0] if len(lines) == 1 else Line(0, "")
    return Block(text, tuple(starts), only.html, only.mark)


def _wrap_width(lines: Sequence[Line]) -> int | None:
    """The width a page was hard-wrapped at or set in columns of: most lines of some length break off in a sentence."""
    lengthy = [
        line for line in lines if not line.whole and 18 <= len(line.text) <= 75 and not NUMBERED.match(line.folded)
    ]
    broken = sorted(len(line.text) for line in lengthy if not ends_sentence(line.folded))
    if len(broken) < 4 or len(broken) * 2 < len(lengthy):
        return None
    width = broken[len(broken) * 9 // 10]
    if 2 * sum(1 for line in lines if not line.whole and len(line.text) > 2 * width) > len(broken):
        return None  # text is printed in whole paragraphs; these are headings between them
    even = sum(1 for length in broken if width * FULL <= length <= width + 3)
    return width if even * 5 >= len(broken) * 4 else None


def _continues(block: Sequence[Line], line: Line, width: int | None) -> bool:
    last = block[-1]
    folded = last.folded
    ended = ends_sentence(folded)
    if line.whole or last.whole or (ended and not width):
        return False
    broken = bool(width) and len(last.text) >= width * FULL and not ended
    numbered = NUMBERED.match(line.folded)
    if numbered and not (broken and numbered[0][-1] in ",:"):  # 百分之八|十六,达到
        return False
    if line.indent >= 2 and line.indent > block[0].indent:
        return False
    if _GOES_ON.match(line.folded) and not ended:
        return True
    if broken and not (line.indent >= 2 and block[0].indent < 2):
        return True
    if width and width - 2 <= len(last.text) and line.indent < block[0].indent:
        return True
    if ended:
        return False
    whole = "".join(part.folded for part in block)
    if NUMBERED.match(whole) and not _INNER_STOP.search(whole):
        return False  # a numbered heading on its own line
    if folded[-1] in ",、" or _is_open(whole):
        return True
    if not _BREAKS_OFF.search(folded) or _WHOLE.search(folded) or _CREDIT.search(folded):
        return False
    return len(whole) >= LONG or bool(_INNER_STOP.search(whole)) or (len(whole) >= LINE and "," in whole)


def _is_open(text: str) -> bool:
    """A quotation or bracket is opened and not closed."""
    return any(text.count(opening) > text.count(closing) for opening, closing in _PAIRS)
