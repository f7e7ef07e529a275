"""Who reads which item: claimed by one update, so that two readers never read one item twice.

A claim names the machine and the process. It ends when the item is read, when its process is found dead on the same
machine, or after LEASE, which is far longer than any reader may take for a file.
"""

import os
import socket
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

from django.db.models import Q
from django.utils import timezone

from importer.models import ImportBatch, ImportItem

LEASE = timedelta(minutes=10)


_own: set[str] = set()  # the claims of this process


def new_claim() -> str:
    claim = f"{socket.gethostname()[:60]}:{os.getpid()}:{uuid4().hex[:8]}"
    _own.add(claim)
    return claim


def claimed(batch: ImportBatch, claim: str) -> Iterator[ImportItem]:
    """Queued items of `batch`, each claimed for `claim` when its turn comes, until none is free."""
    while pk := _free(batch).values_list("pk", flat=True).first():
        # whoever comes second finds the row no longer free and takes the next one
        if _free(batch).filter(pk=pk).update(claimed_by=claim, claimed_at=timezone.now()):
            yield ImportItem.objects.select_related("batch").get(pk=pk)


def release(batch: ImportBatch, claim: str) -> None:
    """Let others have what `claim` did not come to."""
    batch.items.filter(outcome=ImportItem.Outcome.QUEUED, claimed_by=claim).update(claimed_by="", claimed_at=None)


def _free(batch: ImportBatch):
    queued = batch.items.filter(outcome=ImportItem.Outcome.QUEUED).order_by("pk")
    held = queued.exclude(claimed_by="").order_by("claimed_by").values_list("claimed_by", flat=True).distinct()
    dead = [claim for claim in held if _is_dead(claim)]
    return queued.filter(Q(claimed_by="") | Q(claimed_at__lt=timezone.now() - LEASE) | Q(claimed_by__in=dead))


def _is_dead(claim: str) -> bool:
    host, pid, _ = claim.rsplit(":", 2)
    if host != socket.gethostname()[:60]:
        return False
    if int(pid) == os.getpid():  # in a container every process may get the number of the one before
        return claim not in _own
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
