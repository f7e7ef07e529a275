"""What the background worker does for the importer."""

from django.tasks import task

from importer.batches import running


@task
def read_batch(pk: int) -> None:
    """Read the queued items of a batch."""
    running.read_batch(pk)
