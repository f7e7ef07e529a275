"""Whether a reading counts: not a robot's, not a page fetched ahead, not the same reader's again within a while.

Nothing is kept of who reads. A reader is known again by a keyed digest of address, browser and article, held in memory
for VIEWS_WINDOW_MINUTES; its key is random and another one every day, so that nobody finds the address behind it, nor
one day's reader on the next.
"""

import functools
import hashlib
import logging
import os
import re
import secrets
import sqlite3
import threading
import time
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from organizations.lockout import counted_address

MOST = 100_000
"""So many readers are remembered at once, in less than 10 MB; beyond that the oldest are forgotten early."""
MEMORY = Path("/dev/shm")  # noqa: S108  files there are memory that the processes of one machine share
BROWSERS = ("Mozilla/", "Opera/")
ROBOT = re.compile(
    r"(?<!cu)bot|crawl|spider|slurp|archiver|headless|lighthouse|phantom|preview|https?://", re.IGNORECASE
)
AHEAD = re.compile(r"prefetch|prerender|preview", re.IGNORECASE)
PURPOSES = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")

logger = logging.getLogger(__name__)


def counts(request, article: int) -> bool:
    """Whether this reading of the article numbered `article` is to be counted; says so once a reader and window."""
    if is_robot(request.headers.get("User-Agent", "")):
        return False
    if any(AHEAD.search(request.headers.get(name, "")) for name in PURPOSES):
        return False
    return not settings.VIEWS_WINDOW_MINUTES or _is_new(request, article)


def is_robot(agent: str) -> bool:
    """Whether `agent` (User-Agent) says that it is a program: no browser's name first, or a robot's among the words."""
    return not agent.startswith(BROWSERS) or ROBOT.search(agent) is not None


def _is_new(request, article: int) -> bool:
    reader = "\0".join((str(article), counted_address(request) or "", request.headers["User-Agent"])).encode()
    seconds, day = settings.VIEWS_WINDOW_MINUTES * 60, timezone.localdate().isoformat()
    if settings.REDIS_URL:
        key = cache.get_or_set(f"readers-key-{day}", lambda: secrets.token_bytes(32), 24 * 60 * 60)
        return cache.add(f"reader-{_digest(reader, key).hex()}", 1, seconds)
    try:
        return recent().add(reader, day, seconds)
    except sqlite3.Error:
        logger.exception("Readers cannot be remembered; a page that is loaded again is counted again")
        return True


def _digest(reader: bytes, key: bytes) -> bytes:
    return hashlib.blake2b(reader, key=key, digest_size=16).digest()


class RecentReaders:
    """Who was counted lately: digests and times in the SQLite file at `place`, which stands in memory."""

    def __init__(self, place: str):
        self._turn = threading.Lock()
        self._rows = sqlite3.connect(place, timeout=2, isolation_level=None, check_same_thread=False)
        self._rows.executescript(
            """PRAGMA synchronous = OFF;
            PRAGMA secure_delete = ON;
            CREATE TABLE IF NOT EXISTS today (day TEXT PRIMARY KEY, key BLOB NOT NULL);
            CREATE TABLE IF NOT EXISTS reader (id INTEGER PRIMARY KEY, digest BLOB UNIQUE NOT NULL, at REAL NOT NULL);
            CREATE INDEX IF NOT EXISTS reader_at ON reader (at);"""
        )

    def add(self, reader: bytes, day: str, seconds: float) -> bool:
        """Remember `reader` from now on for `seconds`; False where that is remembered already.

        The first one of a new `day` makes all before forgotten. Raises sqlite3.Error.
        """
        with self._turn, self._rows:
            self._rows.execute("BEGIN IMMEDIATE")
            key, now = self._key(day), time.time()
            self._rows.execute("DELETE FROM reader WHERE at <= ? OR at > ?", (now - seconds, now))
            found = self._rows.execute(
                "INSERT OR IGNORE INTO reader (digest, at) VALUES (?, ?)", (_digest(reader, key), now)
            )
            if found.rowcount:
                self._rows.execute("DELETE FROM reader WHERE id <= ?", (found.lastrowid - MOST,))
            return bool(found.rowcount)

    def close(self) -> None:
        self._rows.close()

    def _key(self, day: str) -> bytes:
        made = self._rows.execute("INSERT OR IGNORE INTO today VALUES (?, ?)", (day, secrets.token_bytes(32)))
        if made.rowcount:
            self._rows.execute("DELETE FROM today WHERE day <> ?", (day,))
            self._rows.execute("DELETE FROM reader")
        return self._rows.execute("SELECT key FROM today").fetchone()[0]


@functools.cache
def recent() -> RecentReaders:
    """The readers of this site on this machine; where memory cannot be shared, those of this process."""
    if not MEMORY.is_dir():
        return RecentReaders(":memory:")
    name = hashlib.blake2b(f"{settings.SECRET_KEY}\0{connection.settings_dict['NAME']}".encode(), digest_size=16)
    place = MEMORY / f"unioncms-readers-{name.hexdigest()}"
    try:
        os.close(os.open(place, os.O_CREAT | os.O_RDWR, 0o600))
        return RecentReaders(str(place))
    except (OSError, sqlite3.Error):
        logger.warning("Readers are remembered by each process for itself: %s cannot be used", MEMORY)
        return RecentReaders(":memory:")
