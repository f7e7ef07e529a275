"""Tables in a plan: rows of cells, their header, and the figures a row promises."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .paragraphs import Paragraph
from .quantities import UNIT, Quantity, find_quantities
from .widths import fold

GAP = re.compile(r"[ \u3000]*(?:\t|\|| {2,}|\u3000)[ \u3000\t|]*")
LEAST_CELLS = 3
LONGEST_CELL = 60
LONGEST_UNIT = 3
SAMPLE = 8  # so many rows tell what a column holds
# What a column holds, by the words of its header.
COLUMNS = {
    "number": r"序号|编号|电话|联系|页码|邮编|日期|备注",
    "deadline": r"时限|时间|期限|月份|进度|完成日",
    "unit": r"^(?:计量|计数)?单位$",
    "duty": r"责任|负责|牵头|单位(?!:)|部门|承办|领导|联系人",
    "done": r"完成(?:数|情况|率)|实际|实绩|已完成|上年|去年|现状|基数",
    "amount": r"目标|指标|数量|任务数|计划数|人数|场次|次数|金额|经费|数值|年度任务|家数|户数",
    "object": r"任务|项目|内容|事项|措施|工作|活动|名称|指标名",
}
HEADER = re.compile("|".join(COLUMNS.values()))
BARE = re.compile(r"\s*(?P<left>[≥≤><]=?|不少于|不低于|至少|约)?\s*(?P<number>[\d,.]+)\s*(?P<right>以上|以内|左右)?\s*")
IN_BRACKETS = re.compile(rf"[((](?:单位:)?((?:万|亿)?(?:{UNIT}))[))]")


@dataclass(frozen=True)
class Figure:
    """A figure of a row, with the words that name what is counted."""

    quantity: Quantity
    object: str


@dataclass(frozen=True)
class Row:
    """A row below a header: its figures, the words of its deadline, whether it tells what was done."""

    figures: tuple[Figure, ...]
    deadline: str | None
    done: bool = False


def cells_of(paragraph: Paragraph) -> tuple[str, ...]:
    """The cells of a row: those the reader gave, else those that tabs, bars or wide gaps part; () for text."""
    if paragraph.cells:
        return paragraph.cells
    if "。" in paragraph.text:
        return ()
    text = paragraph.text.strip()
    if len(text) > LEAST_CELLS * LONGEST_CELL or not GAP.search(text):
        return ()
    cells = tuple(cell for cell in GAP.split(text.strip("|")) if cell is not None)
    return cells if len(cells) >= LEAST_CELLS and all(len(cell) <= LONGEST_CELL for cell in cells) else ()


def table_rows(paragraphs: Sequence[Paragraph]) -> dict[int, tuple[str, ...]]:
    """The paragraphs that are rows of a table, with their cells: the reader's, and lines in columns below a header."""
    rows, below = {}, 0
    for at, paragraph in enumerate(paragraphs):
        cells = cells_of(paragraph)
        if paragraph.cells:
            rows[at] = cells
        elif cells and ((below and abs(len(cells) - below) <= 1) or _is_header(cells)):
            rows[at] = cells
            below = below or len(cells)
        else:
            below = 0
    return rows


def _is_header(cells: Sequence[str]) -> bool:
    named = [cell for cell in cells if len(cell) <= 12 and HEADER.search(fold(cell))]
    return len(named) >= 2 and len(named) >= len(cells) / 2 and not any(re.search(r"\d", cell) for cell in cells)


def read_tables(paragraphs: Sequence[Paragraph]) -> dict[int, Row]:
    """For each row of a table what it promises; headers and rows without a figure promise nothing."""
    cells = table_rows(paragraphs)
    found, columns, units, last = {}, [], [], None
    for at, row in sorted(cells.items()):
        if last is None or at != last + 1 or _is_header(row):
            columns, units = [], []
        last = at
        if _is_header(row):
            below = [cells[later] for later in range(at + 1, at + 1 + SAMPLE) if len(cells.get(later, ())) == len(row)]
            columns = [_column(fold(cell), [fold(other[place]) for other in below]) for place, cell in enumerate(row)]
            units = [IN_BRACKETS.search(fold(cell)) for cell in row]
            found[at] = Row((), None)
        else:
            found[at] = _row(paragraphs[at], row, columns, [unit[1] if unit else "" for unit in units])
    return found


def _column(words: str, below: Sequence[str]) -> str:
    """What a column holds, by its header and, where that may mean two things, by the cells below it."""
    kind = next((kind for kind, pattern in COLUMNS.items() if re.search(pattern, words)), "")
    figures = sum(1 for cell in below if BARE.fullmatch(cell))
    if kind in ("object", "") and figures and figures * 2 >= len(below) and (kind or IN_BRACKETS.search(words)):
        return "amount"  # 建会任务(家)
    if kind == "unit" and any(len(cell.strip()) > LONGEST_UNIT for cell in below):
        return "object"  # 单位: the bodies that are to do it
    return kind


def _row(paragraph: Paragraph, cells: Sequence[str], columns: Sequence[str], units: Sequence[str]) -> Row:
    kinds = [columns[at] if at < len(columns) and len(columns) == len(cells) else "" for at in range(len(cells))]
    named = {kind: cell.strip() for kind, cell in zip(reversed(kinds), reversed(cells), strict=True) if cell.strip()}
    words = named.get("object") or next((cell for cell in cells if len(re.findall(r"[\u4e00-\u9fff]", cell)) > 2), "")
    figures, position = [], 0
    for at, (cell, kind) in enumerate(zip(cells, kinds, strict=True)):
        start = max(0, paragraph.text.find(cell, position))
        position = start + len(cell)
        if kind in ("number", "deadline", "duty", "unit", "done") or (not kind and at == 0):
            continue
        bare = BARE.fullmatch(fold(cell)) if kind == "amount" else None
        unit = fold(named.get("unit") or (units[at] if at < len(units) else ""))
        text = f"{fold(cell).strip()}{unit}" if bare and unit else fold(cell)
        if bare and unit and bare["right"]:
            text = f"{bare['left'] or ''}{bare['number']}{unit}{bare['right']}"
        lead = len(cell) - len(cell.lstrip()) if bare and unit else 0
        for quantity in find_quantities(text):
            if quantity.written in ("bare", "first") or (quantity.written == "chinese" and quantity.number <= 1):
                continue
            moved = quantity._replace(start=start + lead + quantity.start, end=min(position, start + quantity.end))
            own = text[: quantity.start].rstrip("约至少不低于超过达到 :")
            figures.append(Figure(moved, _named(cell, own, words)))
    return Row(tuple(figures), named.get("deadline"))


def _named(cell: str, own: str, words: str) -> str:
    """The words of the cell before the figure where they name something, else those of the row's task."""
    clause = re.split(r"[,;、。:]", own)[-1].strip()
    return cell[own.rfind(clause) :][: len(clause)] if len(clause) > 1 and own.rfind(clause) >= 0 else words or cell
