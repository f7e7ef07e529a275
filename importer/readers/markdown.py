"""Pages saved as Markdown: their marks taken off, so that the rules see the words the page printed."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from importer.document import Cell, Heading, Line, Row
from importer.rules.neighbours import read_neighbours

_HEADING = re.compile(r"(?P<marks>#{1,6})\s+(?P<words>.*?\S)\s*#*")
_SEPARATOR = re.compile(r"\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?")
_RULE = re.compile(r"(?:[-*_]\s?){3,}")
_EVIDENCE = (
    re.compile(r"^\s{0,3}#{1,6} +\S", re.MULTILINE),
    re.compile(
        r"\[[^\[\]\n]{0,200}\]\((?:https?:|/|\.|#|javascript:|mailto:|[\w%-]+[./])[^()\s]{0,400}(?:\([^()\s]{0,40}\))?\)"
    ),
    re.compile(r"^\s{0,3}(?:[-*>] +)?\*\*[^*\n]{1,120}\*\*", re.MULTILINE),
    re.compile(r"^\s{0,3}\d{1,3}\\\.", re.MULTILINE),
    re.compile(r"^\s{0,3}\|?(?:\s*:?-{3,}:?\s*\|)+", re.MULTILINE),
)
_IMAGE = re.compile(r"!\[[^\[\]]{0,200}\]\([^()\s]{0,1000}(?:\s\"[^\"]{0,200}\")?\)")
_LINK = re.compile(
    r"\[(?P<words>[^\[\]]{0,300})\]\([^()\s]{0,1000}(?:\([^()\s]{0,40}\)[^()\s]{0,40})?(?:\s\"[^\"]{0,200}\")?\)"
)
_STRONG = re.compile(r"(?P<mark>\*\*|__)(?=\S)(?P<words>[^*\n]{1,400}?)(?<=\S)(?P=mark)")
_SLANTED = re.compile(r"(?<![A-Za-z\d*])\*(?=[^\s*])(?P<words>[^*\n]{1,200})(?<=[^\s*])\*(?![A-Za-z\d*])")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>|~])")
_BLOCK = re.compile(r"(?:>\s?)+|[-*+]\s+(?=\S)")
_TAG = re.compile(r"</?(?:br|p|div|span|font|center|b|strong|u|hr)\b[^<>]{0,200}/?>", re.IGNORECASE)


def is_markdown(text: str) -> bool:
    """Whether two of Markdown's marks stand in `text`; one alone (a row of dashes, #话题) is anybody's."""
    return ("](" in text or "**" in text or "\n#" in text or "|" in text) and sum(
        bool(mark.search(text)) for mark in _EVIDENCE
    ) >= 2


def unmarked(lines: Sequence[Line]) -> tuple[Line, ...]:
    """`lines` without Markdown's marks; headings of a level used several times and rows of tables are marked so."""
    found = [_HEADING.fullmatch(line.text) for line in lines]
    levels = Counter(len(match["marks"]) for match in found if match)
    out: list[Line] = []
    table = 0
    for place, (line, heading) in enumerate(zip(lines, found, strict=True)):
        if heading:
            level = len(heading["marks"])
            mark = Heading(level) if levels[level] > 1 else None
            out.append(replace(line, text=_words(heading["words"]), whole=True, mark=mark))
        elif _RULE.fullmatch(line.text) or _SEPARATOR.fullmatch(line.text):
            out.append(replace(line, text=""))
        elif line.text.startswith("|") and line.text.endswith("|") and len(line.text) > 2:
            table += not (place and lines[place - 1].text.startswith("|"))
            head = place + 1 < len(lines) and bool(_SEPARATOR.fullmatch(lines[place + 1].text))
            out.append(_row(line, table, head))
        else:
            out.append(replace(line, text=_words(line.text)))
    return tuple(_with_neighbours(out))


def _words(text: str) -> str:
    text = _BLOCK.sub("", text, count=1) if _BLOCK.match(text) else text
    text = _LINK.sub(r"\g<words>", _IMAGE.sub("", text)) if "](" in text else text
    text = _STRONG.sub(r"\g<words>", text) if "**" in text or "__" in text else text
    text = _SLANTED.sub(r"\g<words>", text) if "*" in text else text
    text = _TAG.sub(" ", text) if "<" in text else text
    return (_ESCAPED.sub(r"\1", text) if "\\" in text else text).strip()


def _row(line: Line, table: int, head: bool) -> Line:
    cells = tuple(Cell(_words(cell.strip()), header=head) for cell in line.text.strip("|").split("|"))
    return replace(line, text=" ".join(cell.text for cell in cells if cell.text), whole=True, mark=Row(table, cells))


def _with_neighbours(lines: list[Line]) -> list[Line]:
    """上一篇 and 下一篇 as the head of a table, the titles below them, as lines such as other pages print."""
    out = list(lines)
    for place, line in enumerate(lines):
        cells = line.mark.cells if isinstance(line.mark, Row) else ()
        if not cells or not all(
            cell.text and read_neighbours(Line(0, cell.text)) == _EMPTY[cell.text[0] in "上前"] for cell in cells
        ):
            continue
        below = next((other for other in range(place + 1, min(place + 3, len(lines))) if lines[other].text), None)
        titles = lines[below].mark.cells if below and isinstance(lines[below].mark, Row) else ()
        if len(titles) == len(cells):
            told = [f"{cell.text}：{title.text}" for cell, title in zip(cells, titles, strict=True)]
            out[place] = Line(line.number, "　".join(told), whole=True)
            out[below] = Line(lines[below].number, "")
    return out


_EMPTY = ({"next": ""}, {"prev": ""})
