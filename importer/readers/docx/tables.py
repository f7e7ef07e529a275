"""A Word table's grid: which cells a row prints, and how many columns and rows each one spans."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from importer.readers.docx.numbering import W, is_on
from importer.readers.ooxml import local

COLUMNS = 1_000
_WRAPPERS = ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")


@dataclass
class GridCell:
    """A printed cell: its XML (None where a row begins further right) and its spans."""

    element: etree._Element | None
    columns: int = 1
    rows: int = 1


@dataclass
class GridRow:
    """A row's printed cells, and whether Word repeats it on every page as the table's head."""

    header: bool
    cells: list[GridCell]


def read_grid(table: etree._Element) -> list[GridRow]:
    """The rows of a <w:tbl>; a cell merged into the one above is left out there and counted in its rows."""
    rows = []
    open_cells: dict[int, GridCell] = {}  # by the column they begin in: cells that may go on below
    for element in _inside(table, "tr"):
        properties = element.find(W + "trPr")
        if properties is not None and properties.find(W + "del") is not None:
            continue
        column, below = 0, {}
        row = GridRow(properties is not None and is_on(properties.find(W + "tblHeader")), [])
        skipped = _number(properties, "gridBefore", 0)
        if skipped:
            row.cells.append(GridCell(None, skipped))
            column = skipped
        for cell in _inside(element, "tc"):
            own = cell.find(W + "tcPr")
            span = _number(own, "gridSpan", 1)
            merge = None if own is None else own.find(W + "vMerge")
            above = open_cells.get(column)
            if merge is not None and merge.get(W + "val", "continue") == "continue" and above and above.columns == span:
                above.rows += 1
                below[column] = above
            else:
                row.cells.append(GridCell(cell, span))
                if merge is not None:
                    below[column] = row.cells[-1]
            column += span
        open_cells = below
        rows.append(row)
    return rows


def _inside(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    for child in parent:
        if local(child) == name:
            yield child
        elif local(child) in _WRAPPERS:
            yield from _inside(child, name)


def _number(properties: etree._Element | None, name: str, default: int) -> int:
    said = None if properties is None else properties.find(W + name)
    text = "" if said is None else said.get(W + "val", "")
    return min(int(text), COLUMNS) if text.isdecimal() and int(text) else default
