"""Filing what the importer read: organisations, articles, collections and draft plans, one transaction a file.

The identity of a text is its source (the file's path, or URL) and its place in it. The same bytes change nothing; a
changed file becomes a new revision of the same article, unless somebody has edited the article since: then the file
waits for a person and nothing is overwritten.
"""

import datetime
from dataclasses import dataclass, field, replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext_noop

from articles import publishing
from articles.models import Article, Collection, CollectionEntry
from articles.typography import full_width, full_width_html
from organizations import registry
from organizations.audit import record
from organizations.models import Level, Organization
from organizations.names import read_union_name
from organizations.slugs import free_slug
from plans import filing as plan_filing
from plans.models import WorkPlan
from plans.periods import period_of, year_span

from .models import ImportBatch, ImportedArticle, ImportItem
from .shelving import article_kind, choose_channel

Outcome = ImportItem.Outcome
WAITS = ("not_union", "needs_review")


@dataclass
class Filed:
    """What became of one file; `notes` are sentences for the person who ran the import."""

    outcome: str
    articles: list[Article] = field(default_factory=list)
    published: int = 0
    in_force: int = 0
    notes: list[str] = field(default_factory=list)


class Filer:
    """Files the outputs of one run. The batch row is made with the first file that changes something."""

    def __init__(
        self, *, owner: Organization, place: str, by=None, publish: bool = False, full_width_marks: bool = False
    ):
        self.owner, self.place, self.by, self.publish = owner, place, by, publish
        self.full_width_marks = full_width_marks
        self.batch: ImportBatch | None = None

    @transaction.atomic
    def file(self, raw: bytes, output: dict, *, source: str, rules_version: int) -> Filed:
        """File one page (`output` is what the importer prints for it) that came from `source`."""
        earlier = self._earlier(source, output["sha256"])
        if earlier and earlier.sha256 == output["sha256"]:
            return self._unchanged(earlier)
        item = ImportItem(
            batch=self._batch(),
            name=output["id"][:300],
            source=source[:500],
            raw=raw,
            sha256=output["sha256"],
            reader=output["reader"] or "",
            rules_version=rules_version,
            output=output,
            outcome=Outcome.FILED,
        )
        filed = self._file_articles(item, output, earlier)
        item.outcome, item.message = filed.outcome, "\n".join(filed.notes)
        item.save()
        record("import", item, by=self.by, organization=self.owner, note=filed.outcome)
        return filed

    def close(self) -> None:
        if self.batch:
            self.batch.ended_at = timezone.now()
            self.batch.save()

    def _batch(self) -> ImportBatch:
        if self.batch is None:
            self.batch = ImportBatch.objects.create(
                by=self.by, owner=self.owner, place=self.place[:300], publish=self.publish
            )
        return self.batch

    def _earlier(self, source: str, sha256: str) -> ImportItem | None:
        """The last item from this source, else one with the very same bytes."""
        items = ImportItem.objects.filter(batch__undone_at=None).defer("raw").order_by("-pk")
        return items.filter(source=source[:500]).first() or items.filter(sha256=sha256).first()

    def _unchanged(self, earlier: ImportItem) -> Filed:
        """Nothing new was read; with `publish`, texts that still wait as the importer left them are published."""
        filed = Filed(Outcome.UNCHANGED)
        for row in earlier.articles.select_related("article", "revision"):
            filed.articles.append(row.article)
            if self._may_publish(earlier.output) and row.article.state == Article.State.DRAFT and self._untouched(row):
                self._publish(row.article, earlier.output["articles"][row.index], filed)
        if filed.published and earlier.collection:
            self._open(earlier.collection)
        return filed

    @staticmethod
    def _untouched(row: ImportedArticle) -> bool:
        return row.revision_id == row.article.latest_revision_id

    def _may_publish(self, output: dict) -> bool:
        return self.publish and not any(warning.startswith(WAITS) for warning in output["warnings"])

    def _file_articles(self, item: ImportItem, output: dict, earlier: ImportItem | None) -> Filed:
        filed = Filed(Outcome.FILED)
        wanted = [
            (index, found)
            for index, found in enumerate(output["articles"])
            if found["title"] and found["kind"] != "other"
        ]
        if len(wanted) < len(output["articles"]) or not wanted:
            filed.outcome = Outcome.SET_ASIDE
            filed.notes += output["warnings"] or [gettext_noop("no_title: no title was found; give the page one.")]
        known = self._known(earlier)
        if any(not self._untouched(row) for row in known.values()):
            filed.outcome = Outcome.SET_ASIDE
            filed.notes.append(
                gettext_noop("edited: the article was edited after its import; compare it with the file by hand.")
            )
            item.save()
            self._keep(item, known)
            return filed
        item.save()
        if known:
            filed.outcome = Outcome.REVISED
        for index, found in wanted:
            article = self._file_one(item, index, found, known.get(index), output, filed)
            filed.articles.append(article)
        if output["collection"]:
            item.collection = self._file_collection(output, item, earlier)
        return filed

    def _known(self, earlier: ImportItem | None) -> dict[int, ImportedArticle]:
        rows = earlier.articles.select_related("article__latest_revision", "revision") if earlier else []
        return {row.index: row for row in rows}

    def _keep(self, item: ImportItem, known: dict[int, ImportedArticle]) -> None:
        """Hand the identity on to a file that changed nothing, with the revision that was imported last."""
        ImportedArticle.objects.bulk_create(
            ImportedArticle(item=item, index=index, article=row.article, revision=row.revision)
            for index, row in known.items()
        )

    def _file_one(self, item, index, found, known, output, filed) -> Article:
        text = {
            "title": found["title"],
            "kicker": found["kicker"] or "",
            "body": found["body_html"],
            "source": found["source"] or "",
            "author": found["author"] or "",
            "author_title": found["author_title"] or "",
            "editor": found["editor"] or "",
            "complete": found["complete"],
        }
        if self.full_width_marks:
            text["body"] = full_width_html(text["body"])
            text |= {name: full_width(text[name]) for name in ("title", "kicker", "author_title")}
        if known:
            article = known.article
            revision = publishing.save_revision(article, self.by, text, change_note="import")
            self._follow(article, found)
            if article.state == Article.State.PUBLIC and self._may_publish(output):
                publishing.publish(article, self.by)
        else:
            article = self._create(found, text)
            revision = article.latest_revision
            if found["carries_plan"]:
                self._propose(article, found, filed)
        ImportedArticle.objects.create(item=item, index=index, article=article, revision=revision)
        if article.state == Article.State.DRAFT and self._may_publish(output):
            self._publish(article, found, filed)
        return article

    def _create(self, found: dict, text: dict) -> Article:
        published_at, precision = publication_time(found)
        return publishing.create(
            owner=self.owner,
            channel=choose_channel(found["kind"], found["title"], found["channel"]),
            by=self.by,
            text=text,
            kind=article_kind(found["kind"]),
            organization=self._organization(found),
            organization_as_written=found["organization_as_written"] or found["organization"] or "",
            level=Level.objects.filter(pk=found["level"]).first(),
            published_at=published_at,
            published_precision=precision,
            imported=True,
        )

    def _organization(self, found: dict) -> Organization | None:
        name = read_union_name(found["organization"]) if found["organization"] else None
        if name is None:
            return None
        parent = None if name.anonymised else found["parent_organization"] or None
        return registry.union(replace_parent(name, parent), origin=f"import:{self.place}"[:200])

    def _propose(self, article: Article, found: dict, filed: Filed) -> None:
        starts_on = ends_on = None
        period = period_of(found["title"])
        if found["plan_year"]:
            starts_on, ends_on = year_span(found["plan_year"], period)
        evidence = (found["evidence"] or {}).get("plan_year") or {}
        plan_filing.propose(
            article,
            self.by,
            organization=article.organization,
            starts_on=starts_on,
            ends_on=ends_on,
            year_stated=bool(found["plan_year_stated"]),
            year_evidence=evidence.get("text") or "",
            period=period,
        )

    def _follow(self, article: Article, found: dict) -> None:
        """A draft plan is read anew from the new text; one in force keeps what people confirmed and is re-anchored."""
        plan = WorkPlan.objects.filter(article=article).first()
        if plan and plan.state == WorkPlan.State.DRAFT and article.state == Article.State.DRAFT:
            plan_filing.read_text(plan, self.by)

    def _publish(self, article: Article, found: dict, filed: Filed) -> None:
        publishing.publish(article, self.by)
        filed.published += 1
        plan = WorkPlan.objects.filter(article=article).select_related("organization").first()
        if plan and plan.state == WorkPlan.State.DRAFT and plan.organization and plan.starts_on and plan.year_stated:
            try:
                plan_filing.put_in_force(plan, self.by)
                filed.in_force += 1
            except ValidationError as error:
                filed.notes.append(f"draft: {' '.join(error.messages)}")

    def _file_collection(self, output: dict, item: ImportItem, earlier: ImportItem | None) -> Collection:
        found = output["collection"]
        collection = earlier.collection if earlier and earlier.collection else None
        if collection is None:
            collection = Collection(
                title=found["title"], slug=free_slug(found["title"], Collection.objects.all()), owner=self.owner
            )
        collection.declared_count = found["declared_count"]
        collection.save()
        marks = full_width if self.full_width_marks else str
        by_title = {row.article.title: row.article for row in item.articles.select_related("article")}
        collection.entries.all().delete()
        CollectionEntry.objects.bulk_create(
            CollectionEntry(
                collection=collection,
                position=position,
                title=marks(entry["title"]),
                article=by_title.get(marks(entry["title"])),
            )
            for position, entry in enumerate(found["toc"], 1)
        )
        if self._may_publish(output):
            self._open(collection)
        return collection

    @staticmethod
    def _open(collection: Collection) -> None:
        collection.is_public = True
        collection.save(update_fields=["is_public"])


