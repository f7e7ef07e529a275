"""Filing what the importer read: organisations, articles, collections and draft plans, one transaction a file.

The identity of a text is its source (the file's path, or URL) and its place in it. The same bytes change nothing; a
changed file becomes a new revision of the same article, unless somebody has edited the article since: then the file
waits for a person and nothing is overwritten.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_noop

from articles import search
from articles.models import Article, Revision
from articles.typography import full_width
from importer.doubt import doubt
from importer.filing import collecting
from importer.filing.addresses import lead_to
from importer.filing.identity import earlier_item, imported_from, known_texts, untouched
from importer.filing.pictures import Bytes
from importer.filing.placing import Placer
from importer.models import ImportBatch, ImportedArticle, ImportItem
from organizations import audit
from organizations.audit import record
from organizations.models import Organization

Outcome = ImportItem.Outcome
UNPUBLISHED = ("not_union", "needs_review", "broken_bytes")  # warnings that keep a text from the public
NOT_IN_FORCE = ("year_conflict",)  # warnings that keep a plan a draft


@dataclass
class Filed:
    """What became of one file; `notes` are sentences for the person who ran the import."""

    outcome: str
    articles: list[Article] = field(default_factory=list)
    published: int = 0
    in_force: int = 0
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Decision:
    """A person's: file it all. `fields` are the differences to take where an article was edited (None: by default)."""

    fields: Collection[str] | None = None


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

    def file(
        self, raw: bytes, output: dict, *, source: str, rules_version: int, files: Mapping[str, bytes] | Bytes = {}.get
    ) -> Filed:
        """File one page (`output` is what the importer prints for it, `files` holds its pictures) from `source`."""
        batch = self.batch
        try:
            with transaction.atomic(), search.once(), audit.together():
                filed = self._file(raw, output, source, rules_version, files)
                self._count()
                return filed
        except BaseException:
            self.batch = batch  # one that was made for this page is gone with it, and so are its organisations
            self.placer.forget()
            raise

    def _file(self, raw: bytes, output: dict, source: str, rules_version: int, files) -> Filed:
        earlier = earlier_item(source, output["sha256"], self.owner)
        item = self._item(output, source, rules_version)
        if earlier and earlier.sha256 == output["sha256"]:
            filed = self._unchanged(earlier)
            if self.batch and self.batch.name:
                item.outcome = filed.outcome
                item.save()
            return filed
        item.batch, item.raw = self._batch(), raw
        return self._settle(item, output, earlier, None, files)

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
        earlier = earlier_item(item.source, item.sha256, self.owner, but=item.pk)
        with search.once(), audit.together():
            return self._settle(item, output, earlier, decision, files)

    def _settle(self, item: ImportItem, output: dict, earlier, decision, files) -> Filed:
        filed, rows = self._file_articles(item, output, earlier, decision, files)
        item.outcome, item.message = filed.outcome, "\n".join(filed.notes)
        if item.pk is not None:
            item.articles.all().delete()
        item.save()
        ImportedArticle.objects.bulk_create(rows)
        record("import", item, by=self.by, organization=self.owner, note=filed.outcome)
        return filed

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

    def _count(self) -> None:
        if self.batch:
            rows = ImportBatch.objects.filter(pk=self.batch.pk)
            rows.update(done=F("done") + 1, heartbeat_at=timezone.now())

    def _unchanged(self, earlier: ImportItem) -> Filed:
        """Nothing new was read; with `publish`, texts that still wait as the importer left them are published."""
        filed = Filed(Outcome.UNCHANGED)
        for row in imported_from(earlier):
            filed.articles.append(row.article)
            if self._may_publish(earlier.output) and row.article.state == Article.State.DRAFT and untouched(row):
                self._publish(row.article, earlier.output, filed)
        if filed.published and earlier.collection:
            collecting.make_public(earlier.collection)
        return filed

    def _may_publish(self, output: dict, decision: Decision | None = None) -> bool:
        return self.publish and (decision is not None or not any(w.startswith(UNPUBLISHED) for w in output["warnings"]))

    def _file_articles(
        self, item: ImportItem, output: dict, earlier, decision, files
    ) -> tuple[Filed, list[ImportedArticle]]:
        """What became of the articles, and the rows of the item, which are not saved yet."""
        filed = Filed(Outcome.FILED)
        wanted = _wanted(output, decision)
        if decision is None and (len(wanted) < len(output["articles"]) or not wanted):
            filed.outcome = Outcome.SET_ASIDE
            filed.notes += output["warnings"] or [gettext_noop("no_title: no title was found; give the page one.")]
        known = known_texts(item, earlier, wanted)
        before = (imported_from(item) if item.pk else []) or imported_from(earlier)
        if decision is None and not all(map(untouched, known.values())):
            filed.outcome = Outcome.SET_ASIDE
            filed.notes.append(
                gettext_noop("edited: the article was edited after its import; compare it with the file by hand.")
            )
            return filed, self._kept(item, before, known, len(output["articles"]))
        if known and filed.outcome == Outcome.FILED:
            filed.outcome = Outcome.REVISED
        rows = []
        for index, found in wanted.items():
            article, revision = self._file_one(index, found, known.get(index), output, filed, decision, files)
            rows.append(ImportedArticle(item=item, index=index, article=article, revision=revision))
        filed.articles = [row.article for row in rows]
        gone = [row for row in before if row not in known.values()]
        if gone:
            filed.notes.append(
                gettext_noop("gone: the file no longer holds a text that was imported from it; its article stays.")
            )
            rows += self._kept(item, gone, {}, len(output["articles"]))
        if filed.articles:
            lead_to(filed.articles[0], output.get("address"))
        if output["collection"]:
            marks = full_width if self.full_width_marks else str
            articles = [row.article for row in rows]
            item.collection = collecting.file(output, item, articles, earlier, self.owner, marks)
            if self._may_publish(output, decision):
                collecting.make_public(item.collection)
        return filed, rows

    @staticmethod
    def _kept(
        item: ImportItem, rows: list[ImportedArticle], known: dict[int, ImportedArticle], first: int
    ) -> list[ImportedArticle]:
        """Hand identities on that this file did not change, each with the revision that was imported last."""
        places = {row.pk: index for index, row in known.items()}
        others = [row for row in rows if row.pk not in places]
        places |= {row.pk: index for index, row in enumerate(others, first)}
        return [
            ImportedArticle(item=item, index=places[row.pk], article=row.article, revision=row.revision) for row in rows
        ]

    def _file_one(self, index, found, known, output, filed, decision, files) -> tuple[Article, Revision]:
        may_publish = self._may_publish(output, decision)
        if known:
            article, revision, notes = self.placer.revise(known, found, files, decision and _fields(decision, index))
            if may_publish and article.is_public_now and article.has_unpublished_changes:
                notes += self.placer.make_public(article)
            notes += self.placer.follow(article, found)
        else:
            article, revision, notes = self.placer.create(found, files, public=may_publish)
        filed.notes += notes
        if known and may_publish and article.state == Article.State.DRAFT:
            self._publish(article, output, filed, decision)
        elif not known and article.state == Article.State.PUBLIC:
            self._published(article, output, filed, decision)
        return article, revision

    def _publish(self, article: Article, output: dict, filed: Filed, decision: Decision | None = None) -> None:
        refused = self.placer.make_public(article)
        filed.notes += refused
        if not refused:
            self._published(article, output, filed, decision)

    def _published(self, article: Article, output: dict, filed: Filed, decision: Decision | None) -> None:
        """Count an article that was published, and put the plan that it carries in force."""
        filed.published += 1
        if decision is None and any(warning.startswith(NOT_IN_FORCE) for warning in output["warnings"]):
            return
        in_force, notes = self.placer.put_in_force(article)
        filed.in_force += in_force
        filed.notes += notes


def _wanted(output: dict, decision: Decision | None) -> dict[int, dict]:
    """The articles to file, by their place in the output."""
    empty = decision is None and any(warning.startswith("needs_review") for warning in output["warnings"])
    return {
        index: found
        for index, found in enumerate(output["articles"])
        if found["title"] and found["kind"] != "other" and not empty
    }


def _fields(decision: Decision, index: int) -> set[str] | None:
    """The differences to take in article `index`; None for those that nobody edited."""
    if decision.fields is None:
        return None
    prefix = f"{index}:"
    return {name.removeprefix(prefix) for name in decision.fields if ":" not in name or name.startswith(prefix)}
