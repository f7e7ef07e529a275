"""The outline of a plan: its headings, numbered or not, with the level each stands at and where it was found."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from .counting import (
    LONGEST_HEADING,
    believed,
    line_markers,
    names_of_files,
    numbered_levels,
    undecorated,
    without_lists,
)
from .glosses import as_written, without_glosses
from .numbering import (
    CALENDAR,
    CALENDAR_RANKS,
    RANKS,
    Marker,
    inline_markers,
)
from .paragraphs import BOLD, Paragraph
from .sentences import CLAUSE
from .tables import table_rows
from .unnumbered import SYMBOL, SYMBOL_FIRST, could_head, heading_lines, opening_phrases

__all__ = ["Heading", "Paragraph", "read_outline"]

# Between a title and the text that follows it on the line; a space beside a figure (工会 100 家) parts nothing.
GAP = re.compile(r"(?<=[^\s,;:、])(?:(?<!\d) +(?!\d)|:)(?=\S)")


@dataclass(frozen=True)
class Heading:
    """A heading: start and end are code-point offsets of its words in the text of paragraph number `paragraph`."""

    level: int
    number: str | None
    heading: str
    line: int
    style: str
    paragraph: int
    start: int
    end: int


def read_outline(paragraphs: Sequence[Paragraph]) -> list[Heading]:
    """The headings of a body in reading order, level 1 first.

    Numbered headings (第一部分, 一、, (一), 1., (1), ①) nest by order of first appearance and are believed where the
    counter runs in sequence; months and quarters where there are several. Lines without a number are headings where
    several short ones of a kind stand above text; first sentences where several paragraphs of a section open so.
    一是, 首先 and their like stand a level below. The row of a table heads nothing.
    """
    rows = table_rows(paragraphs)
    filled = [at for at, paragraph in enumerate(paragraphs) if paragraph.text.strip() and at not in rows]
    texts, places = without_glosses([undecorated(paragraphs[at]) for at in filled])
    found = _read(texts)
    if len(filled) < len(paragraphs):
        found = [replace(heading, paragraph=filled[heading.paragraph]) for heading in found]
    if places:
        found = [as_written(heading, paragraphs, dict(zip(filled, places, strict=True))) for heading in found]
    return [heading for heading in found if heading.heading.strip()]


def _read(paragraphs: Sequence[Paragraph]) -> list[Heading]:
    folded = [paragraph.folded for paragraph in paragraphs]
    files = names_of_files(folded)
    folded = ["" if at in files else text for at, text in enumerate(folded)]
    inside = [inline_markers(text) for text in folded]
    counted = believed(line_markers(folded, inside))
    numbered = without_lists(counted, folded)
    if counted and not numbered:
        inside = [[] if (at, 0) in counted else markers for at, markers in enumerate(inside)]
    levels = numbered_levels(numbered)
    first = {at: marker for (at, _), marker in sorted(numbered.items(), reverse=True)}
    plain = _plain_lines(paragraphs, folded, first)
    depth, body_depth, found, headed = 0, {}, [], {}
    for at, paragraph in enumerate(paragraphs):
        if at in plain and at not in headed:
            depth = plain[at]
            start, end = _stripped(paragraph.text)
            start = SYMBOL.match(paragraph.folded).end()
            found.append(_heading(paragraph, at, depth, None, "standalone", start, end))
        markers = [place for place in ((at, 0), (at, 1)) if place in numbered]
        for place in markers:
            marker = numbered[place]
            depth = levels[place] + (plain[min(plain)] if plain and at > min(plain) else 0)
            stop = numbered[at, 1].start if place[1] == 0 and (at, 1) in numbered else len(folded[at].rstrip())
            if marker.after >= len(folded[at].rstrip()):  # its heading stands on the next line
                following = paragraphs[at + 1]
                number = paragraph.text[marker.start : marker.end]
                found.append(_heading(following, at + 1, depth, number, "standalone", *_stripped(following.text)))
                headed[at + 1] = body_depth[at + 1] = depth
            else:
                found.append(_numbered_heading(paragraph, at, depth, marker, stop))
        body_depth[at] = depth
    found += _phrases(paragraphs, folded, body_depth, {heading.paragraph for heading in found})
    deepest = body_depth | {heading.paragraph: heading.level for heading in found}
    found += _inline(paragraphs, inside, deepest, {heading.paragraph: heading for heading in found})
    return sorted(found, key=lambda heading: (heading.paragraph, heading.start))


def _heading(
    paragraph: Paragraph, at: int, level: int, number: str | None, style: str, start: int, end: int
) -> Heading:
    return Heading(level, number or None, paragraph.text[start:end], paragraph.line_at(start), style, at, start, end)


def _stripped(text: str) -> tuple[int, int]:
    return len(text) - len(text.lstrip()), len(text.rstrip())


def _plain_lines(
    paragraphs: Sequence[Paragraph], folded: Sequence[str], numbered: Mapping[int, Marker]
) -> dict[int, int]:
    """Unnumbered lines that are headings, with their level: short, parallel, at least two, each above text.

    Those that the file's format makes headings are believed one by one. Beside a numbered outline the others are
    believed where its count starts anew under each (parts of a whole) or 1. 2. 3. stand right below one.
    """
    if marked := _marked_lines(folded, numbered):
        return marked
    lines = heading_lines(folded, numbered, [paragraph.heading for paragraph in paragraphs])
    stated = sorted({paragraphs[at].heading for at in lines} - {0})
    chosen = _chosen(lines, [at for at in lines if 0 < paragraphs[at].heading < BOLD], numbered)
    return {at: stated.index(paragraphs[at].heading) + 1 if paragraphs[at].heading else 1 for at in chosen}


def _marked_lines(folded: Sequence[str], numbered: Mapping[int, Marker]) -> dict[int, int]:
    """Short lines that open with the same symbol (★ 工作目标), where they stand above the numbered headings."""
    groups: dict[str, list[int]] = {}
    for at, text in enumerate(folded):
        symbol = SYMBOL.match(text)[0].strip() if text[:1] in SYMBOL_FIRST else ""
        if symbol and at not in numbered and at + 1 < len(folded) and could_head(text[len(SYMBOL.match(text)[0]) :], 1):
            groups.setdefault(symbol[0], []).append(at)
    alike = [group for group in groups.values() if len(group) > 1 and _stand_above(folded, group)]
    if not alike or (numbered and min(numbered) < alike[0][0]):
        return {}
    return {at: level for level, group in enumerate(alike, 1) for at in group}


def _stand_above(folded: Sequence[str], group: Sequence[int]) -> bool:
    """Whether text stands between the lines of a group: lines one below the other are a list."""
    return all(later - earlier > 1 for earlier, later in pairwise(group))


def _chosen(lines: Sequence[int], stated: Sequence[int], numbered: Mapping[int, Marker]) -> Sequence[int]:
    if not numbered:
        return lines if len(lines) > 1 else stated
    top = numbered[min(numbered)].style
    starts = [at for at, marker in sorted(numbered.items()) if marker.style == top and marker.value == 1]
    above = {start: max((at for at in lines if at < start), default=None) for start in starts}
    restarts = len(starts) > 1 and None not in above.values() and len(set(above.values())) == len(starts)
    if RANKS[top] <= RANKS["bracketed"]:
        return sorted(above.values()) if restarts and all(start - at <= 2 for start, at in above.items()) else []
    below = len(lines) > 1 and min(numbered) - 1 in lines and lines[0] < min(numbered)
    return lines if restarts or below else stated if stated and stated[0] < min(numbered) else []


def _numbered_heading(paragraph: Paragraph, at: int, level: int, marker: Marker, last: int) -> Heading:
    """Own line, or first sentence of its paragraph; a title parted from its text by a space or a colon ends there.

    `last` is where the line, or the part of it before another number, ends.
    """
    folded = paragraph.folded
    number = paragraph.text[marker.start : marker.end]
    end = len(folded[:last].rstrip())
    spans = [span for span in paragraph.sentences if span.end > marker.after and span.start < end]
    gap = GAP.search(folded, marker.after + (1 if marker.style in CALENDAR_RANKS else 4), end)
    titled = gap and gap.start() - marker.after <= 40 and end - gap.end() > 12 and folded[end - 1] in "。;!?"
    if marker.style in CALENDAR_RANKS:
        word = CALENDAR.match(folded, marker.after).end()
        titled = folded[end - 1] in "。;!?" or len(spans) > 1 or end - marker.after > LONGEST_HEADING
        gap = re.compile(" *:|(?= )|$").search(folded, word)
        end = end if folded[end - 1] != ":" else end - 1
    if len(spans) <= 1 and end - marker.after <= LONGEST_HEADING and not titled:
        return _heading(paragraph, at, level, number, "standalone", marker.after, end)
    end = min(end, spans[0].end) if spans else end
    if titled and gap.start() < end:
        end = gap.start()
    elif end - marker.after > LONGEST_HEADING:
        end = _clause_end(paragraph, marker.after, end)
    while end > marker.after and folded[end - 1] in "。!?; ":
        end -= 1
    return _heading(paragraph, at, level, number, "run_in", marker.after, end)


def _clause_end(paragraph: Paragraph, start: int, end: int) -> int:
    """The first comma, colon or full stop outside quotation marks."""
    for found in CLAUSE.finditer(paragraph.folded, start, end):
        if not any(quote.start <= found.start() < quote.end for quote in paragraph.quotations):
            return found.start()
    return end


def _phrases(paragraphs, folded, depth: dict[int, int], headed: set[int]) -> Iterator[Heading]:
    """Short first sentences of the paragraphs under one heading, where they are parallel."""
    groups, group = [], []
    for at in range(len(paragraphs)):
        if at in headed:
            groups.append(group)
            group = []
        elif folded[at].strip():
            group.append(at)
    groups.append(group)
    for group in groups:
        for at, (start, end) in opening_phrases({at: folded[at] for at in group}, headed=bool(headed)).items():
            yield _heading(paragraphs[at], at, depth[at] + 1, None, "run_in", start, end)


def _inline(
    paragraphs: Sequence[Paragraph],
    inside: Sequence[Sequence[Marker]],
    depth: dict[int, int],
    headed: dict[int, Heading],
) -> Iterator[Heading]:
    """一是 … 二是 …: items counted on inside a paragraph, or from one paragraph to the next, one style within another.

    Where a text has no other heading, 一、 二、 run into one paragraph are its first level.
    """
    runs: dict[str, list[Heading]] = {}
    counts: dict[str, int] = {}
    for at, paragraph in enumerate(paragraphs):
        own = headed.get(at)
        if own:
            yield from _counted(runs)
            runs, counts = {}, {}
        last = len(paragraph.folded.rstrip()) if inside[at] else 0
        for marker in inside[at]:
            if own and marker.start < own.end:
                continue
            before = counts.get(marker.style, 0)
            value = marker.value or before + 1
            if value == 1 and marker.aside and any(row.paragraph == at for row in runs.get(marker.style, ())[-1:]):
                continue  # 首先 inside 二是
            if not (before and 0 < value - before <= 2):
                if value != 1:
                    continue
                yield from _counted({marker.style: runs.pop(marker.style, [])})
            order = [*runs] if marker.style in runs else [*runs, marker.style]
            least = 1 if marker.style == "chinese" and not headed else 2
            level = max(least, depth[at] + 1 + order.index(marker.style))
            counts[marker.style] = value
            end = _clause_end(paragraph, marker.after, min(last, marker.after + LONGEST_HEADING))
            number = paragraph.text[marker.start : marker.end]
            if end > marker.after:
                heading = _heading(paragraph, at, level, number, "inline", marker.after, end)
                runs.setdefault(marker.style, []).append(heading)
    yield from _counted(runs)


def _counted(runs: dict[str, list[Heading]]) -> Iterator[Heading]:
    for run in runs.values():
        yield from run if len(run) > 1 else ()
