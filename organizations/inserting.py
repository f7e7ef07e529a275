"""Many new rows by the way each database takes them in quickest: COPY on PostgreSQL, one statement again on SQLite."""

from collections.abc import Iterable, Sequence

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Field, Model

FEW = 64
"""Of fewer rows bulk_create asks for the keys by the statement that inserts them."""


def insert[T: Model](rows: Iterable[T], *, keys: bool = True) -> list[T]:
    """What bulk_create does with rows that are all of one model, with keys of their own or all without.

    Where the rows need not know the `keys` that they get, nobody asks for them. To be called within a transaction.
    Generated columns are read when they are asked for; a default that the database has must be given by the rows.
    Raises what bulk_create raises.
    """
    rows = list(rows)
    if not rows:
        return rows
    meta = rows[0]._meta
    numbered = meta.pk.is_relation or all(row.pk is not None for row in rows)
    if keys and not numbered:
        if len(rows) < FEW:
            return meta.base_manager.bulk_create(rows)
        for row, number in zip(rows, _numbers(meta, len(rows)), strict=True):
            row.pk = number
    related = [field for field in meta.local_concrete_fields if field.is_relation]
    for row in rows:
        for field in related:
            if getattr(row, field.attname) is None and field.is_cached(row):
                setattr(row, field.name, field.get_cached_value(row))  # it was saved meanwhile
    left = {meta.pk} if not keys and not numbered else set()
    _write(meta.db_table, [one for one in meta.local_concrete_fields if not one.generated and one not in left], rows)
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias
    return rows


def _numbers(meta, count: int) -> Iterable[int]:
    """So many keys that no row has had."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sequence = [meta.db_table, meta.pk.column, count]
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", sequence)
            return [number for (number,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [meta.db_table])
        last = (cursor.fetchone() or (0,))[0]
        return range(last + 1, last + 1 + count)


def _write(table: str, fields: Sequence[Field], rows: Iterable[Model]) -> None:
    database = connections[DEFAULT_DB_ALIAS]  # asked for thousands of times: the proxy would look it up each time
    values = ([field.get_db_prep_save(field.pre_save(row, True), database) for field in fields] for row in rows)
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            statement = f"COPY {quote(table)} ({columns}) FROM STDIN"
            with connection.wrap_database_errors, cursor.copy(statement) as copy:
                for row in values:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(fields))
        cursor.executemany(f"INSERT INTO {quote(table)} ({columns}) VALUES ({marks})", list(values))  # noqa: S608
