"""A workbook's sheets as the texts of their cells."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from importer.readers.characters import cleaned
from importer.readers.ooxml import Package, R, local
from importer.readers.unreadable import UnreadableFile
from importer.readers.xlsx.values import format_of, printed

SHEETS = 100
ROWS = 20_000  # of all sheets together
CELLS = 200_000
COLUMNS = 200  # further right nothing is read
_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_USUAL_NAME = re.compile(r"(?:sheet|工作表|表)\s*\d*", re.IGNORECASE)


@dataclass
class Sheet:
    """The texts of a sheet's cells by (row, column), and its merged cells as (top, left, bottom, right)."""

    name: str
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


class Book:
    """The workbook of a package; `hidden` counts the sheets, rows and columns that were left out."""

    def __init__(self, package: Package):
        """Raises UnreadableFile where the workbook itself is missing or broken."""
        self._package = package
        main = package.main("xl/workbook.xml")
        self._root = package.xml(main)
        if self._root is None:
            raise UnreadableFile("damaged", package.name)
        self._relations = package.relations(main)
        parts = {relation.kind: relation.target for relation in self._relations.values() if not relation.external}
        self._texts = [_text(item) for item in _children(package.xml(parts.get("sharedStrings")), "si")]
        self._formats = _formats(package.xml(parts.get("styles")))
        self._since_1904 = any(e.get("date1904") in ("1", "true") for e in _children(self._root, "workbookPr"))
        self._rows = self._cells = 0
        self.hidden = 0

    def sheets(self) -> Iterator[Sheet]:
        """The sheets a person sees, in their order; raises UnreadableFile for more rows or cells than the limits."""
        listed = [e for sheets in _children(self._root, "sheets") for e in _children(sheets, "sheet")]
        for element in listed[:SHEETS]:
            relation = self._relations.get(element.get(R + "id", ""))
            if relation is None or relation.kind != "worksheet":
                continue
            if element.get("state", "visible") != "visible":
                self.hidden += 1
                continue
            root = self._package.xml(relation.target)
            name = cleaned(element.get("name", "")).strip()
            if root is not None:
                yield self._sheet(root, "" if _USUAL_NAME.fullmatch(name) else name)

    def _sheet(self, root: etree._Element, name: str) -> Sheet:
        sheet = Sheet(name)
        hidden = _hidden_columns(root)
        self.hidden += len(hidden)
        number = 0
        for row in (row for data in _children(root, "sheetData") for row in _children(data, "row")):
            number = _integer(row.get("r"), number + 1)
            self._row(sheet, row, number, hidden)
        for merge in (merge for merges in _children(root, "mergeCells") for merge in _children(merges, "mergeCell")):
            corners = [_PLACE.fullmatch(corner) for corner in merge.get("ref", "").split(":")]
            if len(corners) == 2 and all(corners):
                (top, left), (bottom, right) = ((int(corner[2]), _column(corner[1])) for corner in corners)
                sheet.merged.append((top, left, bottom, right))
        return sheet

    def _row(self, sheet: Sheet, row: etree._Element, number: int, hidden: set[int]) -> None:
        if _is_on(row.get("hidden")):
            self.hidden += 1
            return
        column = 0
        for cell in _children(row, "c"):
            place = _PLACE.fullmatch(cell.get("r", ""))
            column = _column(place[1]) if place else column + 1
            text = "" if column in hidden or column > COLUMNS else self._value(cell).strip()
            if text:
                sheet.cells[number, column] = text
                self._cells += 1
        self._rows += 1
        if self._rows > ROWS or self._cells > CELLS:
            raise UnreadableFile("too_much", self._package.name)

    def _value(self, cell: etree._Element) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return "".join(map(_text, _children(cell, "is")))
        raw = next((value.text or "" for value in _children(cell, "v")), "")
        if kind == "s":
            index = _integer(raw, -1)
            return self._texts[index] if 0 <= index < len(self._texts) else ""
        if kind == "b":
            return {"1": "是", "0": "否"}.get(raw, "")
        if kind == "e":
            return ""  # #N/A, #REF!: nobody wrote it
        if kind == "n":
            return printed(raw, self._formats.get(_integer(cell.get("s"), 0), ""), self._since_1904)
        return cleaned(raw)


def _children(parent: etree._Element | None, name: str) -> Iterator[etree._Element]:
    return (child for child in (() if parent is None else parent) if local(child) == name)


def _text(element: etree._Element) -> str:
    """The text of a shared or inline string; how it is pronounced (rPh) is left out."""
    parts = []
    for child in element:
        if local(child) == "t":
            parts.append(child.text or "")
        elif local(child) == "r":
            parts += [part.text or "" for part in _children(child, "t")]
    return cleaned("".join(parts))


def _formats(styles: etree._Element | None) -> dict[int, str]:
    """The number format of each cell style."""
    custom = {
        _integer(e.get("numFmtId"), -1): e.get("formatCode", "")
        for formats in _children(styles, "numFmts")
        for e in _children(formats, "numFmt")
    }
    used = [e for cells in _children(styles, "cellXfs") for e in _children(cells, "xf")]
    return {index: format_of(_integer(e.get("numFmtId"), 0), custom) for index, e in enumerate(used)}


def _hidden_columns(root: etree._Element) -> set[int]:
    out: set[int] = set()
    for column in (column for columns in _children(root, "cols") for column in _children(columns, "col")):
        if _is_on(column.get("hidden")):
            first, last = _integer(column.get("min"), 1), _integer(column.get("max"), 0)
            out.update(range(first, min(last, COLUMNS) + 1))
    return out


def _is_on(value: str | None) -> bool:
    return value in ("1", "true")


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,9}", text) else default
