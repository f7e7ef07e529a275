"""Which pages a change of an article concerns: where it stood and where it stands, by the tags that pages show.

"article:<pk>" its own page and every page that names it; "beside:<pk>" the page of one that stands before or after it;
"articles" whatever lists all; "year:<year>" the archive of that year and of those beside it; "channel:",
"collection:", "tag:" their lists; "organization:<path>" those of the bodies it is about and below whom; "own:<pk>" that
body's alone; "word:<word>" pages that look for titles alike; "block:<n>" a part of the sitemap. Many articles made at
once say "turn:<channel>" and "words" where one would ask who is concerned.
"""

import datetime
from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, Value
from django.utils import timezone

from organizations.concerned import SITE, of_subtrees, register_concerned, register_unseen

from .alike import COMMON
from .models import Article, Channel, CollectionEntry, MediaFile, PreviewLink
from .neighbours import first_rows, in_turn
from .words import index_words

PRIVATE = frozenset(
    (
        *("create", "save", "name revision", "restore revision", "submit", "pass", "return"),
        *("make link", "revoke link", "open link", "schedule correction", "cancel correction", "correction failed"),
    )
)
"""What changes nothing that readers see, save when the page of an article that they have was touched last."""
OPEN = frozenset(("publish", "schedule", "correct", "withdraw", "trash", "restore", "describe", "redate"))
"""What is done to one article by a verb that locks it; whatever else is done concerns the whole SITE."""
BLOCK = 2_000
"""So many numbers of articles stand in one part of the sitemap; it may hold 50,000, fewer are rendered at once."""
FEW = 3
"""Where so few others stand in a channel when a time is read ahead, it may be empty by then."""

_more: list[Callable[[list[Article]], dict[int, set[str]]]] = []


def register_more(source: Callable[[list[Article]], dict[int, set[str]]]) -> None:
    """Add `source(articles)`, which gives further tags of what readers see of these articles, by their numbers."""
    _more.append(source)


def block_of(pk: int) -> int:
    """The part of the sitemap that an article's number stands in, from 1 on."""
    return pk // BLOCK + 1


class Standing(NamedTuple):
    """Where readers find an article at one moment: `listed` in lists, `read` at its address, and by what they do."""

    listed: bool
    read: bool
    channel: int
    at: datetime.datetime | None
    dated: bool
    organization: object
    revision: object
    merged_into: int | None

    @classmethod
    def of(cls, article: Article) -> "Standing":
        """Of an article with organisation and live revision loaded. One whose time has not come counts as listed."""
        listed = article.state == Article.State.PUBLIC
        return cls(
            listed,
            listed or (article.state == Article.State.WITHDRAWN and article.first_published_at is not None),
            article.channel_id,
            article.published_at or article.first_published_at or article.created_at,
            article.published_at is not None,
            article.organization,
            article.live_revision,
            article.merged_into_id,
        )

    def tags(self, pk: int) -> set[str]:
        """What needs no query and no word."""
        if not self.read:
            return set()
        found = {f"article:{pk}"}
        if self.listed:
            found |= {"articles", f"channel:{self.channel}", f"block:{block_of(pk)}"}
            found |= {f"tag:{name.casefold()}" for name in self.revision.tags}
            if self.dated:
                found.add(f"year:{timezone.localtime(self.at).year}")
            if self.organization:
                found |= {f"own:{self.organization.pk}", *of_subtrees(self.organization.path)}
        return found

    def words(self) -> set[str]:
        """A tag for each word of it that a title may be found by (search.index)."""
        if not self.listed:
            return set()
        text = self.revision
        said = (
            text.kicker,
            text.title,
            text.subtitle,
            text.author,
            text.document_number,
            text.index_number,
            *text.tags,
        )
        words = index_words(" ".join((*said, self.organization.name if self.organization else "")))
        return {f"word:{word}" for word in words if len(word) > 1 and not word.isascii() and word not in COMMON}


def of_change(verb: str, article: Article) -> set[str]:
    """The tags of an entry about an article from locking.lock, after `verb` was done to it."""
    now = Standing.of(article)
    if verb in PRIVATE:
        return {f"article:{article.pk}"} if now.read else set()
    if verb not in OPEN:
        return {SITE}
    before = getattr(article, "stood", now)  # a new one stood nowhere
    found = before.tags(article.pk) | now.tags(article.pk)
    places = {(one.channel, one.at) for one in (before, now) if one.listed}
    if places:
        found |= before.words() | now.words() | _around(article, places)
    if found:
        for source in _more:
            found |= source([article]).get(article.pk, set())
    return found


