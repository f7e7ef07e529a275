"""Filing what the importer read: organisations, articles, collections and draft plans, a few pages a transaction.

The identity of a text is its source (the file's path, or URL) and its place in it. The same bytes change nothing; a
changed file becomes a new revision of the same article, unless somebody has edited the article since: then the file
waits for a person and nothing is overwritten.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from articles import search
from importer.doubt import doubt
from importer.filing.identity import earlier_item, met_before
from importer.filing.pictures import Bytes
from importer.filing.placing import Placer
from importer.filing.settling import UNPUBLISHED, Decision, Filed, Settler, Work
from importer.models import ImportBatch, ImportItem
from organizations import audit
from organizations.models import Organization

__all__ = ["UNPUBLISHED", "Decision", "Filed", "Filer", "Page"]
logger = logging.getLogger(__name__)
Outcome = ImportItem.Outcome


@dataclass(frozen=True)
class Page:
    """A page to file: its bytes, what the importer prints for it, where it comes from, the bytes of its pictures."""

    raw: bytes
    output: dict
    source: str
    files: Mapping[str, bytes] | Bytes = {}.get


class Filer:
    """Files the outputs of one run.

    Without a `batch` the row is made with the first file that changes something. A batch with a name notes every file,
    so that a run that was broken off goes on after the last one.
    """

    def __init__(
        self,
        *,
        owner: Organization,
        place: str,
        by=None,
        publish: bool = False,
        full_width_marks: bool = False,
        batch: ImportBatch | None = None,
    ):
        self.owner, self.place, self.by, self.publish = owner, place, by, publish
        self.full_width_marks = full_width_marks
        self.batch = batch
        self.placer = Placer(owner=owner, by=by, origin=f"import:{place}", full_width_marks=full_width_marks)
        self.settler = Settler(self.placer, publish=publish)

    def file(
        self, raw: bytes, output: dict, *, source: str, rules_version: int, files: Mapping[str, bytes] | Bytes = {}.get
    ) -> Filed:
        """File one page (`output` is what the importer prints for it, `files` holds its pictures) from `source`."""
        return self._file([Page(raw, output, source, files)], rules_version)[0]

    def file_all(self, pages: Sequence[Page], *, rules_version: int) -> Iterator[Filed | ValidationError]:
        """File pages in one transaction, or where one of them fails, each in its own, so that it fails alone."""
        if len(pages) > 1:
            try:
                filed = self._file(pages, rules_version)
            except Exception:
                logger.info("One of %d pages failed; each is filed by itself.", len(pages), exc_info=True)
            else:
                yield from filed
                return
        for page in pages:
            try:
                yield self._file([page], rules_version)[0]
            except ValidationError as refusal:
                yield refusal

    def _file(self, pages: Sequence[Page], rules_version: int) -> list[Filed]:
        batch = self.batch
        try:
            with transaction.atomic(), search.once(), audit.together():
                filed = self._settle_pages(pages, rules_version)
                self._count(len(pages))
                return filed
        except BaseException:
            self.batch = batch  # one that was made for these pages is gone with them, and so are its organisations
            self.placer.forget()
            raise

    def _settle_pages(self, pages: Sequence[Page], rules_version: int) -> list[Filed]:
        """Settle new pages together; one that has been met before, in this run too, after all that came before it."""
        met = met_before([page.source for page in pages], [page.output["sha256"] for page in pages])
        filed, waiting = [], []
        for page in pages:
            item, earlier = self._item(page.output, page.source, rules_version), None
            if not met.isdisjoint((item.source, item.sha256)):
                self.settler.settle(waiting)
                waiting.clear()
                earlier = earlier_item(item.source, item.sha256, self.owner)
            met |= {item.source, item.sha256}
            if earlier and earlier.sha256 == item.sha256:
                filed.append(self.settler.unchanged(earlier))
                if self.batch and self.batch.name:
                    item.outcome = filed[-1].outcome
                    item.save()
            else:
                item.batch, item.raw = self._batch(), page.raw
                waiting.append(Work(item, page.output, earlier, page.files))
                filed.append(waiting[-1].filed)
        self.settler.settle(waiting)
        return filed

    @transaction.atomic
    def file_item(
        self,
        item: ImportItem,
        output: dict,
        *,
        decision: Decision | None = None,
        files: Mapping[str, bytes] | Bytes = {}.get,
    ) -> Filed:
        """File `output` for an item, which is saved with its outcome. With a `decision` nothing is set aside."""
        work = Work(item, output, earlier_item(item.source, item.sha256, self.owner, but=item.pk), files, decision)
        with search.once(), audit.together():
            self.settler.settle([work])
        return work.filed

    @transaction.atomic
    def failed(self, output: dict, *, source: str, rules_version: int, sentence: str) -> None:
        """Note a file that could not be read, in a batch with a name; else nothing is kept of it."""
        if self.batch and self.batch.name:
            item = self._item(output, source, rules_version)
            item.outcome, item.message = Outcome.FAILED, sentence
            item.save()
        self._count()

    def has(self, source: str) -> bool:
        """Whether this batch, which has a name, noted what became of the page from `source`."""
        return bool(self.batch and self.batch.name and self.batch.items.filter(source=source[:500]).exists())

    def interrupted(self) -> None:
        """The run was broken off; the batch can go on."""
        if self.batch:
            ImportBatch.objects.filter(pk=self.batch.pk).update(state=ImportBatch.State.FAILED)

    def close(self) -> None:
        if self.batch:
            self.batch.refresh_from_db(fields=["done", "total"])
            self.batch.state, self.batch.ended_at = ImportBatch.State.ENDED, timezone.now()
            self.batch.total = max(self.batch.total, self.batch.done)
            self.batch.save()

    def _item(self, output: dict, source: str, rules_version: int) -> ImportItem:
        return ImportItem(
            batch=self.batch,
            name=output["id"][:300],
            source=source[:500],
            raw=b"",
            sha256=output["sha256"],
            reader=output["reader"] or "",
            rules_version=rules_version,
            output=output,
            doubt=doubt(output),
        )

    def _batch(self) -> ImportBatch:
        if self.batch is None:
            self.batch = ImportBatch.objects.create(
                by=self.by,
                owner=self.owner,
                place=self.place[:300],
                publish=self.publish,
                state=ImportBatch.State.RUNNING,
                options={"publish": self.publish, "full_width": self.full_width_marks},
            )
        return self.batch

    def _count(self, pages: int = 1) -> None:
        if self.batch:
            rows = ImportBatch.objects.filter(pk=self.batch.pk)
            rows.update(done=F("done") + pages, heartbeat_at=timezone.now())
