"""Making articles, one or many by the same few statements: create() and the import come this way."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from organizations import rights
from organizations.audit import record
from organizations.inserting import insert
from organizations.models import Level, Organization

from . import concerned, listing, search
from .extensions import article_published
from .going_live import require_fit, start
from .models import Article, Channel, Revision, ViewCount
from .next_revision import copy_lines, revision_of
from .particulars import precision_of
from .tagging import tag_new
from .text import cleaned, spelling


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What an article is made of: a `text` (keys of TEXT_FIELDS) of `owner` in `channel`, and its particulars.

    A date is kept as it is where an imported page states it. Without a precision midnight means the day. One that is to
    be `public` is published at once, by the rules of publish().
    """

    owner: Organization
    channel: Channel
    text: dict
    kind: str = Article.Kind.NEWS
    organization: Organization | None = None
    organization_as_written: str = ""
    level: Level | None = None
    published_at: datetime | None = None
    published_precision: str | None = None
    imported: bool = False
    public: bool = False

    def article(self, by) -> Article:
        return Article(
            owner=self.owner,
            channel=self.channel,
            contributor=by,
            kind=self.kind,
            organization=self.organization,
            organization_as_written=self.organization_as_written,
            level=self.level or (self.organization.level if self.organization else None),
            published_at=self.published_at if self.imported else None,
            published_precision=self.published_precision or precision_of(self.published_at),
            imported=self.imported,
            created_at=timezone.now(),
        )


class Made(NamedTuple):
    """A new article with its first revision; `refused` says why it stays a draft that was to be public."""

    article: Article
    revision: Revision
    refused: ValidationError | None


@transaction.atomic
def make(drafts: Iterable[Draft], by) -> list[Made]:
    """New articles with their first revisions.

    Where `by` lacks a right in one of them, or one has no title, none is made. One that must not be public, since its
    channel asks for a review or it has no text, stays a draft.
    """
    drafts = list(drafts)
    used_tags = spelling(tag for draft in drafts for tag in draft.text.get("tags", ()))
    made = [_unsaved(draft, by, used_tags) for draft in drafts]
    articles = insert(one.article for one in made)
    insert(ViewCount(article=article) for article in articles)
    insert(one.revision for one in made)
    for article, revision, _refused in made:
        article.latest_revision = revision
    tag_new((article, revision.tags) for article, revision, _refused in made)
    live = [article for article in articles if article.first_published_at]
    for article in live:
        article.live_revision, article.state = article.latest_revision, Article.State.PUBLIC
    _point(live, live_revision=_FIRST, state=Article.State.PUBLIC)
    _point([article for article in articles if not article.first_published_at])
    search.index_now(articles, new=True)
    listing.add(articles)
    tags = concerned.of_new(articles)
    for article in articles:
        record("create", article, by=by, organization=article.owner, revision=1, tags=())
        if article.live_revision:
            article_published.send(Article, article=article, revision=article.live_revision, by=by, new=True)
            about = {"organization": article.owner, "revision": 1, "tags": sorted(tags[article.pk])}
            record("publish", article, by=by, **about)
    return made


_FIRST = Subquery(Revision.objects.filter(article=OuterRef("pk")).order_by().values("pk"))


def _point(articles: list[Article], **more) -> None:
    """Let the rows of new articles name their revisions, which could only be saved after them."""
    if articles:
        numbers = [article.pk for article in articles]
        Article.objects.filter(pk__in=numbers).update(latest_revision=_FIRST, **more)


def _unsaved(draft: Draft, by, used_tags: dict[str, str]) -> Made:
    article, refused = draft.article(by), None
    if by is not None:
        rights.require(by, "write", article)
    revision = revision_of(article, cleaned({**draft.text, "channel": draft.channel}, None, used_tags), by)
    copy_lines(article, revision)
    if draft.public:
        if by is not None:
            rights.require(by, "publish", article)
        try:
            require_fit(revision)
            start(article, timezone.now())
        except ValidationError as refusal:
            refused = refusal
    return Made(article, revision, refused)
