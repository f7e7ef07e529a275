"""The thread that reads what changed, a few times a second, and drops what was kept of it."""

import logging
import threading
from datetime import timedelta
from time import monotonic

from django.db import DEFAULT_DB_ALIAS, connections
from django.utils import timezone

from articles import concerned
from organizations import kept
from organizations.kept import SITE

from .clock import Clock
from .entries import Entries, Lost

logger = logging.getLogger(__name__)

EVERY = 0.2
"""Seconds between two looks."""
RETRY = 0.5
AWAY_AFTER = 2.0
"""Seconds without a look after which the database is said to be away."""
STALE_AT_MOST = 600
"""Seconds for which what is kept may be used while the database cannot be read."""
AHEAD = timedelta(seconds=STALE_AT_MOST + 300)
BEHIND = timedelta(seconds=5)
LOOK_AHEAD_EVERY, LOOK_AHEAD_AT_MOST_EVERY = 30.0, 1.0
CHECK_EVERY = 5.0
SETTLES_WITHIN = 60.0
NETWORK_SECONDS = 5


class Watcher(threading.Thread):
    """One a process. What it sees it drops (organizations.kept); as long as it sees, what is kept is trusted."""

    def __init__(self):
        super().__init__(name="page-cache-watcher", daemon=True)
        self.clock = Clock()
        self.seen_at = 0.0
        self._ended = threading.Event()
        self._ahead_at = self._checked_at = float("-inf")
        self._news = True
        self._day = None
        self._entries: Entries | None = None
        self._started_at = 0.0
        self._trusted = self._failing = False

    def is_away(self) -> bool:
        """Whether the database could not be read lately."""
        return monotonic() - self.seen_at > AWAY_AFTER

    def end(self) -> None:
        self._ended.set()
        self.clock.end()
        kept.trust(0)

    def run(self) -> None:
        connections[DEFAULT_DB_ALIAS] = _own_connection()
        self.clock.start()
        while not self._ended.is_set():
            try:
                self.look()
                wait = EVERY
                if self._failing:
                    logger.warning("The database can be read again.")
                self._failing = False
            except Lost as error:
                logger.warning("Every kept page is dropped: %s", error)
                self._entries, wait = None, 0
            except Exception as error:  # whatever goes wrong: what is kept is trusted for a while, then no longer
                if not self._failing:
                    logger.warning("Changes of the database cannot be read: %s", error, exc_info=True)
                self._failing, wait = True, RETRY
                connections.close_all()  # this thread's own
            self._ended.wait(wait)
        connections.close_all()

    def look(self) -> None:
        """Drop what changed since the last look."""
        now = monotonic()
        if self._entries is None or (self._trusted and not kept.is_trusted()):
            self._begin(now)
        for _number, tags in self._entries.new(now):
            self._news = True
            kept.drop(tags)
        if now - self._checked_at >= CHECK_EVERY:
            self._entries.check()
            self._checked_at = now
        self._look_ahead(now)
        self._turn_the_day()
        if not self._trusted:
            self._trusted = self._entries.settled() or now - self._started_at > SETTLES_WITHIN
        if self._trusted and not self._ended.is_set():
            kept.trust(STALE_AT_MOST)
            self.seen_at = monotonic()

    def _begin(self, now: float) -> None:
        """From the end of the trail, with nothing kept: at the start, and when what happened meanwhile is not known."""
        self._trusted = False
        kept.trust(0)
        entries = Entries(connections[DEFAULT_DB_ALIAS])
        entries.start()
        kept.drop([SITE])
        self._entries, self._started_at, self._news = entries, now, True

    def _look_ahead(self, now: float) -> None:
        if now - self._ahead_at < (LOOK_AHEAD_AT_MOST_EVERY if self._news else LOOK_AHEAD_EVERY):
            return
        moment = timezone.now()
        self.clock.expect([(at, tuple(tags)) for at, tags in concerned.coming(moment - BEHIND, moment + AHEAD)])
        self._ahead_at, self._news = now, False

    def _turn_the_day(self) -> None:
        """Pages print the day. While the database is away yesterday's are better than none."""
        day = timezone.localdate()
        if self._day is not None and day != self._day:
            kept.drop([SITE])
        self._day = day


def _own_connection():
    """A connection of this thread that does not wait for a dead network until the system gives up."""
    own = connections.create_connection(DEFAULT_DB_ALIAS)
    if own.vendor == "postgresql":
        limits = {"connect_timeout": NETWORK_SECONDS, "tcp_user_timeout": NETWORK_SECONDS * 1000}
        own.settings_dict = own.settings_dict | {"OPTIONS": limits | own.settings_dict["OPTIONS"]}
    return own
