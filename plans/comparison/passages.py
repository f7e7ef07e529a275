"""The measures (举措) of a plan as passages that can be set beside those of another plan. Pure, no database."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from articles.canonical import canonical
from plans.grammar.numbering import inline_markers
from plans.grammar.sentences import Span, sentences
from plans.grammar.widths import fold

SHORTEST = 4  # characters of a canonical passage; less says nothing by itself
LONGEST_TITLE = 30  # characters of a heading that names what follows it, rather than being a measure
_MARKS = " 　\t\n,，、:：;；。.．!！?？"
_N = r"(?:[一二三四五六七八九十]{1,3}|\d{1,2})"
_OPENS = re.compile(rf"^(?:[一二三四五六七八九十]{{1,3}}[、是要]|[(（]{_N}[)）]|\d{{1,2}}[、.．](?!\d)|[①-⑳])\s*")
# The number of the next clause, which stands before its heading and so at the end of this one's text
_NEXT = re.compile(
    rf"(?:^|(?<=[\s。;；,，!！?？]))(?:第?{_N}(?:部分|是|要|[、.．:：])?|[(（]{_N}[)）]?|[①-⑳]|首先|其次|再次|最后)[、.．]?\s*$"
)


@dataclass(frozen=True)
class Part:
    """A clause as the comparison reads it; `themes` are codes, the primary one first."""

    heading: str
    text: str
    style: str = "standalone"
    themes: tuple[str, ...] = ()
    number: str = ""
    anchor: str = ""
    headed: bool = False  # clauses stand below it


@dataclass(frozen=True)
class Figure:
    """A target as the comparison reads it, with the canonical words of its sentence."""

    pk: int
    quote: str


@dataclass(frozen=True)
class Passage:
    """A measure as printed, known by the SHA-256 (hex) of its canonical `words`; `under` is the heading above it.

    `targets` are the numbers of the targets whose sentence it is, or is part of.
    """

    text: str
    words: str
    theme: str | None = None
    under: str = ""
    anchor: str = ""
    targets: tuple[int, ...] = field(default=(), compare=False)


def known_by(text: str) -> str:
    """What a passage is known by, however its text is spaced or its quotation marks are drawn."""
    return hashlib.sha256(_canonical(text).encode()).hexdigest()


def passages(parts: Iterable[Part], figures: Sequence[Figure] = ()) -> list[Passage]:
    """The measures of a plan in reading order: its sentences, the items counted inside them, and the headings that
    are the measure themselves because nothing stands below them. What is said twice is one passage."""
    found: dict[str, Passage] = {}
    for part in parts:
        for text in _texts(part):
            words = known_by(text)
            if words in found or len(_canonical(text)) < SHORTEST:
                continue
            theme = part.themes[0] if part.themes else None
            found[words] = Passage(text, words, theme, part.heading, part.anchor, _told_in(text, figures))
    return list(found.values())


def _texts(part: Part) -> list[str]:
    """The measures of one clause as printed."""
    heading, text = part.heading.strip(), _NEXT.sub("", part.text.strip()).strip()
    if part.style == "inline":  # 一是加强阵地建设, and how: one sentence, the number left out
        lines = f"{heading}{text}".split("\n")
    elif not text:
        lines = [] if part.headed else [heading]
    elif part.style == "run_in" and len(heading) > LONGEST_TITLE:
        lines = [heading, *text.split("\n")]
    else:
        lines = text.split("\n")
    return [text for line in lines for text in _measures(line)]


def _measures(line: str) -> list[str]:
    """The sentences of a line, cut once more before 一是, 二是; marks around them and numbers before them left out."""
    folded = fold(line)
    out = []
    items = [marker.start for marker in inline_markers(folded)]
    for sentence in sentences(folded):
        cuts = [sentence.start, *(at for at in items if sentence.start < at < sentence.end), sentence.end]
        for start, end in pairwise(cuts):
            text = _bare(line, Span(start, end))
            if text:
                out.append(text)
    return out


def _bare(line: str, span: Span) -> str:
    text = line[span.start : span.end].strip(_MARKS)
    while opened := _OPENS.match(text):
        text = text[opened.end() :].lstrip(_MARKS)
    return text


def _canonical(text: str) -> str:
    return canonical(text).strip(_MARKS)


def _told_in(text: str, figures: Sequence[Figure]) -> tuple[int, ...]:
    words = _canonical(text)
    return tuple(one.pk for one in figures if words in one.quote or one.quote in words)
