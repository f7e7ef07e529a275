"""Reading a plan's text: its outline and its targets, with their places in the canonical text. No database."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from articles.canonical import canonical_places

from .outline import Heading, read_outline
from .paragraphs import Paragraph
from .targets import TargetFound, read_targets
from .themes import assign_themes

NO_ROWS: Mapping[str, tuple[str, ...]] = MappingProxyType({})


@dataclass
class ClauseRead:
    """A clause as read: the heading, its own text up to the next heading, its themes and its canonical span."""

    heading: Heading
    text: str
    themes: list[str]
    start: int
    end: int
    parent: int | None = None


@dataclass
class TargetRead:
    """A target as read, with the index of its clause and the canonical span of its sentence."""

    found: TargetFound
    clause: int | None
    start: int
    end: int


@dataclass
class PlanRead:
    clauses: list[ClauseRead] = field(default_factory=list)
    targets: list[TargetRead] = field(default_factory=list)


def read_plan(text: str, plan_year: int | None = None, rows: Mapping[str, tuple[str, ...]] = NO_ROWS) -> PlanRead:
    """Read `text` (plain, a paragraph a line) as a plan; `rows` holds the cells of lines that are rows of tables."""
    lines = enumerate(text.split("\n"), 1)
    paragraphs = [Paragraph(number, line, cells=rows.get(line, ())) for number, line in lines]
    places, position = [], 0  # for each paragraph, where each of its characters and its end stand in the canonical text
    for paragraph in paragraphs:
        places.append(canonical_places(paragraph.text, position))
        position = places[-1][-1]

    def place(paragraph: int, offset: int) -> int:
        return places[paragraph][offset]

    headings = read_outline(paragraphs)
    starts = [(heading.paragraph, heading.start) for heading in headings]
    read = PlanRead()
    above: list[int] = []
    for index, heading in enumerate(headings):
        own = _text_between(paragraphs, heading, headings[index + 1] if index + 1 < len(headings) else None)
        while above and headings[above[-1]].level >= heading.level:
            above.pop()
        inline = [
            child.heading
            for child in headings[index + 1 :]
            if child.style == "inline" and child.paragraph == heading.paragraph
        ]
        read.clauses.append(
            ClauseRead(
                heading,
                own,
                assign_themes(heading.heading, inline, own),
                place(heading.paragraph, heading.start),
                place(heading.paragraph, heading.end),
                above[-1] if above else None,
            )
        )
        above.append(index)
    for found in read_targets(paragraphs, plan_year=plan_year, headings=headings):
        clause = bisect_right(starts, (found.paragraph, found.start)) - 1
        read.targets.append(
            TargetRead(
                found,
                clause if clause >= 0 else None,
                place(found.paragraph, found.start),
                place(found.paragraph, found.end),
            )
        )
    return read


def _text_between(paragraphs: list[Paragraph], heading: Heading, following: Heading | None) -> str:
    """What stands under `heading` before the next one, paragraphs joined by a newline."""
    last = following.paragraph if following else len(paragraphs) - 1
    parts = []
    for index in range(heading.paragraph, last + 1):
        line = paragraphs[index].text
        begin = heading.end if index == heading.paragraph else 0
        end = following.start if following and index == following.paragraph else len(line)
        parts.append(line[begin:end].strip(" 。.:：\t　"))
    return "\n".join(part for part in parts if part)
