"""The article's text: paragraphs, their outline with themes, targets, and the same as clean HTML."""

import re
from collections.abc import Sequence

from importer import document
from importer.document import Line, Row
from importer.rules.bylines import strip_credit
from importer.rules.paragraphs import Block, join_lines
from plans.grammar.outline import Heading, read_outline
from plans.grammar.paragraphs import BOLD, Paragraph, fold_together
from plans.grammar.targets import TargetFound, read_targets
from plans.grammar.themes import THEME_NAMES, assign_themes

_BOLD = re.compile(r"\s*<(strong|b)>(?:(?!</\1>).)*</\1>\s*", re.DOTALL)


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
    paragraphs = [
        Paragraph(block.line, block.text, block.starts[1:], _cells(block), _stated_level(block)) for block in blocks
    ]
    fold_together(paragraphs)
    return paragraphs


def _cells(block: Block) -> tuple[str, ...]:
    return tuple(cell.text for cell in block.mark.cells) if isinstance(block.mark, Row) else ()


def _stated_level(block: Block) -> int:
    if isinstance(block.mark, document.Heading):
        return block.mark.level
    return BOLD if block.html and _BOLD.fullmatch(block.html) else 0


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
    end = next((at for at in range(index + 1, len(headings)) if headings[at].level <= own.level), len(headings))
    after = headings[end] if end < len(headings) else None
    below = [
        other.heading
        for other in headings[index + 1 : end]
        if after is None or (other.paragraph, other.start) < (after.paragraph, after.start)
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


def targets_of(
    paragraphs: Sequence[Paragraph], headings: Sequence[Heading], plan_year: int | None, *, reports: bool
) -> list[dict]:
    """The quantities of the text as import output; a number without a part after the point is an integer.

    In an article that reports (news, a 总结) a bare figure is what was achieved unless its sentence looks ahead.
    """
    return [
        _target(target) for target in read_targets(paragraphs, plan_year=plan_year, headings=headings, reports=reports)
    ]


def _target(target: TargetFound) -> dict:
    number = target.number
    if number is not None:
        number = int(number) if number == number.to_integral_value() else float(number)
    return {
        "number": number,
        "unit": _as_printed(target.unit, target.sentence) or None,
        "comparator": target.comparator,
        "kind": target.kind,
        "modality": target.modality,
        "period": target.period,
        "object": target.object,
        "sentence": target.sentence,
        "line": target.line,
    }


def _as_printed(unit: str, sentence: str) -> str:
    """The unit in the characters of its sentence: 8個 is printed 8 個."""
    if unit in sentence:
        return unit
    at = document.fold(sentence).find(unit)
    printed = sentence[at : at + len(unit)]
    return printed if at >= 0 and unit >= "\u4e00" else unit


def read_headings(paragraphs: Sequence[Paragraph]) -> list[Heading]:
    return read_outline(paragraphs)
