"""Reading the items of a batch that wait: each once, whatever is interrupted."""

from collections.abc import Callable

from .models import ImportBatch


def read_batch(pk: int, *, workers: int = 1, progress: Callable[[int, int, str], None] | None = None) -> ImportBatch:
    """Read the queued items of batch `pk` and return it; `progress` is told (done, total, name) after each.

    May be called again after an interrupt, and by several processes at once: what has been read, or is being read by a
    living process, is left alone. A file that cannot be read fails with a sentence and the others go on.
    """
    raise NotImplementedError
