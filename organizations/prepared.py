"""Queries written once and asked often: the ORM writes a large one longer than a database looks for its answer.

    @prepared
    def _like(*, pk, words):
        return Article.objects.filter(...)

    rows = _like(pk=3, words=("a", "b"))  # a queryset's rows, in a list

The statement is written the first time, with values that stand for others, and remembered for each `shape`: what is
given by position, and how many values each sequence has. The function must use its named values for nothing but
conditions and columns; what depends on them otherwise belongs to the shape.
"""

import copy
import datetime
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from threading import Lock

from django.db import connections, router
from django.db.models import QuerySet

MOST = 300
"""So many statements a function remembers; a shape is seldom another one."""
_FIRST_INT, _FIRST_MOMENT = 31_701, datetime.datetime(1804, 5, 6, 7, 8, 9, 1, tzinfo=datetime.UTC)


class _Statement:
    """A compiler that has written its statement, and which of its parameters are which values."""

    def __init__(self, queryset: QuerySet, using: str, markers: dict):
        self.queryset, self.using = queryset, using
        self.compiler = queryset.query.get_compiler(using)
        self.sql, params = self.compiler.as_sql()
        places = {_key(_adapted(marker, self.compiler.connection)): name for name, marker in markers.items()}
        self.converters = None  # of what the columns hold: looked for column by column, for the first rows
        self.params = [(places.get(_key(param)), param) for param in params]
        if unused := set(markers) - {name for name, _param in self.params}:
            raise ValueError(f"The statement leaves out what it is given: {sorted(name for name, _place in unused)}")

    def rows(self, values: dict) -> list:
        connection = connections[self.using]
        params = tuple(param if name is None else _like(param, values[name], connection) for name, param in self.params)
        compiler = copy.copy(self.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda *args, **kwargs: (self.sql, params)
        if self.converters is None:
            self.converters = compiler.get_converters([column for column, *_more in compiler.select])
        compiler.get_converters = lambda columns: self.converters
        rows = self.queryset._chain()
        rows.query.get_compiler = lambda *args, **kwargs: compiler
        return list(rows)


def _key(param):
    """By kind and value: psycopg has kinds of its own for whole numbers of each size."""
    return (int, int(param)) if isinstance(param, int) else (type(param), param)


def _adapted(value, connection):
    if isinstance(value, datetime.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, datetime.date) else value


def _like(param, value, connection):
    """`value` as the database is given it in the place of `param`."""
    return type(param)(value) if isinstance(param, int) else _adapted(value, connection)


def _marker(value, number: int):
    """A value like `value` that stands for it, and that no statement of ours holds by itself.

    Whole numbers fit the smallest column: Django leaves out a condition that no value of the column can meet.
    """
    if isinstance(value, datetime.date):
        moment = _FIRST_MOMENT + datetime.timedelta(days=number)
        return moment if isinstance(value, datetime.datetime) else moment.date()
    return _FIRST_INT + number if isinstance(value, int) else f"\ue000{number}\ue000"


def prepared(build: Callable[..., QuerySet]) -> Callable[..., list]:
    """`build(*shape, **values)`, which returns a queryset, as a function that returns its rows."""
    known: OrderedDict[tuple, _Statement] = OrderedDict()
    lock = Lock()

    @wraps(build)
    def ask(*shape, **values) -> list:
        flat = {}
        for name, value in values.items():
            if isinstance(value, list | tuple):
                flat |= {(name, place): one for place, one in enumerate(value)}
            else:
                flat[name, None] = value
        sizes = tuple(len(value) if isinstance(value, list | tuple) else None for value in values.values())
        using = router.db_for_read(None)
        key = (using, connections[using].vendor, shape, sizes)
        if (statement := known.get(key)) is None:
            markers = {name: _marker(value, number) for number, (name, value) in enumerate(flat.items())}
            given = {
                name: [markers[name, place] for place in range(len(value))]
                if isinstance(value, list | tuple)
                else markers[name, None]
                for name, value in values.items()
            }
            statement = _Statement(build(*shape, **given), using, markers)
            with lock:
                known[key] = statement
                if len(known) > MOST:
                    known.popitem(last=False)
        return statement.rows(flat)

    return ask
