"""What a changed file would change in articles that were imported from it before."""

from dataclasses import dataclass

from .models import ImportItem


@dataclass(frozen=True)
class Difference:
    """A field that the file changed: as it was imported, as the article has it now, as the file has it now.

    `index` is the article's place in the output, `field` a key of the article's text, `label` its name for people.
    """

    index: int
    field: str
    label: str
    imported: object
    now: object
    proposed: object

    @property
    def edited(self) -> bool:
        """Whether somebody changed the field since the import: taking the file's value undoes that."""
        return self.imported != self.now


def of(item: ImportItem) -> list[Difference]:
    """The differences of a waiting item; none where its texts are new."""
    raise NotImplementedError
