"""What files the items of a batch, and where their pictures are found."""

from collections.abc import Callable

from importer.filing.files import Filer
from importer.filing.pictures import bytes_beside
from importer.models import ImportBatch, ImportItem


def filer_for(batch: ImportBatch, *, by, publish: bool, full_width: bool | None = None) -> Filer:
    """What files items of `batch` for `by`; marks are set `full_width` as asked, else as the batch has it."""
    if full_width is None:
        full_width = bool(batch.options.get("full_width"))
    place = batch.name or batch.place
    return Filer(owner=batch.owner, place=place, by=by, publish=publish, full_width_marks=full_width, batch=batch)


def files_of(item: ImportItem, inside) -> Callable[[str], bytes | None]:
    """The bytes of pictures: those found inside the item's file, else those that came beside it in its batch."""

    def beside(name: str) -> bytes | None:
        part = item.batch.items.filter(outcome=ImportItem.Outcome.PART, name=name).first()
        return bytes(part.raw) if part else None

    near = bytes_beside(item.name, beside)
    return lambda source: inside.get(source) or near(source)
