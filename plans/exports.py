"""A table of plans or targets taken away as a file: CSV, Excel or JSON, of the same rows and columns."""

import datetime
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import batched

from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils.translation import get_language, override

from organizations import csv_pieces

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


@dataclass(frozen=True)
class Column:
    """A column of a file: `key` in JSON, `label` as the head of a table, `read` gives the value of a row."""

    key: str
    label: str
    read: Callable


def answer(wanted: str, name: str, columns: Sequence[Column], rows: Iterable) -> HttpResponseBase:
    """The file `name` of the kind `wanted` (csv, xlsx or json), streamed. Rows are read in today's language.

    JSON is `{"columns": {key: label}, "rows": [{key: value}]}`; numbers are numbers, days ISO 8601, nothing is null.
    """
    header = [str(column.label) for column in columns]

    def cells(row) -> list:
        return [column.read(row) for column in columns]

    if wanted == "csv":
        content = csv_pieces.pieces(header, rows, lambda row: map(_plain, cells(row)), size=500)
    elif wanted == "xlsx":
        from organizations import xlsx_pieces  # with a library that only these files need

        content = xlsx_pieces.pieces(header, rows, cells)
    else:
        content = _json_pieces(columns, rows, get_language())
    response = StreamingHttpResponse(content, content_type=TYPES[wanted])
    response["Content-Disposition"] = f'attachment; filename="{name}.{wanted}"'
    return response


def _plain(value):
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def _json_pieces(columns: Sequence[Column], rows: Iterable, language: str | None) -> Iterator[bytes]:
    with override(language):
        labels = {column.key: str(column.label) for column in columns}
    yield f'{{"columns": {json.dumps(labels, ensure_ascii=False)}, "rows": ['.encode()
    first = True
    for some in batched(rows, 500):
        with override(language):
            lines = [
                json.dumps({column.key: _value(column.read(row)) for column in columns}, ensure_ascii=False)
                for row in some
            ]
        yield (("\n" if first else ",\n") + ",\n".join(lines)).encode()
        first = False
    yield b"\n]}\n"


def _value(value):
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    return None if value is None or value == "" else value if isinstance(value, int | float) else str(value)
