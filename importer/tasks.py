"""What the background worker does for the importer. Who only asks for it does not load what reads."""

from django.tasks import task
from django.utils import timezone

from importer.batches import silence


@task
def read_batch(pk: int) -> None:
    """Read the queued items of a batch."""
    from importer.batches import running

    running.read_batch(pk)


@task
def look_after(pk: int) -> None:
    """Take a batch up again where whoever read it was broken off, and come back until all of it is read."""
    if not silence.goes_on(pk):
        return
    _come_back(pk)  # first: this worker may be ended as well
    if silence.take_up(pk):
        read_batch.call(pk)


def start(pk: int) -> None:
    """Have a batch read, and looked after until it is."""
    read_batch.enqueue(pk)
    _come_back(pk)


def _come_back(pk: int) -> None:
    """Where the backend cannot wait, the batch's page takes it up."""
    if look_after.get_backend().supports_defer:
        look_after.using(run_after=timezone.now() + silence.SILENT).enqueue(pk)
