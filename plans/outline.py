"""The outline of a plan: its headings, numbered or not, with the level each stands at and where it was found."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from plans.numbering import RANKS, Marker, inline_markers, line_marker
from plans.sentences import CLAUSE, Quotation, quotations, sentences
from plans.unnumbered import is_heading_line, opening_phrases
from plans.widths import fold

LONGEST_HEADING = 60
# Between a title and the text that follows it on the line; a space beside a figure (工会 100 家) parts nothing.
GAP = re.compile(r"(?<=[^\s,;:、])(?:(?<!\d) +(?!\d)|:)(?=\S)")


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of the body, whole, with the number of the line it starts in.

    Where it was rejoined from several lines, `breaks` holds (offset, line) for each later line: where it begins.
    """

    line: int
    text: str
    breaks: tuple[tuple[int, int], ...] = ()

    def line_at(self, offset: int) -> int:
        """The source line that holds the character at an offset of the text."""
        return max((line for start, line in self.breaks if start <= offset), default=self.line)


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
    counter runs in sequence. Lines without a number are headings where several short ones of a kind stand above text;
    first sentences where several paragraphs of a section open so. 一是, 首先 and their like stand a level below.
    """
    filled = [at for at, paragraph in enumerate(paragraphs) if paragraph.text.strip()]
    found = _read([paragraphs[at] for at in filled])
    return [replace(heading, paragraph=filled[heading.paragraph]) for heading in found if heading.heading.strip()]


def _read(paragraphs: Sequence[Paragraph]) -> list[Heading]:
    folded = [fold(paragraph.text) for paragraph in paragraphs]
    markers = {at: marker for at, text in enumerate(folded) if (marker := line_marker(text))}
    numbered = _believed({at: marker for at, marker in markers.items() if not _counts_on_inside(folded[at], marker)})
    levels = _numbered_levels(numbered)
    plain = _plain_lines(folded, numbered)
    depth, body_depth, found = 0, {}, []
    for at, paragraph in enumerate(paragraphs):
        if at in plain:
            depth = 1
            start, end = _stripped(paragraph.text)
            found.append(_heading(paragraph, at, depth, None, "standalone", start, end))
        elif at in numbered:
            depth = levels[at] + (1 if plain and at > min(plain) else 0)
            found.append(_numbered_heading(paragraph, folded[at], at, depth, numbered[at]))
        body_depth[at] = depth
    found += _phrases(paragraphs, folded, body_depth, {heading.paragraph for heading in found})
    deepest = body_depth | {heading.paragraph: heading.level for heading in found}
    found += _inline(paragraphs, folded, deepest, {heading.paragraph: heading for heading in found})
    return sorted(found, key=lambda heading: (heading.paragraph, heading.start))


def _heading(
    paragraph: Paragraph, at: int, level: int, number: str | None, style: str, start: int, end: int
) -> Heading:
    return Heading(level, number, paragraph.text[start:end], paragraph.line_at(start), style, at, start, end)


def _stripped(text: str) -> tuple[int, int]:
    return len(text) - len(text.lstrip()), len(text.rstrip())


def _believed(markers: dict[int, Marker]) -> dict[int, Marker]:
    """Markers whose counter runs in sequence: they open a run that is counted on, or count on one that is open."""
    following, seen = {}, {}
    for at in sorted(markers, reverse=True):
        style = markers[at].style
        following[at], seen[style] = seen.get(style), markers[at].value
    kept, counts = {}, {}  # counts: style -> last value of its open run, in the order styles were first believed
    for at, marker in sorted(markers.items()):
        before = counts.get(marker.style)
        follows = before is not None and 0 < marker.value - before <= 2
        if not follows and not _opens(marker, before, following[at]):
            continue
        kept[at] = marker
        order = list(counts)
        if marker.style in counts:
            for deeper in order[order.index(marker.style) + 1 :]:
                counts[deeper] = None
        counts[marker.style] = marker.value
    return kept


def _counts_on_inside(folded: str, marker: Marker) -> bool:
    """Whether the next number stands in the same paragraph: the whole count is then run into it."""
    return any((item.style, item.value) == (marker.style, marker.value + 1) for item in inline_markers(folded))


def _opens(marker: Marker, before: int | None, following: int | None) -> bool:
    """Whether a run starts here: at 1 or, where its start is lost, before the next in order.

    A lone 1. or (一) is no outline; a lone 一、 or 第一部分 may be what is left of one.
    """
    if marker.value == 1:
        return following in (2, 3) or (following is None and marker.style in ("part", "chinese"))
    if before == marker.value:  # 二、 二、 四、: a slip of the counter
        return marker.style in ("part", "chinese", "bracketed") and following in (before + 1, before + 2)
    return before is None and following == marker.value + 1


def _numbered_levels(numbered: dict[int, Marker]) -> dict[int, int]:
    """The level of each numbered heading: styles nest in the order they first appear inside one another."""
    levels, stack = {}, []
    highest = min((RANKS[marker.style] for marker in numbered.values()), default=0)
    for at, marker in sorted(numbered.items()):
        if marker.style in stack:
            del stack[stack.index(marker.style) + 1 :]
        else:
            if marker.value == 1 and stack and RANKS[marker.style] == highest:
                levels = {earlier: level + 1 for earlier, level in levels.items()}
                stack.clear()
            stack.append(marker.style)
        levels[at] = len(stack)
    return levels


def _plain_lines(folded: Sequence[str], numbered: dict[int, Marker]) -> set[int]:
    """Unnumbered lines that are headings: short, parallel, at least two, each above a paragraph of text.

    Beside a numbered outline they are believed where its count starts anew under each: parts of a whole.
    """
    lines = [at for at in range(len(folded) - 1) if at not in numbered and _heads_text(folded, numbered, at)]
    if not numbered:
        return set(lines) if len(lines) > 1 else set()
    top = numbered[min(numbered)].style
    starts = [at for at, marker in sorted(numbered.items()) if marker.style == top and marker.value == 1]
    above = {start: max((at for at in lines if at < start), default=None) for start in starts}
    if len(starts) < 2 or None in above.values() or len(set(above.values())) < len(starts):
        return set()
    if top in ("part", "section", "chinese", "bracketed"):
        return set(above.values()) if all(start - at <= 2 for start, at in above.items()) else set()
    return set(lines)


def _heads_text(folded: Sequence[str], numbered: dict[int, Marker], at: int) -> bool:
    """Whether a line could be a heading and what follows it is text or a numbered heading."""
    if not is_heading_line(folded[at]):
        return False
    following = folded[at + 1].strip()
    return at + 1 in numbered or (
        not is_heading_line(following) and (len(following) > 40 or following[-1:] in tuple('。;:!?”"'))
    )


def _numbered_heading(paragraph: Paragraph, folded: str, at: int, level: int, marker: Marker) -> Heading:
    """Own line, or first sentence of its paragraph; a title parted from its text by a space or a colon ends there."""
    number = paragraph.text[marker.start : marker.end]
    spans = [span for span in sentences(paragraph.text) if span.end > marker.after]
    end = len(folded.rstrip())
    gap = GAP.search(folded, marker.after + 4, end)
    titled = gap and gap.start() - marker.after <= 40 and end - gap.end() > 12 and folded[end - 1] in "。;!?"
    if len(spans) <= 1 and end - marker.after <= LONGEST_HEADING and not titled:
        return _heading(paragraph, at, level, number, "standalone", marker.after, end)
    end = spans[0].end if spans else end
    if titled and gap.start() < end:
        end = gap.start()
    elif end - marker.after > LONGEST_HEADING:
        end = _clause_end(folded, marker.after, end, quotations(folded))
    while end > marker.after and folded[end - 1] in "。!?; ":
        end -= 1
    return _heading(paragraph, at, level, number, "run_in", marker.after, end)


def _clause_end(folded: str, start: int, end: int, quoted: Sequence[Quotation]) -> int:
    """The first comma, colon or full stop outside quotation marks."""
    for found in CLAUSE.finditer(folded, start, end):
        if not any(quote.start <= found.start() < quote.end for quote in quoted):
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
    paragraphs: Sequence[Paragraph], folded: Sequence[str], depth: dict[int, int], headed: dict[int, Heading]
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
        markers = inline_markers(folded[at])
        quoted, last = quotations(folded[at]) if markers else [], len(folded[at].rstrip())
        for marker in markers:
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
            end = _clause_end(folded[at], marker.after, min(last, marker.after + LONGEST_HEADING), quoted)
            number = paragraph.text[marker.start : marker.end]
            if end > marker.after:
                heading = _heading(paragraph, at, level, number, "inline", marker.after, end)
                runs.setdefault(marker.style, []).append(heading)
    yield from _counted(runs)


def _counted(runs: dict[str, list[Heading]]) -> Iterator[Heading]:
    for run in runs.values():
        yield from run if len(run) > 1 else ()
