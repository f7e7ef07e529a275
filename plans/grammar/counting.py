"""Which numbers at the start of lines are believed to count headings, and the level each stands at."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from .numbering import (
    BEHIND,
    CALENDAR_RANKS,
    NUMBER_FIRST,
    RANKS,
    Marker,
    calendar_marker,
    line_marker,
    number_alone,
)
from .paragraphs import Paragraph

LONGEST_HEADING = 60
MARKED = re.compile(r"^ {0,3}(?:#{1,6} |(?:\*\*|__)(?=\S))|(?<=\S)(?:\*\*|__)\s*$|^(?:\d{1,2})\\(?=\.)")
APPENDED = re.compile(r"\s*附[件表]?\d?:?\s*$")
FILE = re.compile(r"\.(?:docx?|xlsx?|pptx?|pdf|wps|rar|zip|jpg)\s*$", re.IGNORECASE)
LIST_COMMA = re.compile(r"[,\d]")
Place = tuple[int, int]  # a paragraph and an offset in it


def undecorated(paragraph: Paragraph) -> Paragraph:
    """The paragraph with the signs of a markup language left in its text (**一、…**, ## …, 1\\.) made blanks."""
    if paragraph.cells or not MARKED.match(paragraph.text):
        return paragraph
    text = MARKED.sub(lambda found: found[0].strip("#*_\\ ").rjust(len(found[0])), paragraph.text)
    return replace(paragraph, text=text)


def line_markers(folded: Sequence[str], inside: Sequence[Sequence[Marker]]) -> dict[Place, Marker]:
    """The number each paragraph starts with and, where another count begins behind its heading, that one's first."""
    found = {}
    for at, text in enumerate(folded):
        if not NUMBER_FIRST.match(text):
            continue
        alone = _number_on_its_own(folded, at)
        if marker := alone or calendar_marker(text) or line_marker(text):
            if _counts_on_inside(inside[at], marker) or (not alone and marker.after >= len(text.rstrip())):
                continue
            found[at, 0] = marker
            behind = BEHIND.search(text, marker.after + 3, marker.after + LONGEST_HEADING)
            second = line_marker(text, behind.start()) if behind else None
            if second and second.style != marker.style and not _counts_on_inside(inside[at], second):
                found[at, 1] = second
    return found


def names_of_files(folded: Sequence[str]) -> set[int]:
    """Lines that name attachments: those numbered below 附件:, and the name of a file anywhere."""
    found, below = set(), False
    for at, text in enumerate(folded):
        below = ("附" in text and bool(APPENDED.match(text))) or (
            below and len(text) <= LONGEST_HEADING and bool(line_marker(text))
        )
        if below or ("." in text and FILE.search(text)):
            found.add(at)
    return found


def _number_on_its_own(folded: Sequence[str], at: int) -> Marker | None:
    """A number alone on its line, where the next one is short enough to be what it numbers."""
    marker = number_alone(folded[at])
    following = folded[at + 1].strip() if marker and at + 1 < len(folded) else ""
    fits = 2 <= len(following) <= LONGEST_HEADING and not line_marker(following) and "。" not in following[:-1]
    return marker if fits else None


def _counts_on_inside(inside: Sequence[Marker], marker: Marker) -> bool:
    """Whether the next number stands in the same paragraph: the whole count is then run into it."""
    return any((item.style, item.value) == (marker.style, marker.value + 1) for item in inside)


def believed(markers: Mapping[Place, Marker]) -> dict[Place, Marker]:
    """Markers whose counter runs in sequence: they open a run that is counted on, or count on one that is open."""
    following, seen = {}, {}
    for place in sorted(markers, reverse=True):
        style = markers[place].style
        following[place], seen[style] = seen.get(style), markers[place].value
    kept = {}
    counts = {}  # style -> last value of its open run, in the order styles were first believed
    latest = {}  # style -> last value believed: a count may run on under the next heading
    for place, marker in sorted(markers.items()):
        before = counts.get(marker.style)
        follows = before is not None and 0 < marker.value - before <= 2
        runs_on = before is None and marker.value - 1 == latest.get(marker.style)
        dated = marker.style in CALENDAR_RANKS and (following[place] is not None or marker.style in latest)
        if not (follows or runs_on or dated or _opens(marker, before, following[place])):
            continue
        kept[place] = marker
        order = list(counts)
        if marker.style in counts:
            for deeper in order[order.index(marker.style) + 1 :]:
                counts[deeper] = None
        counts[marker.style] = latest[marker.style] = marker.value
    return kept


def without_lists(numbered: dict[Place, Marker], folded: Sequence[str]) -> dict[Place, Marker]:
    """No headings where a text has no other numbers than 1. 2. 3. before sentences, one below the other."""
    places = sorted(numbered)
    lists = len(places) > 1 and all(
        marker.style.startswith("arabic")
        and folded[at].rstrip()[-1:] in ("。", ";")
        and LIST_COMMA.search(folded[at], marker.after)
        and "。" not in folded[at][marker.after :].rstrip()[:-1]
        for (at, _), marker in numbered.items()
    )
    joined = all(later[0] - earlier[0] == 1 for earlier, later in pairwise(places))
    return {} if lists and joined else numbered


def _opens(marker: Marker, before: int | None, following: int | None) -> bool:
    """Whether a run starts here: at 1 or, where its start is lost, before the next in order.

    A lone 1. or (一) is no outline; a lone 一、 or 第一部分 may be what is left of one.
    """
    if marker.style in CALENDAR_RANKS:
        return False
    if marker.value == 1:
        return following in (2, 3) or (following is None and marker.style in ("part", "chinese"))
    if before == marker.value:  # 二、 二、 四、: a slip of the counter
        return marker.style in ("part", "chinese", "bracketed") and following in (before + 1, before + 2)
    return before is None and following == marker.value + 1


def numbered_levels(numbered: Mapping[Place, Marker]) -> dict[Place, int]:
    """The level of each numbered heading: styles nest in the order they first appear inside one another."""
    levels, stack = {}, []
    highest = min((RANKS[marker.style] for marker in numbered.values()), default=0)
    for place, marker in sorted(numbered.items()):
        if marker.style in stack:
            del stack[stack.index(marker.style) + 1 :]
        else:
            if marker.value == 1 and stack and RANKS[marker.style] == highest:
                levels = {earlier: level + 1 for earlier, level in levels.items()}
                stack.clear()
            stack.append(marker.style)
        levels[place] = len(stack)
    return levels
