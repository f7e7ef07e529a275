"""Whether whoever read a batch was broken off, and who reads it on. Nothing here reads, so the desk may ask it."""

from datetime import timedelta

from django.utils import timezone

from importer.models import ImportBatch, ImportItem

State = ImportBatch.State
SILENT = timedelta(minutes=2)
"""Without a sign of life for so long, a reader is taken for broken off; should it live, claims keep the two apart."""


def is_silent(batch: ImportBatch) -> bool:
    """Whether a batch was begun, is not at its end, and nobody has given a sign of life for long."""
    begun = batch.state in (State.RUNNING, State.FAILED) and batch.heartbeat_at is not None
    return begun and not batch.undone_at and batch.heartbeat_at < timezone.now() - SILENT


def goes_on(pk: int) -> bool:
    """Whether something of batch `pk` still waits to be read."""
    rows = ImportItem.objects.filter(batch=pk, outcome=ImportItem.Outcome.QUEUED, batch__undone_at=None)
    return rows.exclude(batch__state=State.ENDED).exists()


def take_up(pk: int) -> bool:
    """Whether the caller is to read batch `pk` on, whose reader fell silent; of several who ask at once, one."""
    rows = ImportBatch.objects.filter(pk=pk, state__in=(State.RUNNING, State.FAILED), undone_at=None)
    rows = rows.filter(heartbeat_at__lt=timezone.now() - SILENT)
    return goes_on(pk) and bool(rows.update(state=State.RUNNING, heartbeat_at=timezone.now()))