def replace_parent(name, parent: str | None):
    """`name` with the parent the page gave it, where the name alone tells none."""
    return replace(name, parent=parent) if parent and not name.parent else name


def publication_time(found: dict) -> tuple[datetime.datetime | None, str]:
    """The article's date as the page prints it: to the second where it does, else the day at midnight, Beijing time."""
    if found["published_at"]:
        return parse_datetime(found["published_at"]), Article.Precision.SECOND
    if found["published_on"]:
        day = parse_date(found["published_on"])
        return timezone.make_aware(datetime.datetime.combine(day, datetime.time())), Article.Precision.DAY
    return None, Article.Precision.SECOND


@transaction.atomic
def undo(batch: ImportBatch, by, reason: str) -> int:
    """Take back what `batch` made: plans to draft, articles withdrawn and put into the trash. Returns how many.

    Articles that were there before the batch keep the revision it gave them; their history shows it.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.undone_at:
        return 0
    made = Article.objects.filter(import_records__item__batch=batch).exclude(
        import_records__item__batch__pk__lt=batch.pk
    )
    count = 0
    for article in made.distinct():
        plan = WorkPlan.objects.filter(article=article).first()
        if plan and plan.state == WorkPlan.State.IN_FORCE:
            plan_filing.back_to_draft(plan, by)
        if article.state == Article.State.PUBLIC:
            publishing.withdraw(article, by, reason)
        if article.state != Article.State.TRASHED:
            publishing.trash(article, by)
            count += 1
    Collection.objects.filter(pk__in=batch.items.values("collection")).update(is_public=False)
    batch.undone_at = timezone.now()
    batch.save()
    record("undo import", batch, by=by, organization=batch.owner, note=reason)
    return count
