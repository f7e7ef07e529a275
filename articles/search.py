"""Full-text search in Chinese: segmented words in the database's own index, one interface on both databases.

The index row changes in the transaction that changes the article. The public searches the live texts of published
articles; staff the latest texts. A query finds the articles that hold all its words. Counting stops at CAP: beyond it
the newest CAP matches are ranked, and the page says so.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from .html import plain_text
from .models import Article, SearchDocument
from .words import TOKENIZER, index_words, query_words

CAP = 1000
LONGEST_TEXT = 200_000  # characters of a body that are indexed; a tsvector holds at most 1 MB


@dataclass(frozen=True)
class SearchResult:
    """`ids` of the asked page, best first; `count` of all matches, at most CAP + 1; `capped` where there are more."""

    ids: list[int]
    count: int
    capped: bool
    words: list[str]


_gathered: ContextVar[set[int] | None] = ContextVar("articles_to_be_indexed", default=None)
_WORDS = ("kicker", "title", "subtitle", "author", "tags", "body")
_INDEXED = (
    "state",
    "organization__name",
    *(f"{side}_revision__{name}" for side in ("live", "latest") for name in _WORDS),
)


def _document(article: Article, revision) -> dict:
    title = " ".join((revision.kicker, revision.title, revision.subtitle))
    extra = " ".join((article.organization.name if article.organization else "", revision.author, *revision.tags))
    return {
        "title_tokens": " ".join(index_words(f"{title} {extra}")),
        "body_tokens": " ".join(index_words(plain_text(revision.body)[:LONGEST_TEXT])),
        "tokenizer": TOKENIZER,
    }


def index(article: Article) -> None:
    """Bring the article's two documents up to date; one that nobody may find is removed."""
    gathered = _gathered.get()
    if gathered is None:
        _write([article])
    else:
        gathered.add(article.pk)


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
        related = ("organization", "live_revision", "latest_revision")
        _write(Article.objects.select_related(*related).only(*_INDEXED).filter(pk__in=numbers).order_by("pk"))


def _write(articles: Iterable[Article]) -> None:
    documents, gone = [], Q()
    for article in articles:
        sides = {
            SearchDocument.Side.LATEST: article.latest_revision if article.state != Article.State.TRASHED else None,
            SearchDocument.Side.LIVE: article.live_revision if article.state == Article.State.PUBLIC else None,
        }
        shown = {revision.pk: revision for revision in sides.values() if revision}
        words = {pk: _document(article, revision) for pk, revision in shown.items()}
        for side, revision in sides.items():
            if revision is None:
                gone |= Q(article=article, side=side)
            else:
                documents.append(SearchDocument(article=article, side=side, **words[revision.pk]))
    if gone:
        SearchDocument.objects.filter(gone).delete()
    SearchDocument.objects.bulk_create(
        documents,
        update_conflicts=True,
        unique_fields=["article", "side"],
        update_fields=["title_tokens", "body_tokens", "tokenizer"],
    )


def _condition(words: list[str]) -> str:
    """The query in the database's own language; a single character stands for every word that begins with it."""
    if connection.vendor == "postgresql":
        return " & ".join(f"'{word}'" + (":*" if len(word) == 1 else "") for word in words)
    return " AND ".join(f'"{word}"' + ("*" if len(word) == 1 else "") for word in words)


_FROM = {
    "postgresql": "articles_searchdocument d JOIN articles_article a ON a.id = d.article_id",
    "sqlite": "articles_searchindex JOIN articles_searchdocument d ON d.id = articles_searchindex.rowid"
    " JOIN articles_article a ON a.id = d.article_id",
}
_MATCH = {
    "postgresql": "d.words @@ to_tsquery('simple', %s)",
    "sqlite": "articles_searchindex MATCH %s",
}
_RANK = {  # the higher the better
    "postgresql": "ts_rank('{0.1, 0.2, 0.4, 1.0}', d.words, to_tsquery('simple', %s))",
    "sqlite": "-bm25(articles_searchindex, 10.0, 1.0)",
}
_PUBLIC = (
    "AND a.state = 'public' AND (a.publish_at IS NULL OR a.publish_at <= %s)"
    " AND (a.withdraw_at IS NULL OR a.withdraw_at > %s)"
)


def search(
    query: str, *, public: bool = True, order: str = "relevance", limit: int = 20, offset: int = 0
) -> SearchResult:
    """Articles that hold every word of `query`; `order` is "relevance" or "date". No word in it: no results.

    With `public` only what the public may read now, else the latest texts of all articles, which the caller must
    narrow to what the user may see.
    """
    words = query_words(query)
    if not words:
        return SearchResult([], 0, False, [])
    vendor, asked = connection.vendor, _condition(words)
    now = timezone.now()
    side = SearchDocument.Side.LIVE if public else SearchDocument.Side.LATEST
    where = f"{_MATCH[vendor]} AND d.side = '{side.value}' {_PUBLIC if public else ''}"
    now = connection.ops.adapt_datetimefield_value(now)
    given = [asked, *([now, now] if public else [])]
    source = f"FROM {_FROM[vendor]} WHERE {where}"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM (SELECT 1 {source} LIMIT {CAP + 1}) AS m", given)  # noqa: S608
        count = cursor.fetchone()[0]
        rank, rank_given = (_RANK[vendor], [asked] if vendor == "postgresql" else [])
        newest = f"ORDER BY a.sort_at DESC, a.id DESC LIMIT {CAP}" if count > CAP else ""
        ordering = "sort_at DESC, id DESC" if order == "date" else "rank DESC, sort_at DESC, id DESC"
        cursor.execute(
            f"SELECT id FROM (SELECT a.id, a.sort_at, {rank} AS rank {source} {newest}) AS m"  # noqa: S608
            f" ORDER BY {ordering} LIMIT %s OFFSET %s",
            [*rank_given, *given, limit, offset],
        )
        ids = [row[0] for row in cursor.fetchall()]
    return SearchResult(ids, count, count > CAP, words)
