"""What a changed file would change in articles that were imported from it before."""

from dataclasses import dataclass

from articles.html import clean, plain_text
from articles.models import Article, Revision
from importer.batches import particulars
from importer.batches.accepting import found_files
from importer.batches.corrections import corrected
from importer.filing.particulars import text_of
from importer.filing.pictures import take_in
from importer.models import ImportItem


@dataclass(frozen=True)
class Difference:
    """A field that the file changed: as it was imported, as the article has it now, as the file has it now.

    `index` is the article's place in the output, `field` a key of the article's text or of particulars.NAMES (then the
    values are words), `label` its name for people.
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
    output = corrected(item)
    owner = item.batch.owner
    known = particulars.known_of(item, output)
    files = found_files(item) if known else None
    differences = []
    for index, row in known.items():
        html, _notes = take_in(output["articles"][index], files, owner=owner, by=None, store=False)
        text, _notes = text_of({**output["articles"][index], "body_html": html})
        text["body"] = clean(text["body"])
        differences += _between(index, row.revision or row.article.latest_revision, row.article.latest_revision, text)
    for one in particulars.offered(item, output, known):
        label = str(Article._meta.get_field(one.name).verbose_name)
        differences.append(Difference(one.index, one.name, label, one.imported, one.now, one.proposed))
    return sorted(differences, key=lambda one: one.index)


def _between(index: int, imported: Revision, now: Revision, text: dict) -> list[Difference]:
    """The fields that the file has otherwise than it had them, and than the article has them."""
    found = []
    for name, proposed in text.items():
        was, has = getattr(imported, name), getattr(now, name)
        if proposed not in (was, has) and not (name == "body" and plain_text(proposed) == plain_text(has)):
            label = str(Revision._meta.get_field(name).verbose_name)
            found.append(Difference(index, name, label, was, has, proposed))
    return found
