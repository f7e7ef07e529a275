"""The reader of spreadsheets: lists of tasks, each sheet in order, its title above and a line for each row."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from importer.document import Cell, Document, Heading, Line, Row
from importer.evidence import found
from importer.readers.ooxml import Package
from importer.readers.table_heads import is_head
from importer.readers.unreadable import UnreadableFile, foreign_kind, refused_as
from importer.readers.xlsx.book import Book, Sheet

COVERED = 500_000  # cells that merged ones may lie over


class XlsxReader:
    name = "xlsx"

    def takes(self, raw: bytes, name: str) -> bool:
        return foreign_kind(raw) == "spreadsheet"

    def read(self, raw: bytes, name: str) -> Document:
        """The sheets' rows as lines. Merged cells are spans; their text is not repeated, or it would count twice.

        Raises UnreadableFile: damaged, encrypted, empty, or larger than COVERED, the book's limits and the package's.
        """
        package = Package(raw, name)
        with refused_as("damaged", name):
            book = Book(package)
            lines: list[Line] = []
            for table, sheet in enumerate(book.sheets(), 1):
                made = list(_lines(sheet, table, name))
                if lines and made and isinstance(made[0].mark, Row) and sheet.name:
                    made.insert(0, Line(0, sheet.name, whole=True, mark=Heading(2)))
                lines += made
            lines = [replace(line, number=number) for number, line in enumerate(lines, 1)]
        if not lines:
            raise UnreadableFile("empty", name)
        first, hints = lines[0], {}
        if first.mark is None and any(isinstance(line.mark, Row) for line in lines):
            hints["title"] = found(first.text, "sheet-title", first.text, first.number)
        warnings = (
            (f"hidden_left_out: {book.hidden} hidden sheets, rows or columns were left out",) if book.hidden else ()
        )
        return Document(tuple(lines), "utf-8", self.name, warnings, hints=hints)


def _lines(sheet: Sheet, table: int, name: str) -> Iterator[Line]:
    """The rows with more than one text and those between them are the table; what stands alone around it is text."""
    rows: dict[int, dict[int, str]] = {}
    for (row, column), text in sheet.cells.items():
        rows.setdefault(row, {})[column] = text
    wide = [row for row, cells in rows.items() if len(cells) > 1]
    first, last = (min(wide), max(wide)) if wide else (0, -1)
    inside = sorted(row for row in rows if first <= row <= last)
    columns = sorted({column for row in inside for column in rows[row]})
    spans, covered = _spans(sheet, inside, columns, name)
    for row in sorted(rows):
        if not first <= row <= last:
            for text in rows[row].values():
                yield from (Line(0, part.strip(), whole=True) for part in text.split("\n") if part.strip())
            continue
        texts = {column: " ".join(rows[row].get(column, "").split()) for column in columns}
        header = row in inside[:2] and row != last and is_head(list(texts.values()))
        cells = tuple(
            Cell(text, "", header, *spans.get((row, column), (1, 1)))
            for column, text in texts.items()
            if (row, column) not in covered
        )
        yield Line(0, " ".join(filter(None, texts.values())), whole=True, mark=Row(table, cells))


def _spans(sheet: Sheet, rows: list[int], columns: list[int], name: str) -> tuple[dict, set]:
    """(columns, rows) that merged cells span among those that are printed, and the places they lie over."""
    spans, covered, looked_at = {}, set(), 0
    for top, left, bottom, right in sheet.merged:
        below = rows[bisect_left(rows, top) : bisect_left(rows, bottom + 1)]
        beside = columns[bisect_left(columns, left) : bisect_left(columns, right + 1)]
        if not below or not beside or (below[0], beside[0]) != (top, left):
            continue
        looked_at += len(below) * len(beside)
        if looked_at > COVERED:
            raise UnreadableFile("too_much", name)
        places = {(row, column) for row in below for column in beside} - {(top, left)}
        if covered.isdisjoint(places | {(top, left)}):
            spans[top, left] = len(beside), len(below)
            covered |= places
    return spans, covered
