"""Full-text search in Chinese: segmented words in the database's own index, one interface on both databases.

The index row changes in the transaction that changes the article. The public searches the live texts of published
articles; staff the latest texts. How the index is asked: finding.py.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models import Q

from .finding import CAP, Filters, SearchResult, counts, search, titles
from .html import plain_text
from .models import Article, SearchDocument
from .told_before import told_before
from .words import TOKENIZER, index_words, title_words

__all__ = ["CAP", "Filters", "SearchResult", "counts", "index", "index_now", "once", "search", "titles"]

LONGEST_TEXT = 200_000  # characters of a body that are indexed; a tsvector holds at most 1 MB


_gathered: ContextVar[set[int] | None] = ContextVar("articles_to_be_indexed", default=None)
_WORDS = ("kicker", "title", "subtitle", "author", "document_number", "index_number", "tags", "body")
_INDEXED = (
    "state",
    "organization__name",
    *(f"{side}_revision__{name}" for side in ("live", "latest") for name in _WORDS),
)


@told_before
def body_words(body: str) -> str:
    """The words of a cleaned body as a document holds them."""
    return " ".join(index_words(plain_text(body)[:LONGEST_TEXT]))


def _document(article: Article, revision) -> dict:
    title = " ".join((revision.kicker, revision.title, revision.subtitle))
    numbers = (revision.document_number, revision.index_number)
    whose = article.organization.name if article.organization else ""
    extra = " ".join((whose, revision.author, *numbers, *revision.tags))
    return {
        "title_tokens": " ".join(title_words(f"{title} {extra}")),
        "body_tokens": body_words(revision.body),
        "tokenizer": TOKENIZER,
    }


def index(article: Article) -> None:
    """Bring the article's two documents up to date; one that nobody may find is removed."""
    gathered = _gathered.get()
    if gathered is None:
        index_now([article])
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
        index_now(Article.objects.select_related(*related).only(*_INDEXED).filter(pk__in=numbers).order_by("pk"))


def index_now(articles: Iterable[Article]) -> None:
    """Bring the documents of many articles up to date, all by one statement."""
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
