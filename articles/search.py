"""Full-text search in Chinese: the keys of segmented words in the database's own index, the same on both databases.

The index changes in the transaction that changes the article. The public searches the live texts of published articles;
staff the latest texts. What is kept of a text: keys.py; how the index is asked: asking.py, finding.py.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import reduce
from operator import or_

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from organizations.characters import fold
from organizations.inserting import insert
from organizations.paths import STEP

from .asking import PLACES, place
from .finding import CAP, Filters, SearchResult, counts, search, titles
from .keys import Texts, marks, month, of_text, of_title, year
from .models import Article, Revision, SearchDocument
from .snippets import text_of
from .told_before import told_before
from .words import TOKENIZER

__all__ = ["CAP", "Filters", "SearchResult", "counts", "index", "index_now", "once", "search", "titles"]

LONGEST_TEXT = 200_000  # characters of a body that are indexed
TRIED = 16  # places that are looked at together for a document
Side = SearchDocument.Side

_gathered: ContextVar[set[int] | None] = ContextVar("articles_to_be_indexed", default=None)
_WORDS = ("kicker", "title", "subtitle", "author", "document_number", "index_number", "tags", "body")
_INDEXED = (
    *("state", "kind", "level", "channel", "published_at", "first_published_at", "created_at"),
    *(f"organization__{name}" for name in ("name", "path", "level")),
    *(f"{side}_revision__{name}" for side in ("live", "latest") for name in _WORDS),
)


def index(*articles: Article) -> None:
    """Bring the documents of articles up to date; one that nobody may find is removed."""
    gathered = _gathered.get()
    if gathered is None:
        index_now(articles)
    else:
        gathered.update(article.pk for article in articles)


@contextmanager
def once() -> Iterator[None]:
    """Index each article that changes inside once, at the end, as it is then; to be entered within a transaction."""
    numbers: set[int] = set()
    token = _gathered.set(numbers)
    try:
        yield
    finally:
        _gathered.reset(token)
    if numbers:
        index_now(to_be_indexed(numbers))


def to_be_indexed(numbers: Iterable[int]):
    """The articles of these numbers with what index_now reads, and no more."""
    related = ("organization", "live_revision", "latest_revision")
    return Article.objects.select_related(*related).only(*_INDEXED).filter(pk__in=numbers).order_by("pk")


def index_now(articles: Iterable[Article], *, new: bool = False) -> None:
    """Bring the documents of many articles up to date, by a few statements for all; what stays is not written.

    `new` says that they were made just now and have none.
    """
    articles = list(articles)
    wanted = [document for article in articles for document in _documents(article)]
    numbered = connection.vendor == "sqlite"
    tried = {place for document in wanted for place in _places(document)} if numbered else set()
    looked_at = [Q(pk__in=tried)] * bool(tried) + [Q(article__in=articles)] * (not new)
    there = list(SearchDocument.objects.filter(reduce(or_, looked_at))) if looked_at else []
    numbers = {article.pk for article in articles}
    gone = {one.pk for one in there if one.article_id in numbers}
    held = {_held(one): one for one in there if one.pk in gone}
    fresh, sides = [], defaultdict(list)
    for document in wanted:
        old = held.get(_held(document))
        if old is None or (numbered and not 0 <= old.pk - place(_dated(document.article)) < PLACES):
            fresh.append(document)
            continue
        gone.discard(old.pk)
        if old.side != document.side:
            sides[document.side].append(old.pk)
    if gone:
        SearchDocument.objects.filter(pk__in=gone).delete()
    for side, kept in sides.items():
        SearchDocument.objects.filter(pk__in=kept).update(side=side)
    if numbered:
        _number(fresh, {one.pk for one in there}, tried)
    insert(fresh, keys=False)


@told_before
def body_words(body: str) -> Texts:
    """The keys and the chief words of a cleaned body."""
    return of_text(text_of(body)[:LONGEST_TEXT])


def _documents(article: Article) -> list[SearchDocument]:
    """What the index is to hold of it, without numbers yet: nothing of what nobody may find."""
    latest = article.latest_revision if article.state != Article.State.TRASHED else None
    live = article.live_revision if article.state == Article.State.PUBLIC else None
    if latest == live:
        return [_document(article, latest, Side.BOTH)] if latest else []
    made = [_document(article, text, side) for text, side in ((latest, Side.LATEST), (live, Side.LIVE)) if text]
    if len(made) == 2 and _held(made[0]) == _held(made[1]):
        made[0].side = Side.BOTH
        made.pop()
    return made


def _document(article: Article, revision: Revision, side: SearchDocument.Side) -> SearchDocument:
    organization, at = article.organization, _dated(article)
    title = (revision.kicker, revision.title, revision.subtitle, organization.name if organization else "")
    names = (revision.author, revision.document_number, revision.index_number, *revision.tags)
    level = article.level_id or (organization.level_id if organization else None)
    path = organization.path if organization else ""
    known = marks(kind=article.kind, channel=article.channel_id, level=level, path=path, step=STEP)
    words, chief = body_words(revision.body)
    return SearchDocument(
        article=article,
        side=side,
        month=month(at),
        words=tuple(sorted({*words, *known, *of_title("\n".join((*title, *names))), month(at), year(at)})),
        chief=" ".join(("".join(fold("\n".join(filter(None, names))).split(" ")), chief)),
        tokenizer=TOKENIZER,
    )


def _held(document: SearchDocument) -> tuple:
    """What two documents of one text have in common."""
    return document.article_id, document.words, document.chief, document.tokenizer


def _dated(article: Article) -> datetime:
    """Its date (sort_at); of one that was made just now, the time."""
    made = article.created_at if isinstance(article.created_at, datetime) else timezone.now()
    return article.published_at or article.first_published_at or made


def _places(document: SearchDocument, turn: int = 0) -> list[int]:
    """Numbers that the document may have on SQLite: near its date, and others for most articles of the same time."""
    first = document.article_id * 2 + (document.side == Side.LATEST)
    start = place(_dated(document.article))
    return [start + (first + 97 * number) % PLACES for number in range(TRIED * turn, TRIED * (turn + 1))]


def _number(documents: list[SearchDocument], taken: set[int], known: set[int]) -> None:
    """Give each a number that no other has; `taken` are those of the `known` numbers that some document has."""
    for document in documents:
        turn = 0
        while (free := next((one for one in _places(document, turn) if one not in taken), None)) is None:
            turn += 1
            further = set(_places(document, turn)) - known
            taken.update(SearchDocument.objects.filter(pk__in=further).values_list("pk", flat=True))
        document.pk = free
        taken.add(free)
