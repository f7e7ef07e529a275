"""One article of the importer's output as an article of the site: made, revised, published, its plan proposed."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_noop

from articles import making, publishing
from articles.models import Article, Channel, Revision
from importer.filing.particulars import organization_of, publication_time, text_of
from importer.filing.pictures import Bytes, take_in
from importer.filing.shelving import article_kind, choose_channel
from importer.models import ImportedArticle
from organizations import audit, rights
from organizations.models import Level, Organization
from plans import filing as plan_filing
from plans import proposals
from plans.grammar.periods import title_span, title_subject
from plans.models import WorkPlan

CHANGE_NOTE = "import"
REMEMBERED = 1000  # organisations, so that memory stays flat


class Wanted(NamedTuple):
    """An article of the importer's output that is to be made, the bytes of its pictures, whether it is to be public."""

    found: dict
    files: Mapping[str, bytes] | Bytes
    public: bool


class Placed(NamedTuple):
    """An article, the revision of it that stands for "as imported", and notes."""

    article: Article
    revision: Revision
    notes: list[str]


class Placer:
    """Makes and revises articles of `owner` for `by`; what it cannot do it says in notes."""

    def __init__(self, *, owner: Organization, by, origin: str, full_width_marks: bool = False):
        self.owner, self.by, self.origin, self.full_width_marks = owner, by, origin, full_width_marks
        self.forget()

    def forget(self) -> None:
        """Look channels, levels and organisations up anew; they are read once a run, most pages name the same ones."""
        self.channels: list[Channel] | None = None
        self.levels: dict[str, Level] | None = None
        self.organizations: dict[tuple, Organization | None] = {}

    def create(self, pages: Iterable[Wanted]) -> list[Placed]:
        """New articles with the draft plans they carry; drafts too, save those that are to be public and may be."""
        pages = list(pages)
        drafts, notes = [], []
        for found, files, public in pages:
            text, said = self._text(found, files)
            drafts.append(self._draft(found, text, public))
            notes.append(said)
        made = making.make(drafts, self.by)
        carried = [one.article for (found, *_rest), one in zip(pages, made, strict=True) if found["carries_plan"]]
        titled = [found for found, *_rest in pages if found["carries_plan"]]
        if carried:
            proposals.propose_all(map(self._proposal, carried, titled), self.by)
        return [
            Placed(article, revision, [*said, *_refusal(article.title, refused)])
            for (article, revision, refused), said in zip(made, notes, strict=True)
        ]

    def _draft(self, found: dict, text: dict, public: bool) -> making.Draft:
        published_at, precision = publication_time(found)
        return making.Draft(
            owner=self.owner,
            channel=self._channel(found),
            text=text,
            kind=article_kind(found["kind"]),
            organization=self._organization(found),
            organization_as_written=(found["organization_as_written"] or found["organization"] or "")[:120],
            level=self._level(found["level"]),
            published_at=published_at,
            published_precision=precision,
            imported=True,
            public=public,
        )

    def revise(self, known: ImportedArticle, found: dict, files, fields: set[str] | None) -> Placed:
        """The next revision of an article; of one that was edited since, only `fields` (None: what nobody edited).

        The revision returned is what stands for "as imported": where a person's words stayed, the earlier one.
        """
        text, notes = self._text(found, files)
        article, latest = known.article, known.article.latest_revision
        taken = text
        if known.revision and known.revision_id != latest.pk:
            taken = {
                name: value
                for name, value in text.items()
                if (name in fields if fields is not None else getattr(known.revision, name) == getattr(latest, name))
            }
        revision = (
            publishing.save_revision(article, self.by, taken, base=latest.number, change_note=CHANGE_NOTE)
            if taken
            else latest
        )
        whole = len(taken) == len(text)
        return Placed(article, revision if whole else known.revision, notes)

    def make_public(self, article: Article) -> list[str]:
        """Publish; where that is refused, by a channel that asks for a review say, the draft stays and it is noted."""
        try:
            with audit.together():
                publishing.publish(article, self.by)
        except ValidationError as refusal:
            return _refusal(article.title, refusal)
        return []

    def put_in_force(self, plans: Iterable[WorkPlan]) -> dict[int, list[str]]:
        """Put draft plans in force where body and stated year are known and `by` may; notes by the keys of those."""
        whole = [
            plan
            for plan in plans
            if plan.state == WorkPlan.State.DRAFT
            and (plan.organization_id and plan.starts_on and plan.year_stated)
            and (self.by is None or rights.may(self.by, "put_in_force", plan))
        ]
        refused = plan_filing.put_all_in_force(whole, self.by) if whole else []
        return {
            plan.pk: [f"draft: {' '.join(refusal.messages)}"] if refusal else []
            for plan, refusal in zip(whole, refused, strict=True)
        }

    def _channel(self, found: dict) -> Channel:
        if self.channels is None:
            self.channels = list(Channel.objects.filter(kind=Channel.Kind.LIST))
        slug = found.get("channel_slug")
        chosen = next((channel for channel in self.channels if slug and channel.slug == slug), None)
        return chosen or choose_channel(found["kind"], found["title"], found["channel"], self.channels)

    def _level(self, code: str | None) -> Level | None:
        if self.levels is None:
            self.levels = Level.objects.in_bulk()
        return self.levels.get(code)

    def _organization(self, found: dict) -> Organization | None:
        key = (found["organization"], found["parent_organization"], found.get("organization_id"))
        if key not in self.organizations:
            if len(self.organizations) >= REMEMBERED:
                self.organizations.clear()
            self.organizations[key] = organization_of(found, origin=self.origin)
        return self.organizations[key]

    def _text(self, found: dict, files) -> tuple[dict, list[str]]:
        html, missing = take_in(found, files, owner=self.owner, by=self.by)
        text, notes = text_of({**found, "body_html": html}, full_width_marks=self.full_width_marks)
        return text, [*missing, *notes]

    def _proposal(self, article: Article, found: dict) -> proposals.Proposal:
        period, starts_on, ends_on = title_span(found["title"], found["plan_year"])
        evidence = found["evidence"].get("plan_year") or {}
        return proposals.Proposal(
            article=article,
            organization=article.organization,
            starts_on=starts_on,
            ends_on=ends_on,
            year_stated=bool(found["plan_year_stated"]),
            year_evidence=evidence.get("text") or "",
            subject=title_subject(found["title"]) or WorkPlan.DEFAULT_SUBJECT,
            period=period,
        )

    def follow(self, article: Article, found: dict) -> list[str]:
        """A draft plan is read anew from the new text; one in force keeps its targets, and what broke is said."""
        notes = []
        plan = WorkPlan.objects.filter(article=article).first()
        if plan is None:
            if found["carries_plan"]:
                proposals.propose_all([self._proposal(article, found)], self.by)
        elif plan.state == WorkPlan.State.DRAFT:
            plan_filing.read_text(plan, self.by)
        elif plan.targets.filter(broken=True).exists():
            notes.append(
                gettext_noop("broken: sentences of targets are gone from the text; choose them anew in the plan.")
            )
        if publication_time(found) != (article.published_at, article.published_precision):
            notes.append(gettext_noop("date: the file gives another date now; the article keeps the one it has."))
        return notes


def _refusal(title: str, refused: ValidationError | None) -> list[str]:
    return [f"draft: {title}: {' '.join(refused.messages)}"] if refused else []
