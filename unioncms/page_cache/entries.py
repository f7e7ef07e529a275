"""New entries of the audit trail, in the order in which they can be read: what a process has to drop."""

import json
import os
from collections.abc import Iterator

from django.db import DatabaseError

from organizations.models import AuditEntry

BATCH = 1_000
MOST_MISSING = 10_000
GIVEN_UP_AFTER = 10.0
"""Seconds for which a missing number is asked for at least. A number is given out a moment before its transaction has
one, so that the ids of transactions alone might call it lost too early."""
_TABLE = AuditEntry._meta.db_table
_SINCE = f"SELECT id, tags FROM {_TABLE} WHERE id > %s ORDER BY id LIMIT {BATCH}"  # noqa: S608  its own names
_NEWEST = f"SELECT coalesce(max(id), 0) FROM {_TABLE}"  # noqa: S608
_LATE = f"SELECT id, tags FROM {_TABLE} WHERE id = ANY(%s)"  # noqa: S608
_RUNNING = "SELECT pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint FROM pg_current_snapshot() s"


class Lost(Exception):
    """The trail is another one than before, or too much of it is missing: everything may have changed."""


class Entries:
    """Reads the trail from its end on, by a connection that nobody else uses meanwhile.

    SQLite commits in the order of the numbers. PostgreSQL gives numbers out before the commit: a missing one is asked
    for until every transaction that ran when it was missed has ended.
    """

    def __init__(self, connection):
        self.connection = connection
        self.counts_transactions = connection.vendor == "postgresql"
        self.position: int | None = None
        self._missing: dict[int, tuple[int, float]] = {}  # number: the transaction and the time before which it is
        self._settled_at: int | None = None
        self._file: tuple[int, int] | None = None

    def start(self) -> None:
        """Begin at the end of the trail as it is now."""
        self._check_file(renew=True)
        self.position = self._one(_NEWEST)[0]
        self._missing.clear()
        self._settled_at = self._one(_RUNNING)[1] if self.counts_transactions else None

    def settled(self) -> bool:
        """Whether what was being written when this started has ended, so that no older number can still come."""
        if self._settled_at is not None and self._one(_RUNNING)[0] >= self._settled_at:
            self._settled_at = None
        return self._settled_at is None

    def new(self, now: float) -> Iterator[tuple[int, list[str]]]:
        """(number, tags) of every entry that has come since the last call; `now` in seconds, monotonic.

        Raises DatabaseError where the database is away, Lost where the trail is another one.
        """
        self._check_file()
        yield from self._late(now)
        while True:
            rows = self._all(_SINCE, self.position)
            if rows and self.counts_transactions:
                self._miss(rows, now)
            for number, tags in rows:
                self.position = number
                yield number, json.loads(tags) if isinstance(tags, str) else tags
            if len(rows) < BATCH:
                return

    def check(self) -> None:
        """Raise Lost where the trail ends before what was read of it (a backup was put back)."""
        if self._one(_NEWEST)[0] < self.position:
            raise Lost("The audit trail is shorter than it was.")

    def _miss(self, rows, now: float) -> None:
        there = {number for number, _tags in rows}
        if rows[-1][0] - self.position > MOST_MISSING + len(there) or len(self._missing) > MOST_MISSING:
            raise Lost("Too many numbers of the audit trail are missing.")
        gone = [number for number in range(self.position + 1, rows[-1][0]) if number not in there]
        if gone:
            self._missing |= dict.fromkeys(gone, (self._one(_RUNNING)[1], now + GIVEN_UP_AFTER))

    def _late(self, now: float) -> Iterator[tuple[int, list[str]]]:
        if not self._missing:
            return
        oldest = self._one(_RUNNING)[0]  # before the numbers are asked for: what ended until now can be read then
        for number, tags in self._all(_LATE, list(self._missing)):
            del self._missing[number]
            yield number, json.loads(tags) if isinstance(tags, str) else tags
        for number, (transaction, until) in list(self._missing.items()):
            if transaction <= oldest and until <= now:
                del self._missing[number]

    def _check_file(self, *, renew: bool = False) -> None:
        """SQLite goes on reading a file that was moved away, and makes a new one where there is none."""
        name = self.connection.settings_dict["NAME"]
        if self.connection.vendor != "sqlite" or not os.path.isabs(name):
            return
        try:
            found = os.stat(name)
        except OSError as error:
            raise DatabaseError("The database's file is away.") from error
        here = (found.st_dev, found.st_ino)
        if renew:
            self._file = here
        elif here != self._file:
            self.connection.close()
            self._one(_NEWEST)  # an error where it is no database of ours: a request made it where there was none
            raise Lost("The database's file is another one.")

    def _one(self, statement: str):
        return self._all(statement)[0]

    def _all(self, statement: str, *values):
        with self.connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall()
