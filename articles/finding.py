"""Asking the search index: two phases on both databases, with the filters inside the first.

The first phase counts to CAP + 1. Up to CAP matches are then taken whole, else the newest CAP: these are looked through
for exact phrases, put in order and counted by what they may be narrowed to.
"""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import connection
from django.db.models.expressions import RawSQL
from django.utils import timezone

from organizations.models import Organization
from organizations.paths import subtree_end

from .models import SearchDocument
from .phrases import holding
from .query import Query, Term, read
from .words import fold

CAP = 1000
HALF_LIFE = 730  # days after which half of what being new is worth is gone
_TITLE_HOLDS_ALL = 2.0  # how much better it is where the title holds what was typed as it was typed


@dataclass(frozen=True)
class Filters:
    """What narrows a search: numbers of `channels`, an `organization` with its subtree, a level's code, a kind, a
    year of publication. Empty values narrow nothing."""

    channels: tuple[int, ...] = ()
    organization: Organization | None = None
    level: str = ""
    kind: str = ""
    year: int | None = None


@dataclass(frozen=True)
class Match:
    """A found article with what lists of matches are narrowed by; `dated` is its publication date, if it has one."""

    id: int
    sort_at: datetime.datetime
    dated: datetime.datetime | None
    title: str
    kind: str
    channel: int
    level: str | None
    organization: int | None
    organization_name: str | None
    organization_slug: str | None
    rank: float


@dataclass(frozen=True)
class SearchResult:
    """What is `shown` on the asked page, best first, and its `ids`.

    `count` is of all matches, at most CAP + 1; `capped` says that there are more, and with exact phrases `count` then
    how many of the newest CAP hold them. `words` are to be marked; `matches` are all that was looked at, at most CAP;
    `since` is the day of the oldest public article.
    """

    shown: list[Match]
    count: int
    capped: bool
    words: list[str]
    matches: list[Match] = field(default_factory=list)
    since: datetime.datetime | None = None

    @property
    def ids(self) -> list[int]:
        return [one.id for one in self.shown]


_FROM = {
    "postgresql": "articles_searchdocument d",
    "sqlite": "articles_searchindex JOIN articles_searchdocument d ON d.id = articles_searchindex.rowid",
}
_JOINS = (
    " JOIN articles_article a ON a.id = d.article_id LEFT JOIN organizations_organization o ON o.id = a.organization_id"
)
_MATCH = {
    "postgresql": "d.words @@ to_tsquery('simple', %s)",
    "sqlite": "articles_searchindex MATCH %s",
}
_RANK = {  # the higher the better
    "postgresql": "ts_rank('{0.1, 0.2, 0.4, 1.0}', d.words, to_tsquery('simple', %s))",
    "sqlite": "-bm25(articles_searchindex, 10.0, 1.0)",
}
_PUBLIC = (
    " AND a.state = 'public' AND (a.publish_at IS NULL OR a.publish_at <= %s)"
    " AND (a.withdraw_at IS NULL OR a.withdraw_at > %s)"
)
_COLUMNS = (
    "a.id, a.sort_at, a.published_at, a.title, a.kind, a.channel_id, COALESCE(a.level_id, o.level_id),"
    " o.id, o.name, o.slug"
)
_OLDEST = "(SELECT MIN(sort_at) FROM articles_article WHERE state = 'public')"


def search(
    query: str,
    *,
    public: bool = True,
    order: str = "relevance",
    limit: int = 20,
    offset: int = 0,
    filters: Filters = Filters(),
) -> SearchResult:
    """Articles that hold every word of `query`; `order` is "relevance" or "date". No word in it: no results.

    With `public` only what the public may read now, else the latest texts of all articles, which the caller must
    narrow to what the user may see.
    """
    asked = read(query)
    marked = [term.text for term in asked.terms]
    if not asked.terms:
        return SearchResult([], 0, False, [])
    source, given = _source(asked.terms, public, filters)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*), {_OLDEST} FROM (SELECT 1 {source} LIMIT {CAP + 1}) AS m", given)  # noqa: S608
        count, since = cursor.fetchone()
        capped = count > CAP
        newest = f" ORDER BY a.sort_at DESC, a.id DESC LIMIT {CAP}" if capped else ""
        rank, ranked = ("0", []) if order == "date" else _rank(asked.terms)
        if count:
            cursor.execute(f"SELECT {_COLUMNS}, {rank} {source}{newest}", [*ranked, *given])
        rows = cursor.fetchall() if count else []
    matches = [Match(row[0], _moment(row[1]), _moment(row[2]), *row[3:]) for row in rows]
    if matches and asked.phrases:
        held = holding([one.id for one in matches], asked.phrases, "live_revision" if public else "latest_revision")
        matches = [one for one in matches if one.id in held]
        count = len(matches)
    matches.sort(key=_newest if order == "date" else _best(asked), reverse=True)
    return SearchResult(matches[offset : offset + limit], count, capped, marked, matches, _moment(since))


def counts(asked: Sequence[tuple[str, Filters]]) -> list[int]:
    """How many public articles each of these searches finds, at most CAP + 1, by one query; phrases by their words."""
    parts, given = [], []
    for place, (query, filters) in enumerate(asked):
        if terms := read(query).terms:
            source, values = _source(terms, True, filters)
            parts.append(f"SELECT {place}, count(*) FROM (SELECT 1 {source} LIMIT {CAP + 1}) AS m{place}")  # noqa: S608
            given += values
    if not parts:
        return [0] * len(asked)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), given)
        found = dict(cursor.fetchall())
    return [found.get(place, 0) for place in range(len(asked))]


