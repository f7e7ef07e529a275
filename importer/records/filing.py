"""Filing records: a chunk is one short transaction, and no chunk is done twice.

A record is known by its site and id. One that has not changed changes nothing; a changed one becomes the next revision
(revising.py), unless a person has edited the article here: then it is told and nothing is overwritten.
"""

import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from taggit.models import Tag

from articles import making, publishing, search
from articles.models import Article, Redirect
from articles.particulars import describe
from articles.told_before import telling
from importer.filing.addresses import LONGEST, old_paths
from organizations import audit
from organizations.inserting import insert
from organizations.models import Organization

from .identity import known, particulars
from .places import Places
from .planning import file_plans
from .preparing import FAULT, Ready
from .revising import kind_of, revise
from .rows import ForeignRecord, RecordsRun
from .shape import Record, gettext_noop

logger = logging.getLogger(__name__)
NEW, REVISED, UNCHANGED, KEPT, BAD = "new", "revised", "unchanged", "kept", "bad"
OUTCOMES = (NEW, REVISED, UNCHANGED, KEPT, BAD)
NOT_PUBLIC = gettext_noop("It stays a draft: %(why)s")
OWN_ADDRESS = "/{slug}/"


@dataclass
class Entry:
    """A line on its way: its number, the digest of its bytes, how it is known, what was read, what became of it."""

    number: int
    digest: str
    ready: Ready
    key: tuple[str, str]
    outcome: str = ""
    notes: list[tuple[str, dict]] = field(default_factory=list)

    @property
    def record(self) -> Record:
        return self.ready.record

    def note(self, sentence: str, **params) -> None:
        self.notes.append((sentence, params))


def digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


class _DryRun(Exception):
    """Takes a chunk back that was filed to see what would become of it."""


