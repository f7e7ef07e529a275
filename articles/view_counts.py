"""How readings are counted: they gather in the process and are written every few seconds.

A process that is stopped writes what waits before it ends; one that crashes loses what came since the last writing.
"""

import datetime
import logging
import threading
import time
from collections import Counter, defaultdict
from itertools import batched

from django.conf import settings
from django.db import close_old_connections, connection, connections, transaction
from django.tasks import task
from django.utils import timezone
from django.utils.translation import ngettext

from .models import DailyViewCount, ViewCount

MANY = 500
"""So many waiting readings are written before their time."""
TICK = 0.2
ROWS = 5000  # of one statement: SQLite takes at most 32,766 values

logger = logging.getLogger(__name__)


def said(count: int) -> str:
    """The number of readings in the page's words."""
    return ngettext("read once", "read %(count)d times", count) % {"count": count}


class Waiting:
    """Readings of this process that are not in the database yet, by day and article."""

    def __init__(self):
        self._lock = threading.Lock()
        self._turn = threading.Lock()  # one batch at a time, so that none overtakes another
        self._gathered: dict[datetime.date, Counter[int]] = defaultdict(Counter)
        self._in_hand: dict[datetime.date, Counter[int]] = {}
        self._writer: threading.Thread | None = None
        self._pruned: datetime.date | None = None

    def add(self, article: int) -> None:
        """Count one reading of the article numbered `article`, today; it is written within VIEWS_WRITE_SECONDS."""
        with self._lock:
            self._gathered[timezone.localdate()][article] += 1
            if self._writer is None:
                self._writer = self._start()

    def of(self, article: int) -> int:
        """How many readings of it wait."""
        with self._lock:
            return sum(counts[article] for days in (self._gathered, self._in_hand) for counts in days.values())

    def write(self) -> None:
        """Write what waits; what cannot be written waits on, and the database's error is raised."""
        with self._turn:
            with self._lock:
                self._in_hand, self._gathered = self._gathered, defaultdict(Counter)
            try:
                store(self._in_hand)
            except BaseException:
                with self._lock:
                    for day, counts in self._in_hand.items():
                        self._gathered[day].update(counts)
                raise
            finally:
                with self._lock:
                    self._in_hand = {}
        if self._pruned != timezone.localdate():
            self._pruned = timezone.localdate()
            prune.enqueue()

    def _how_many(self) -> int:
        with self._lock:
            return sum(counts.total() for counts in self._gathered.values())

    def _start(self) -> threading.Thread:
        # never a daemon, which it would become in a server's own thread: nobody waits for those
        writer = threading.Thread(target=self._write_until_none_waits, name="view counts", daemon=False)
        writer.start()
        return writer

    def _write_until_none_waits(self) -> None:
        """The writer's life. Python waits for this thread before a process ends, and it for the main one to end.

        So it needs neither a signal's handler nor atexit, which servers' worker processes do not all honour.
        """
        main = threading.main_thread()
        try:
            while True:
                due = time.monotonic() + settings.VIEWS_WRITE_SECONDS
                while main.is_alive() and time.monotonic() < due and self._how_many() < MANY:
                    main.join(TICK)
                stopped = not main.is_alive()
                try:
                    close_old_connections()
                    self.write()
                except Exception:
                    logger.exception("%d readings could not be written", self._how_many())
                    if stopped:
                        return
                    main.join(settings.VIEWS_WRITE_SECONDS)
                with self._lock:
                    if not self._gathered:
                        self._writer = None
                        return
        finally:
            connections.close_all()


waiting = Waiting()


def store(readings: dict[datetime.date, Counter[int]]) -> None:
    """Add readings to the counts of the articles and of their days: one statement each, whatever other processes do."""
    totals = sum(readings.values(), Counter())
    days = [(day, article, count) for day, counts in readings.items() for article, count in counts.items()]
    with transaction.atomic():
        _add(ViewCount, ("article_id",), totals.items())
        _add(DailyViewCount, ("day", "article_id"), days)


def _add(model, key: tuple[str, ...], rows) -> None:
    """Add the last value of each of `rows` to the count at its key. In one order, or two processes await each other."""
    table = connection.ops.quote_name(model._meta.db_table)
    for some in batched(sorted(rows), ROWS):
        values = ", ".join([f"({', '.join(['%s'] * (len(key) + 1))})"] * len(some))
        statement = f"INSERT INTO {table} ({', '.join(key)}, count) VALUES {values}"  # noqa: S608  names of ours
        statement += f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET count = {table}.count + excluded.count"
        with connection.cursor() as cursor:
            cursor.execute(statement, [value for row in some for value in row])


@task
def prune() -> int:
    """For the worker, once a day: forget the days before the last VIEWS_KEEP_DAYS; returns how many rows went."""
    first = timezone.localdate() - datetime.timedelta(days=settings.VIEWS_KEEP_DAYS - 1)
    return DailyViewCount.objects.filter(day__lt=first).delete()[0]
