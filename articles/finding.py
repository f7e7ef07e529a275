"""Searching the articles: the index gives the newest CAP that hold all words, with the filters inside; these are looked
through for exact phrases, put in order and counted by what they may be narrowed to.
"""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from organizations.characters import fold
from organizations.models import Organization
from organizations.paths import subtree_end

from . import asking
from .asking import EARLIEST, LATEST, Keys, newest
from .keys import LONGEST_BEGINNING, key, mark, title_key
from .phrases import holding
from .query import Query, Term, read

CAP = 1000
FEW = 1000
"""Of so many articles each is asked for the keys, of more the index."""
HALF_LIFE = 730  # days after which half of what being new is worth is gone
_TITLE_HOLDS_ALL = 2.0  # how much better it is where the title holds what was typed as it was typed
_BETWEEN = re.compile(r"[^\w《》\n]+")
_IN_TITLE, _IN_NAME, _OFTEN, _HELD = 8.0, 4.0, 3.0, 1.0
"""What a word is worth in a title, in the organisation's name, among the chief words, and elsewhere."""


@dataclass(frozen=True)
class Filters:
    """What narrows a search: numbers of `channels`, an `organization` with its subtree, a level's code, a kind, a
    year of publication. Empty values narrow nothing."""

    channels: tuple[int, ...] = ()
    organization: Organization | None = None
    level: str = ""
    kind: str = ""
    year: int | None = None


class Match(NamedTuple):
    """A found article with what lists of matches are narrowed by; `at` and `published` (if it was) are seconds since
    1970, which a thousand rows are read quickly in."""

    id: int
    at: float
    published: float | None
    title: str
    kind: str
    channel: int
    level: str | None
    organization: int | None
    organization_name: str | None
    organization_slug: str | None
    chief: str

    @property
    def dated(self) -> datetime.datetime | None:
        """Its publication date in the site's time zone."""
        return _moment(self.published)


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


_PUBLIC = (
    " AND a.state = 'public' AND (a.publish_at IS NULL OR a.publish_at <= %s)"
    " AND (a.withdraw_at IS NULL OR a.withdraw_at > %s)"
)
_COLUMNS = (
    "a.id, {at}, {published}, a.title, a.kind, a.channel_id, COALESCE(a.level_id, o.level_id),"
    " o.id, o.name, o.slug, d.chief, {oldest}"
)
_OLDEST = "(SELECT MIN(sort_at) FROM articles_article WHERE state = 'public')"
_SECONDS = {"sqlite": "((julianday({}) - 2440587.5) * 86400.0)", "postgresql": "date_part('epoch', {})"}


def search(
    query: str,
    *,
    public: bool = True,
    order: str = "relevance",
    limit: int = 20,
    offset: int = 0,
    filters: Filters = Filters(),
    among: QuerySet | None = None,
) -> SearchResult:
    """Articles that hold every word of `query`; `order` is "relevance" or "date". No word in it: no results.

    With `public` only what the public may read now, else the latest texts of all articles. Of the articles `among`
    alone where they are given: what a user may see has to be known before the newest CAP are taken.
    """
    asked = read(query)
    marked = [term.text for term in asked.terms]
    if not asked.terms:
        return SearchResult([], 0, False, [])
    statement, given = _newest(_columns(), asked.terms, public, filters, among)
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        rows = cursor.fetchall()
    count, capped = len(rows), len(rows) > CAP
    since = rows[0][-1] if rows else None
    matches = [Match._make(row[:-1]) for row in rows[:CAP]]
    if matches and asked.phrases:
        held = holding([one.id for one in matches], asked.phrases, "live_revision" if public else "latest_revision")
        matches = [one for one in matches if one.id in held]
        count = len(matches)
    matches = _by_date(matches) if order == "date" else _best_first(matches, asked)
    return SearchResult(matches[offset : offset + limit], count, capped, marked, matches, _moment(since))


def counts(asked: Sequence[tuple[str, Filters]]) -> list[int]:
    """How many public articles each of these searches finds, at most CAP + 1, by one query; phrases by their words."""
    parts, given = [], []
    for place, (query, filters) in enumerate(asked):
        if terms := read(query).terms:
            found, values = _newest("a.id", terms, True, filters)
            parts.append(f"SELECT {place}, count(*) FROM ({found}) AS m{place}")  # noqa: S608
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
    source, given = asking.holding(_keys(terms), among)
    latest = "a.live_revision_id IS NULL OR a.live_revision_id = a.latest_revision_id"
    return RawSQL(f"SELECT d.article_id {source} AND (d.side <> 'latest' OR {latest})", given)  # noqa: S611