class Filer:
    """Files chunks of one run for `owner`. `made(kind, name)` is called for each channel, organisation and tag made."""

    def __init__(
        self,
        owner: Organization,
        *,
        made: Callable[[str, str], None] = lambda kind, name: None,
        dry_run: bool = False,
        pattern: str = OWN_ADDRESS,
    ):
        self.owner, self.made, self.dry_run, self.pattern = owner, made, dry_run, pattern
        self.news: list[tuple[str, str]] = []
        self.last_tag = Tag.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        self.places = Places(lambda kind, name: self.news.append((kind, name)))

    def file(
        self, entries: Sequence[Entry], run: RecordsRun | None = None, done: Callable[[], dict] | None = None
    ) -> None:
        """File entries in one transaction, which notes in `run` what is `done` then; where it fails, each in its own.

        What became of an entry is in its outcome and notes.
        """
        try:
            self._file(entries, run, done)
        except (ValidationError, IntegrityError, ValueError) as refusal:
            if len(entries) == 1:
                self._refused(entries[0], refusal)
                self._file([], run, done)
                return
            logger.info("One of %d records was refused; each is filed by itself.", len(entries), exc_info=True)
            for entry in entries:
                entry.outcome, entry.notes = "", []
                self.file([entry])
            self._file([], run, done)

    def _refused(self, entry: Entry, refusal: Exception) -> None:
        if isinstance(refusal, ValidationError):
            entry.note("%(why)s", why=" ".join(refusal.messages))
        else:
            logger.warning("Line %d could not be filed.", entry.number, exc_info=refusal)
            entry.note(FAULT)
        entry.outcome = BAD

    def _file(self, entries: Sequence[Entry], run: RecordsRun | None, done: Callable[[], dict] | None) -> None:
        self.news.clear()
        told = _told(entries)
        try:
            with transaction.atomic():
                with telling(told), search.once(), audit.together():
                    self._settle(entries)
                self._new_tags()
                if run is not None and done:
                    RecordsRun.objects.filter(pk=run.pk).update(**done())
                if self.dry_run:
                    raise _DryRun
        except _DryRun:
            self.places.forget()
        except BaseException:
            self.places.forget()
            raise
        for kind, name in self.news:
            self.made(kind, name)

    def _new_tags(self) -> None:
        """Tell the tags that these entries brought."""
        rows = Tag.objects.order_by("pk").filter(pk__gt=self.last_tag).values_list("pk", "name")
        for number, name in rows:
            self.news.append(("tag", name))
            self.last_tag = number if not self.dry_run else self.last_tag

    def _settle(self, entries: Sequence[Entry]) -> None:
        rows = known([entry.key for entry in entries])
        new = []
        for entry in entries:
            row = rows.get(entry.key)
            if row is None:
                new.append(entry)
            elif row.digest == entry.digest:
                entry.outcome = UNCHANGED
            else:
                entry.outcome = revise(entry, row, self.places, self.owner)
        if new:
            self._create(new)

    def _create(self, entries: list[Entry]) -> None:
        drafts = [self._draft(entry) for entry in entries]
        made = making.make(drafts, None)
        for entry, (article, _revision, refused) in zip(entries, made, strict=True):
            entry.outcome = NEW
            if refused:
                entry.note(NOT_PUBLIC, why=" ".join(refused.messages))
            self._end(entry, article)
        file_plans([(entry, one.article) for entry, one in zip(entries, made, strict=True) if entry.record.plan])
        articles = [one.article for one in made]
        remembered = [
            ForeignRecord(
                origin=entry.key[0],
                foreign_id=entry.key[1],
                article=article,
                revision=1,
                digest=entry.digest,
                slug=entry.record.slug[:300],
                particulars=particulars(article),
            )
            for entry, article in zip(entries, articles, strict=True)
        ]
        insert(remembered, keys=False)
        Redirect.objects.bulk_create(
            [
                Redirect(old_path=path, article=article)
                for entry, article in zip(entries, articles, strict=True)
                for path in addresses_of(entry.record, self.pattern)
            ],
            ignore_conflicts=True,
        )

    def _draft(self, entry: Entry) -> making.Draft:
        one, notes = entry.record, []
        organization = self.places.organization(one.whose, entry.key[0], notes)
        level = self.places.level(one.more.get("level", ""), notes)
        if organization is None and one.whose and level is None:
            level = self.places.level(one.whose.level, notes)
        written = one.more.get("organization_as_written", "")
        if organization is None and one.whose:
            written = written or one.whose.name
        entry.notes += [(note, {}) for note in (*notes, *entry.ready.notes)]
        return making.Draft(
            owner=self.owner,
            channel=self.places.channel(one),
            text=one.text,
            kind=kind_of(one),
            organization=organization,
            organization_as_written=written[:120],
            level=level,
            published_at=one.published_at,
            published_precision=one.precision,
            imported=True,
            public=one.more.get("state") != "draft",
        )

    def _end(self, entry: Entry, article: Article) -> None:
        """What comes of a public article after its publication: the time of its end, its withdrawal."""
        more = entry.record.more
        if article.state != Article.State.PUBLIC:
            return
        try:
            if end := more.get("withdraw_at"):
                describe(article, None, withdraw_at=end)
            if more.get("state") == "withdrawn":
                kind = more.get("withdrawal_kind", "")
                kind = kind if kind in (Article.Withdrawal.ERROR, *Article.KEPT) else Article.Withdrawal.ERROR
                publishing.withdraw(article, None, more.get("withdrawal_reason") or "—", kind=kind)
        except ValidationError as refusal:
            entry.note("%(why)s", why=" ".join(refusal.messages))


def addresses_of(one: Record, pattern: str) -> list[str]:
    """The old paths that lead to a record's article; a bare slug stands where the pattern says."""
    slug, paths = one.slug, []
    if slug:
        whole = slug.startswith(("/", "http://", "https://"))
        paths += old_paths(slug if whole else pattern.format(slug=slug, id=one.id, channel=one.channel))
    paths += [path for path in one.more["old_addresses"] if path.startswith("/") and len(path) <= LONGEST]
    return list(dict.fromkeys(paths))


def _told(entries: Sequence[Entry]) -> dict[str, dict]:
    told: dict[str, dict] = {}
    for entry in entries:
        for name, values in entry.ready.told.items():
            told.setdefault(name, {}).update(values)
    return told
