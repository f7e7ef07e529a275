"""What becomes of the articles of pages: made, revised or set aside, and the rows that remember which is which."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_noop

from articles.models import Article
from articles.typography import full_width
from importer.filing import collecting
from importer.filing.addresses import lead_to
from importer.filing.identity import imported_from, known_texts, untouched
from importer.filing.pictures import Bytes
from importer.filing.placing import Placed, Placer, Wanted
from importer.models import ImportedArticle, ImportItem
from organizations.audit import record
from plans.models import WorkPlan

Outcome = ImportItem.Outcome
UNPUBLISHED = ("not_union", "needs_review", "broken_bytes")  # warnings that keep a text from the public
NOT_IN_FORCE = ("year_conflict", "year_expected", "organization_expected")  # warnings that keep a plan a draft


@dataclass
class Filed:
    """What became of one file; `notes` are sentences for the person who ran the import."""

    outcome: str
    articles: list[Article] = field(default_factory=list)
    published: int = 0
    in_force: int = 0
    notes: list[str] = field(default_factory=list)

    def begin(self, plan: WorkPlan | None, begun: dict[int, list[str]]) -> None:
        """Count a plan that is among those `begun`, or note why it was refused."""
        notes = begun.get(plan.pk) if plan else None
        self.in_force += notes == []
        self.notes += notes or []


@dataclass(frozen=True)
class Decision:
    """A person's: file it all. `fields` are the differences to take where an article was edited (None: by default)."""

    fields: Collection[str] | None = None


@dataclass
class Work:
    """A page on its way: its item, what was read in it, the item it continues, and what has come of it so far.

    `wanted` holds the articles to file by their place in the output, `known` those imported before, `made` new ones.
    """

    item: ImportItem
    output: dict
    earlier: ImportItem | None
    files: Mapping[str, bytes] | Bytes
    decision: Decision | None = None
    filed: Filed = field(default_factory=lambda: Filed(Outcome.FILED))
    wanted: dict[int, dict] = field(default_factory=dict)
    known: dict[int, ImportedArticle] = field(default_factory=dict)
    made: dict[int, Placed] = field(default_factory=dict)
    rows: list[ImportedArticle] = field(default_factory=list)


class Settler:
    """Settles pages with the help of a placer, and publishes what may be where `publish` says so."""

    def __init__(self, placer: Placer, *, publish: bool):
        self.placer, self.publish = placer, publish

    def settle(self, works: Sequence[Work]) -> None:
        """Make the new articles of all pages by few statements, then bring each page to its end."""
        for work in works:
            self._prepare(work)
        new = [(work, index) for work in works for index in work.wanted if index not in work.known]
        wanted = [
            Wanted(work.wanted[index], work.files, self._may_publish(work.output, work.decision)) for work, index in new
        ]
        placed = self.placer.create(wanted) if new else []
        for (work, index), one in zip(new, placed, strict=True):
            work.made[index] = one
        begun = self.placer.put_in_force(
            one.article.work_plan
            for (work, index), one in zip(new, placed, strict=True)
            if one.article.state == Article.State.PUBLIC
            and work.wanted[index]["carries_plan"]
            and _may_begin(work.output, work.decision)
        )
        for work in works:
            self._file_articles(work, begun)
            work.item.outcome, work.item.message = work.filed.outcome, "\n".join(work.filed.notes)
        self._save(works)

    def _save(self, works: Sequence[Work]) -> None:
        for work in works:
            if work.item.pk is not None:
                work.item.articles.all().delete()
                work.item.save()
        ImportItem.objects.bulk_create(work.item for work in works if work.item.pk is None)
        ImportedArticle.objects.bulk_create(row for work in works for row in work.rows)
        for work in works:
            record("import", work.item, by=self.placer.by, organization=self.placer.owner, note=work.filed.outcome)

    def unchanged(self, earlier: ImportItem) -> Filed:
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

    def _prepare(self, work: Work) -> None:
        """Decide which articles of a page are filed, and which of them are known."""
        output, filed, decision = work.output, work.filed, work.decision
        work.wanted = _wanted(output, decision)
        if decision is None and (len(work.wanted) < len(output["articles"]) or not work.wanted):
            filed.outcome = Outcome.SET_ASIDE
            filed.notes += output["warnings"] or [gettext_noop("no_title: no title was found; give the page one.")]
        work.known = known_texts(work.item, work.earlier, work.wanted)
        if decision is None and not all(map(untouched, work.known.values())):
            filed.outcome = Outcome.SET_ASIDE
            filed.notes.append(
                gettext_noop("edited: the article was edited after its import; compare it with the file by hand.")
            )
            work.wanted = {}
        elif work.known and filed.outcome == Outcome.FILED:
            filed.outcome = Outcome.REVISED

    def _file_articles(self, work: Work, begun: dict[int, list[str]]) -> None:
        """Revise the known articles of a page, publish what may be, and say which article each text is.

        `begun` are the new plans that were to be put in force, with notes.
        """
        item, output, filed = work.item, work.output, work.filed
        before = (imported_from(item) if item.pk else []) or imported_from(work.earlier)
        first = len(output["articles"])
        if work.known and not work.wanted:  # somebody edited one
            work.rows = _kept(item, before, work.known, first)
            return
        for index, found in work.wanted.items():
            article, revision, _notes = self._file_one(work, index, found, begun)
            work.rows.append(ImportedArticle(item=item, index=index, article=article, revision=revision))
        filed.articles = [row.article for row in work.rows]
        gone = [row for row in before if row not in work.known.values()]
        if gone:
            filed.notes.append(
                gettext_noop("gone: the file no longer holds a text that was imported from it; its article stays.")
            )
            work.rows += _kept(item, gone, {}, first)
        if filed.articles:
            lead_to(filed.articles[0], output.get("address"))
        if output["collection"]:
            marks = full_width if self.placer.full_width_marks else str
            articles = [row.article for row in work.rows]
            item.collection = collecting.file(output, item, articles, work.earlier, self.placer.owner, marks)
            if self._may_publish(output, work.decision):
                collecting.make_public(item.collection)

    def _file_one(self, work: Work, index: int, found: dict, begun: dict[int, list[str]]) -> Placed:
        known, filed, decision = work.known.get(index), work.filed, work.decision
        may_publish = self._may_publish(work.output, decision)
        if known is None:
            placed = work.made[index]
            filed.notes += placed.notes
            if placed.article.state == Article.State.PUBLIC:
                filed.published += 1
                filed.begin(placed.article.work_plan if found["carries_plan"] else None, begun)
            return placed
        placed = self.placer.revise(known, found, work.files, decision and _fields(decision, index))
        article = placed.article
        filed.notes += placed.notes
        if may_publish and article.is_public_now and article.has_unpublished_changes:
            filed.notes += self.placer.make_public(article)
        filed.notes += self.placer.follow(article, found)
        if may_publish and article.state == Article.State.DRAFT:
            self._publish(article, work.output, filed, decision)
        return placed

    def _publish(self, article: Article, output: dict, filed: Filed, decision: Decision | None = None) -> None:
        refused = self.placer.make_public(article)
        filed.notes += refused
        if refused:
            return
        filed.published += 1
        plan = getattr(article, "work_plan", None)
        if plan and _may_begin(output, decision):
            filed.begin(plan, self.placer.put_in_force([plan]))


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


def _may_begin(output: dict, decision: Decision | None) -> bool:
    """Whether plans of this page may be put in force."""
    return decision is not None or not any(warning.startswith(NOT_IN_FORCE) for warning in output["warnings"])


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
