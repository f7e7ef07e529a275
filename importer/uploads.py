"""Pages that come in through the desk: files and archives are kept as items of a batch and read by the worker."""

from collections.abc import Iterable

from organizations.models import Organization

from .models import ImportBatch


def take(
    files: Iterable, *, owner: Organization, by, name: str = "", publish: bool = False, full_width: bool = False
) -> ImportBatch:
    """Keep uploaded `files` (each with name, size, chunks) for `owner`, have them read, and return their batch.

    An archive is opened and each page in it is an item. With `publish`, what is read without doubt is published at
    once; that needs the right to publish. Raises PermissionDenied, or ValidationError (one sentence) where a limit
    is passed; then nothing is kept.
    """
    raise NotImplementedError