def titles(text: str, limit: int, *, public: bool = True, among: QuerySet | None = None) -> list[tuple[int, str]]:
    """Number and title of articles whose title holds `text` as it stands, the newest of those looked at: of public
    ones, or of all; of the articles `among` alone where they are given."""
    folded = _compact(text)
    characters = dict.fromkeys(re.findall(r"[a-z0-9]+|[^\W_]", folded))
    if not characters:
        return []
    keys = Keys(tuple(title_key(one[:LONGEST_BEGINNING]) for one in characters))
    statement, given = _asked("a.id, a.title", keys, public, among, limit=CAP)
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        rows = [row for row in cursor.fetchall() if folded in _compact(row[1])]
    return rows[:limit]


def _compact(text: str) -> str:
    return "".join(re.findall(r"\w+", fold(text)))


def _newest(
    columns: str, terms: Sequence[Term], public: bool, filters: Filters, among: QuerySet | None = None
) -> tuple[str, list]:
    within = _year(filters.year) if filters.year else (EARLIEST, LATEST)
    narrowed = _narrowed(filters)
    return _asked(columns, _keys(terms, filters), public, among, *narrowed, limit=CAP + 1, within=within)


def _asked(
    columns: str, keys: Keys, public: bool, among: QuerySet | None, where: str = "", given: Sequence = (), **options
) -> tuple[str, list]:
    """The statement of newest(). Of few articles each is looked at, of many the newest, which are many of them."""
    first, values = _public_now() if public else ("", [])
    where, given = first + where, [*values, *given]
    if among is not None:
        numbers = list(among.order_by().values_list("pk", flat=True)[: FEW + 1])
        if len(numbers) <= FEW:
            return asking.of_few(
                columns, keys, numbers, public=public, where=where, given=given, limit=options["limit"]
            )
        one = among.order_by().filter(pk=RawSQL("a.id", ())).values("pk")
        inside, values = one.query.sql_with_params()
        where, given = f"{where} AND EXISTS ({inside})", [*given, *values]
    return newest(columns, keys, public=public, where=where, given=given, **options)


def _keys(terms: Sequence[Term], filters: Filters = Filters()) -> Keys:
    """Those of the words, and of what the index knows about the filters; single characters are those of titles."""
    every = []
    for term in terms:
        for word in term.words:
            of_title = term.is_character or (len(word) == 1 and not word.isascii())
            every.append(title_key(word[:LONGEST_BEGINNING]) if of_title else key(word))
    for letter, value in (("k", filters.kind), ("l", filters.level)):
        if value:
            every.append(mark(letter, value))
    if filters.organization:
        every.append(mark("p", filters.organization.path))
    channels = tuple(mark("c", channel) for channel in filters.channels)
    return Keys(tuple(dict.fromkeys(every)), (channels,) if channels else ())


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
        where += " AND a.published_at IS NOT NULL AND a.sort_at >= %s AND a.sort_at < %s"
        given += map(connection.ops.adapt_datetimefield_value, _year(filters.year))
    return where, given


def _year(year: int) -> tuple[datetime.datetime, datetime.datetime]:
    """Its beginning and its end."""
    first, end = (timezone.make_aware(datetime.datetime(year + more, 1, 1)) for more in (0, 1))
    return first, end


def _by_date(matches: list[Match]) -> list[Match]:
    return sorted(matches, key=lambda match: (match.at, match.id), reverse=True)


def _best_first(matches: list[Match], asked: Query) -> list[Match]:
    """By relevance: where the words stand, better for what is new and for a title that holds all as typed."""
    if not matches:
        return []
    now = timezone.now().timestamp()
    texts = ["".join(term.text.split()) for term in asked.terms]
    # all titles at once: to fold them one by one would cost more than to find them
    folded = fold("\n".join(" ".join(match.title.split()) for match in matches))
    titles = _BETWEEN.sub("", folded).split("\n")
    placed = []
    for match, title in zip(matches, titles, strict=True):
        days = None if match.published is None else max((now - match.published) // 86400, 0)
        fresh = 1 if days is None else 1 + 0.5 ** (days / HALF_LIFE)
        worth = 0.0
        for text in texts:
            worth += (
                _IN_TITLE
                if text in title
                else _IN_NAME
                if match.organization_name and text in match.organization_name
                else _OFTEN
                if text in match.chief
                else _HELD
            )
        whole = _TITLE_HOLDS_ALL if all(piece in title for piece in asked.pieces) else 1
        placed.append((worth * fresh * whole, match.at, match.id, match))
    return [match for *_worth, match in sorted(placed, reverse=True)]


def _columns() -> str:
    """What a Match is made of, and the time of the oldest public article."""
    seconds = _SECONDS[connection.vendor].format
    return _COLUMNS.format(at=seconds("a.sort_at"), published=seconds("a.published_at"), oldest=seconds(_OLDEST))


def _moment(seconds: float | None) -> datetime.datetime | None:
    return None if seconds is None else datetime.datetime.fromtimestamp(seconds, timezone.get_current_timezone())
