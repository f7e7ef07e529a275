"""The desk's pages about imports: uploading, a batch, the queue of what waits, the review of one file."""

from . import batches, items, on_articles  # noqa: F401  each registers its model