def articles_holding(text: str, among: Sequence[int] | None = None) -> RawSQL | None:
    """The numbers of the articles whose text holds every word of `text`, as a subquery: the live text, of an article
    that never was public the latest. None where there is no word in `text`; what the user may see is for the caller.

    Of `among` alone where they are given, at a cost that grows with them and not with the index.
    """
    terms = read(text).terms
    if not terms:
        return None
    vendor = connection.vendor
    source, within = _FROM[vendor], ""
    if among is not None:
        within = f" AND d.article_id IN ({', '.join(map(str, among)) or 'NULL'})"
        if vendor == "sqlite":  # from the documents to their words: left to itself it reads the words' whole lists
            source = "articles_searchdocument d CROSS JOIN articles_searchindex ON articles_searchindex.rowid = d.id"
    latest = "a.live_revision_id IS NULL OR a.live_revision_id = a.latest_revision_id"
    where = f"{_MATCH[vendor]}{within} AND (d.side = 'live' OR {latest})"
    joined = f"{source} JOIN articles_article a ON a.id = d.article_id"
    return RawSQL(f"SELECT d.article_id FROM {joined} WHERE {where}", [_condition(terms)])  # noqa: S608, S611


def titles(text: str, limit: int) -> list[tuple[int, str]]:
    """Number and title of public articles whose title holds `text` as it stands, the newest of those looked at."""
    folded = "".join(re.findall(r"\w+", fold(text)))
    characters = dict.fromkeys(re.findall(r"[a-z0-9]+|[^\W_]", folded))
    if not characters:
        return []
    terms = [f"'{one}':*A" if one.isascii() else f"'{one}':A" for one in characters]
    asked = " & ".join(terms)
    if connection.vendor == "sqlite":
        asked = " AND ".join(f'title_tokens : "{one}"' + "*" * one.isascii() for one in characters)
    where, now = _public_now()
    source = f"FROM {_FROM[connection.vendor]}{_JOINS} WHERE {_MATCH[connection.vendor]} AND d.side = 'live'{where}"
    if connection.vendor == "sqlite":
        source += " ORDER BY articles_searchindex.rowid DESC"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT a.id, a.title, a.sort_at {source} LIMIT {CAP}", [asked, *now])
        rows = [row for row in cursor.fetchall() if folded in "".join(re.findall(r"\w+", fold(row[1])))]
    rows.sort(key=lambda row: (_moment(row[2]), row[0]), reverse=True)
    return [(pk, title) for pk, title, _at in rows[:limit]]


def _source(terms: Sequence[Term], public: bool, filters: Filters) -> tuple[str, list]:
    """The first phase without what it selects, and its parameters."""
    side = SearchDocument.Side.LIVE if public else SearchDocument.Side.LATEST
    where, given = _public_now() if public else ("", [])
    more, values = _narrowed(filters)
    vendor = connection.vendor
    source = f"FROM {_FROM[vendor]}{_JOINS} WHERE {_MATCH[vendor]} AND d.side = '{side.value}'{where}{more}"
    return source, [_condition(terms), *given, *values]


def _public_now() -> tuple[str, list]:
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    return _PUBLIC, [now, now]


def _narrowed(filters: Filters) -> tuple[str, list]:
    where, given = "", []
    if filters.channels:
        where += f" AND a.channel_id IN ({', '.join(['%s'] * len(filters.channels))})"
        given += filters.channels
    if filters.organization:
        where += " AND o.path >= %s AND o.path < %s"
        given += [filters.organization.path, subtree_end(filters.organization.path)]
    if filters.level:
        where += " AND (a.level_id = %s OR (a.level_id IS NULL AND o.level_id = %s))"  # as PostgreSQL can guess it
        given += [filters.level, filters.level]
    if filters.kind:
        where += " AND a.kind = %s"
        given.append(filters.kind)
    if filters.year:
        first, end = (timezone.make_aware(datetime.datetime(filters.year + more, 1, 1)) for more in (0, 1))
        where += " AND a.published_at IS NOT NULL AND a.sort_at >= %s AND a.sort_at < %s"
        given += map(connection.ops.adapt_datetimefield_value, (first, end))
    return where, given


def _condition(terms: Sequence[Term]) -> str:
    """The query in the database's own language; of a phrase that has no words, those that begin with its characters."""
    if connection.vendor == "postgresql":
        title, beginning, word, also = "'{}':A", "'{}':*", "'{}'", " & "
    else:
        title, beginning, word, also = 'title_tokens : "{}"', '"{}"*', '"{}"', " AND "
    conditions = []
    for term in terms:
        form = title if term.is_character else word
        conditions += [(beginning if term.exact and len(one) == 1 else form).format(one) for one in term.words]
    return also.join(dict.fromkeys(conditions))


def _rank(terms: Sequence[Term]) -> tuple[str, list]:
    vendor = connection.vendor
    return _RANK[vendor], [_condition(terms)] if vendor == "postgresql" else []


def _newest(match: Match) -> tuple:
    return match.sort_at, match.id


def _best(asked: Query):
    """The key of relevance: the database's rank, better for what is new and for a title that holds all as typed."""
    now = timezone.now()

    def key(match: Match) -> tuple:
        age = max((now - match.dated).days, 0) if match.dated else None
        fresh = 1 + (0.5 ** (age / HALF_LIFE) if age is not None else 0)
        title = "".join(re.findall(r"[\w《》]+", fold(match.title)))
        whole = _TITLE_HOLDS_ALL if all(piece in title for piece in asked.pieces) else 1
        return match.rank * fresh * whole, match.sort_at, match.id

    return key


def _moment(value) -> datetime.datetime | None:
    """A time as the database gives it; SQLite's are in UTC without saying so, and text where they were computed."""
    if isinstance(value, str):
        value = datetime.datetime.fromisoformat(value)
    return value.replace(tzinfo=datetime.UTC) if value and value.tzinfo is None else value
