"""Long work in short transactions. SQLite lets one writer in at a time, and whoever waits looks again every 0.1 s."""

import time

from django.db import connection

PAUSE = 0.12  # seconds: longer than anybody who waits sleeps between two looks


def give_way() -> None:
    """To be called between two transactions of a long work, so that those who wait to write come in between.

    Costs nothing on a database where writers do not wait for one another, nor within a transaction.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        time.sleep(PAUSE)
