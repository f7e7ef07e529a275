"""What a changed file would change in articles that were imported from it before."""

from dataclasses import dataclass

from articles.html import clean, plain_text
from articles.models import Revision
from importer.batches.accepting import found_files
from importer.batches.corrections import corrected
from importer.filing.identity import earlier_item, known_texts
from importer.filing.particulars import text_of
from importer.filing.pictures import take_in
from importer.models import ImportItem


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
    output = corrected(item)
    wanted = {
        index: found
        for index, found in enumerate(output.get("articles", ()))
        if found["title"] and found["kind"] != "other"
    }
    owner = item.batch.owner
    earlier = earlier_item(item.source, item.sha256, owner, but=item.pk)
    known = known_texts(item, earlier, wanted)
    files = found_files(item) if known else None
    differences = []
    for index, row in known.items():
        html, _notes = take_in(wanted[index], files, owner=owner, by=None, store=False)
        text, _notes = text_of({**wanted[index], "body_html": html})
        text["body"] = clean(text["body"])
        differences += _between(index, row.revision or row.article.latest_revision, row.article.latest_revision, text)
    return differences


def _between(index: int, imported: Revision, now: Revision, text: dict) -> list[Difference]:
    """The fields that the file has otherwise than it had them, and than the article has them."""
    found = []
    for name, proposed in text.items():
        was, has = getattr(imported, name), getattr(now, name)
        if proposed not in (was, has) and not (name == "body" and plain_text(proposed) == plain_text(has)):
            label = str(Revision._meta.get_field(name).verbose_name)
            found.append(Difference(index, name, label, was, has, proposed))
    return found
