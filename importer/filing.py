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
from articles.models import Article, Revision
from articles.typography import full_width, full_width_html
from organizations import registry
from organizations.audit import record
from organizations.models import Level, Organization
from organizations.names import read_union_name
from plans import filing as plan_filing
from plans.models import WorkPlan
from plans.periods import title_span, title_subject

from . import collecting
from .identity import same_texts
from .models import ImportBatch, ImportedArticle, ImportItem
from .shelving import article_kind, choose_channel

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
                self._publish(row.article, earlier.output, filed)
        if filed.published and earlier.collection:
            collecting.make_public(earlier.collection)
        return filed

    @staticmethod
    def _untouched(row: ImportedArticle) -> bool:
        return row.revision_id == row.article.latest_revision_id

    def _may_publish(self, output: dict) -> bool:
        return self.publish and not any(warning.startswith(UNPUBLISHED) for warning in output["warnings"])

    def _file_articles(self, item: ImportItem, output: dict, earlier: ImportItem | None) -> Filed:
        filed = Filed(Outcome.FILED)
        empty = any(warning.startswith("needs_review") for warning in output["warnings"])
        wanted = [found for found in output["articles"] if found["title"] and found["kind"] != "other" and not empty]
        if len(wanted) < len(output["articles"]) or not wanted:
            filed.outcome = Outcome.SET_ASIDE
            filed.notes += output["warnings"] or [gettext_noop("no_title: no title was found; give the page one.")]
        rows = self._rows(earlier)
        known = same_texts([found["title"] for found in wanted], rows)
        item.save()
        if any(not self._untouched(row) for row in known.values()):
            filed.outcome = Outcome.SET_ASIDE
            filed.notes.append(
                gettext_noop("edited: the article was edited after its import; compare it with the file by hand.")
            )
            self._keep(item, rows)
            return filed
        if known:
            filed.outcome = Outcome.REVISED
        for index, found in enumerate(wanted):
            filed.articles.append(self._file_one(item, index, found, known.get(index), output, filed))
        gone = [row for row in rows if row not in known.values()]
        if gone:
            filed.notes.append(
                gettext_noop("gone: the file no longer holds a text that was imported from it; its article stays.")
            )
            self._keep(item, gone, first=len(wanted))
        if output["collection"]:
            item.collection = collecting.file(
                output, item, earlier, self.owner, full_width if self.full_width_marks else str
            )
            if self._may_publish(output):
                collecting.make_public(item.collection)
        return filed

    @staticmethod
    def _rows(earlier: ImportItem | None) -> list[ImportedArticle]:
        return list(earlier.articles.select_related("article__latest_revision", "revision")) if earlier else []

    def _keep(self, item: ImportItem, rows: list[ImportedArticle], first: int = 0) -> None:
        """Hand identities on that this file did not change, each with the revision that was imported last."""
        ImportedArticle.objects.bulk_create(
            ImportedArticle(item=item, index=index, article=row.article, revision=row.revision)
            for index, row in enumerate(rows, first)
        )

    def _file_one(self, item, index, found, known, output, filed) -> Article:
        text = self._text(found, filed)
        if known:
            article = known.article
            revision = publishing.save_revision(article, self.by, text, change_note="import")
            if article.is_public_now and self._may_publish(output):
                self._make_public(article, filed)
            self._follow(article, found, filed)
        else:
            article = self._create(found, text)
            revision = article.latest_revision
            if found["carries_plan"]:
                self._propose(article, found)
        ImportedArticle.objects.create(item=item, index=index, article=article, revision=revision)
        if article.state == Article.State.DRAFT and self._may_publish(output):
            self._publish(article, output, filed)
        return article

    def _text(self, found: dict, filed: Filed) -> dict:
        """What publishing takes; a byline too long for its field is left out and said."""
        subtitle = (found["evidence"].get("subtitle") or {}).get("text")
        text = {
            "title": found["title"],
            "kicker": found["kicker"] or "",
            "subtitle": subtitle or "",
            "body": found["body_html"],
            "source": found["source"] or "",
            "author": found["author"] or "",
            "author_title": found["author_title"] or "",
            "editor": found["editor"] or "",
            "complete": found["complete"],
        }
        for name in ("kicker", "subtitle", "source", "author", "author_title", "editor"):
            if len(text[name]) > Revision._meta.get_field(name).max_length:
                filed.notes.append(gettext_noop("long: a line of the byline is too long and was left out."))
                text[name] = ""
        if self.full_width_marks:
            text["body"] = full_width_html(text["body"])
            text |= {name: full_width(text[name]) for name in ("title", "kicker", "subtitle", "author_title")}
        return text

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

    def _propose(self, article: Article, found: dict) -> None:
        period, starts_on, ends_on = title_span(found["title"], found["plan_year"])
        evidence = found["evidence"].get("plan_year") or {}
        plan_filing.propose(
            article,
            self.by,
            organization=article.organization,
            starts_on=starts_on,
            ends_on=ends_on,
            year_stated=bool(found["plan_year_stated"]),
            year_evidence=evidence.get("text") or "",
            subject=title_subject(found["title"]) or WorkPlan.DEFAULT_SUBJECT,
            period=period,
        )

    def _follow(self, article: Article, found: dict, filed: Filed) -> None:
        """A draft plan is read anew from the new text; one in force keeps its targets, and what broke is said."""
        plan = WorkPlan.objects.filter(article=article).first()
        if plan is None:
            if found["carries_plan"]:
                self._propose(article, found)
        elif plan.state == WorkPlan.State.DRAFT:
            plan_filing.read_text(plan, self.by)
        elif plan.targets.filter(broken=True).exists():
            filed.notes.append(
                gettext_noop("broken: sentences of targets are gone from the text; choose them anew in the plan.")
            )
        if publication_time(found) != (article.published_at, article.published_precision):
            filed.notes.append(gettext_noop("date: the file gives another date now; the article keeps the one it has."))

    def _publish(self, article: Article, output: dict, filed: Filed) -> None:
        if not self._make_public(article, filed):
            return
        filed.published += 1
        plan = WorkPlan.objects.filter(article=article).select_related("organization").first()
        doubt = any(warning.startswith(NOT_IN_FORCE) for warning in output["warnings"])
        if not plan or doubt or plan.state != WorkPlan.State.DRAFT:
            return
        if plan.organization and plan.starts_on and plan.year_stated:
            try:
                plan_filing.put_in_force(plan, self.by)
                filed.in_force += 1
            except ValidationError as error:
                filed.notes.append(f"draft: {' '.join(error.messages)}")

    def _make_public(self, article: Article, filed: Filed) -> bool:
        """Publish; where that is refused, by a channel that asks for a review say, the draft stays and it is noted."""
        try:
            publishing.publish(article, self.by)
        except ValidationError as refusal:
            filed.notes.append(f"draft: {article.title}: {' '.join(refusal.messages)}")
            return False
        return True


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