def of_new(articles: list[Article]) -> dict[int, set[str]]:
    """The tags of new articles by their numbers, by one query and those of `register_more`, however many they are."""
    shown = [article for article in articles if article.state == Article.State.PUBLIC]
    if not shown:
        return {}
    found = {article.pk: Standing.of(article).tags(article.pk) for article in shown}
    others = _public_in().exclude(pk__in=[article.pk for article in shown])
    rows = Channel.objects.filter(pk__in={article.channel_id for article in shown}).annotate(had=Exists(others))
    had = dict(rows.order_by().values_list("pk", "had"))
    for article in shown:
        found[article.pk] |= {"words", f"turn:{article.channel_id}"} | (
            {SITE} if not had[article.channel_id] else set()
        )
    for source in _more:
        for pk, tags in source(shown).items():
            found[pk] |= tags
    return found


def coming(
    first: datetime.datetime, end: datetime.datetime, most: int = 1000
) -> list[tuple[datetime.datetime, list[str]]]:
    """The moments after `first` until `end` at which an article begins or ends to be public by the clock alone, with
    the tags of what it concerns then: the next `most`."""
    within = Q(publish_at__gt=first, publish_at__lte=end) | Q(withdraw_at__gt=first, withdraw_at__lte=end)
    rows = Article.objects.filter(within, state=Article.State.PUBLIC).order_by("publish_at", "withdraw_at")
    articles = list(rows.select_related("organization", "live_revision")[:most])
    empty = _nearly_empty({article.channel_id for article in articles})
    found = []
    for article in articles:
        tags = Standing.of(article).tags(article.pk) | Standing.of(article).words() | {f"turn:{article.channel_id}"}
        tags |= _collections_of(article) | ({SITE} if article.channel_id in empty else set())
        for source in _more:
            tags |= source([article]).get(article.pk, set())
        found += [(at, sorted(tags)) for at in (article.publish_at, article.withdraw_at) if at and first < at <= end]
    return sorted(found)


def _around(article: Article, places: Iterable[tuple[int, datetime.datetime]]) -> set[str]:
    """Who stands before and after it, its collections, and SITE where the menu may change; by one query."""
    public = Article.objects.published().exclude(pk=article.pk)
    sources = []
    for channel, at in places:
        for side in in_turn(channel, at, article.pk, public):
            sources.append(first_rows(side, 1).values_list(Value("beside"), "pk", "channel"))
    entries = CollectionEntry.objects.filter(article=article).order_by()
    sources.append(entries.values_list(Value("collection"), "collection", "article"))
    pages = Channel.objects.filter(page=article).order_by()
    sources.append(pages.values_list(Value("page"), "pk", "pk"))
    first, *others = sources
    rows = list(first.union(*others, all=True).order_by())
    found = {f"{kind}:{pk}" for kind, pk, _of in rows if kind != "page"}
    peopled = {channel for kind, _pk, channel in rows if kind == "beside"}
    alone = any(channel not in peopled for channel, _at in places)
    if alone or any(kind == "page" for kind, *_rest in rows):
        found.add(SITE)
    return found | ({"collections"} if any(kind == "collection" for kind, *_rest in rows) else set())


def _collections_of(article: Article) -> set[str]:
    entries = CollectionEntry.objects.filter(article=article).order_by().values_list("collection", flat=True)
    shown = {f"collection:{pk}" for pk in entries}
    return shown | {"collections"} if shown else {SITE} if Channel.objects.filter(page=article).exists() else set()


def _public_in():
    """The public articles of the channel of a query around it; a range as in menu.channels, for the same reason."""
    rows = Article.objects.published().order_by()
    return rows.filter(channel__gte=OuterRef("pk"), channel__lte=OuterRef("pk"))


def _nearly_empty(channels: set[int]) -> set[int]:
    """Those of `channels` with at most FEW public articles."""
    public = Article.objects.published().order_by("-sort_at")
    return {pk for pk in channels if public.filter(channel=pk)[: FEW + 1].count() <= FEW}


register_concerned(Article, of_change)
register_concerned(MediaFile, lambda verb, media: () if verb in ("upload", "add") else (SITE,))
register_unseen(PreviewLink)
