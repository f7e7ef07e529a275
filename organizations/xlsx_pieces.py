"""A table as an .xlsx file, in pieces as a server streams it. Text is text: no cell is ever a formula or a link."""

import datetime
import tempfile
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_048_575  # what a sheet holds below its head
LONGEST = 32_767  # characters of a cell
_PIECE = 256 * 1024
_WIDEST, _NARROWEST = 60, 8


def pieces(header: Iterable, rows: Iterable, row: Callable = tuple, *, sheet: str = "") -> Iterator[bytes]:
    """The file of one sheet with `header` and `row(each)` for each of `rows`, of which it takes MOST_ROWS at most.

    Numbers are numbers, everything else is text as it stands. The rows are read, and the file is made on disk, at the
    call; only its bytes come later.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115  it is closed when its last piece is read, or forgotten
    with Workbook(file, {"constant_memory": True}) as book:
        page = book.add_worksheet(sheet[:31] or None)
        bold, wrapped = book.add_format({"bold": True, "bottom": 2}), book.add_format({"valign": "top"})
        names = [str(name) for name in header]
        for place, name in enumerate(names):
            page.set_column(place, place, min(max(2 * len(name) + 2, _NARROWEST), _WIDEST), wrapped)
            page.write_string(0, place, name, bold)
        page.freeze_panes(1, 0)
        for number, one in zip(range(1, MOST_ROWS + 1), rows, strict=False):
            for place, value in enumerate(row(one)):
                _write(page, number, place, value)
    return _read(file)


def _read(file) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece


def _write(page: Worksheet, number: int, place: int, value) -> None:
    if value is None or value == "":
        return
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        page.write_number(number, place, value)
    elif isinstance(value, datetime.date):
        page.write_string(number, place, value.isoformat()[:10])
    else:
        page.write_string(number, place, str(value)[:LONGEST])
