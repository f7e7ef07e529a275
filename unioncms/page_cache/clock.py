"""What comes true by the clock alone is dropped at its moment, also while the database is away."""

import heapq
import threading
from datetime import UTC, datetime

from organizations import kept

Moment = tuple[datetime, tuple[str, ...]]


class Clock(threading.Thread):
    """Drops tags at the moments it was told of, on time."""

    def __init__(self):
        super().__init__(name="page-cache-clock", daemon=True)
        self._changed = threading.Condition()
        self._ahead: list[Moment] = []
        self._done: dict[Moment, None] = {}
        self._ended = False

    def expect(self, moments: list[Moment]) -> None:
        """Take these for all that is ahead; of what has passed by now, what was not dropped yet is dropped at once."""
        with self._changed:
            self._ahead = [moment for moment in moments if moment not in self._done]
            heapq.heapify(self._ahead)
            self._changed.notify()

    def end(self) -> None:
        with self._changed:
            self._ended = True
            self._changed.notify()

    def run(self) -> None:
        with self._changed:
            while not self._ended:
                now = datetime.now(UTC)
                while self._ahead and self._ahead[0][0] <= now:
                    moment = heapq.heappop(self._ahead)
                    kept.drop(moment[1])
                    self._done[moment] = None
                    if len(self._done) > 1000:
                        del self._done[next(iter(self._done))]
                seconds = (self._ahead[0][0] - now).total_seconds() if self._ahead else None
                self._changed.wait(None if seconds is None else min(seconds, 60))
