"""The article's text: paragraphs, their outline with themes, targets, and the same as clean HTML."""

import re
from collections.abc import Sequence

from importer.bylines import strip_credit
from importer.document import Line, fold
from importer.paragraphs import Block, join_lines
from plans.outline import Heading, Paragraph, read_outline
from plans.targets import TargetFound, read_targets
from plans.themes import THEME_NAMES, assign_themes

_AHEAD = re.compile(r"将|计划|拟|力争|争取|确保|预计|年底前|月底前|年内|目标|要|到20\d\d年|明年|下一步")


def blocks_of(lines: Sequence[Line]) -> list[Block]:
    """The paragraphs of an article, broken lines rejoined, the contributor in the last brackets left out."""
    blocks = join_lines([line for line in lines if line.text])
    if blocks:
        last = blocks[-1]
        text = last.text if last.mark else strip_credit(last.text)
        if text != last.text:
            blocks[-1:] = [Block(text, last.starts)] if text else []
    return blocks


def paragraphs_of(blocks: Sequence[Block]) -> list[Paragraph]:
    """The same paragraphs in the form the plan grammars read."""
    return [Paragraph(block.line, block.text, block.starts[1:]) for block in blocks]


def outline_of(paragraphs: Sequence[Paragraph], headings: Sequence[Heading]) -> list[dict]:
    """The outline as import output: level, number, heading, line, style and themes in Chinese."""
    return [
        {
            "level": heading.level,
            "number": heading.number,
            "heading": heading.heading,
            "line": heading.line,
            "style": heading.style,
            "themes": [THEME_NAMES[code] for code in _themes(paragraphs, headings, index)],
        }
        for index, heading in enumerate(headings)
    ]


def _themes(paragraphs: Sequence[Paragraph], headings: Sequence[Heading], index: int) -> list[str]:
    """Themes of a heading from its words, the items below it, and the text up to the next heading of its level."""
    own = headings[index]
    after = next((other for other in headings[index + 1 :] if other.level <= own.level), None)
    below = [
        other.heading
        for other in headings[index + 1 :]
        if other.level > own.level
        and (after is None or (other.paragraph, other.start) < (after.paragraph, after.start))
    ]
    return assign_themes(own.heading, below, _between(paragraphs, own, after))


def _between(paragraphs: Sequence[Paragraph], own: Heading, after: Heading | None) -> str:
    last = after.paragraph if after else len(paragraphs)
    if last == own.paragraph:
        return paragraphs[last].text[own.end : after.start]
    parts = [
        paragraphs[own.paragraph].text[own.end :],
        *(paragraph.text for paragraph in paragraphs[own.paragraph + 1 : last]),
    ]
    if after:
        parts.append(paragraphs[last].text[: after.start])
    return "\n".join(parts)


def targets_of(paragraphs: Sequence[Paragraph], plan_year: int | None, *, reports: bool) -> list[dict]:
    """The quantities of the text as import output; a number without a part after the point is an integer.

    In an article that reports (news, a 总结) a bare figure is what was achieved unless its sentence looks ahead.
    """
    rows = [_target(target) for target in read_targets(paragraphs, plan_year=plan_year)]
    for row in rows:
        if reports and row["kind"] == "target" and not row["modality"] and not _AHEAD.search(fold(row["sentence"])):
            row["kind"] = "achieved"
    return rows


def _target(target: TargetFound) -> dict:
    number = target.number
    if number is not None:
        number = int(number) if number == number.to_integral_value() else float(number)
    return {
        "number": number,
        "unit": target.unit,
        "comparator": target.comparator,
        "kind": target.kind,
        "modality": target.modality,
        "period": target.period,
        "object": target.object,
        "sentence": target.sentence,
        "line": target.line,
    }


def read_headings(paragraphs: Sequence[Paragraph]) -> list[Heading]:
    return read_outline(paragraphs)
