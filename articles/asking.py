"""The index in the databases' own language: articles that have all keys asked for, the newest first.

Neither database goes through more than it has to: PostgreSQL asks its index for the newest months, which are keys, then
for older ones, and SQLite's documents are numbered by their dates. Both stop where there are enough.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from .keys import month, token
from .models import SearchDocument
from .models.search_document import array_text

EARLIEST, LATEST = datetime.datetime(1, 1, 2, tzinfo=datetime.UTC), datetime.datetime(9999, 12, 30, tzinfo=datetime.UTC)
OTHER_SIDE = {True: SearchDocument.Side.LATEST, False: SearchDocument.Side.LIVE}
"""Whose documents are not looked at where the public (True) or staff (False) asks."""

PLACES = 1 << 16
"""Seconds after its date within which the number of a document on SQLite lies."""

SPAN, LONGEST_SPAN = 2, 64
"""Months that PostgreSQL's index is asked for at first, and at the most before it is asked for all that are left."""

_NEVER = 1 << 30  # a month after every other
_PLACES_BEFORE = 1 << 36  # so that no number is below 0, whatever the year
_BY_INDEX = " AND articles_by_index(d.id)"
"""True, but so dear in the eyes of PostgreSQL's planner that it never reads all documents instead of their index."""

_ORGANIZATION = " LEFT JOIN organizations_organization o ON o.id = a.organization_id"


@dataclass(frozen=True)
class Keys:
    """What a document must have: all of `every`, and of each group in `some` at least one."""

    every: tuple[int, ...]
    some: tuple[tuple[int, ...], ...] = ()


def place(at: datetime.datetime) -> int:
    """The least number of a document of that time on SQLite."""
    return _PLACES_BEFORE + int(at.timestamp())


def newest(
    columns: str,
    keys: Keys,
    *,
    public: bool,
    where: str = "",
    given: Sequence = (),
    limit: int,
    within=(EARLIEST, LATEST),
) -> tuple[str, list]:
    """A statement and its parameters: `columns` of the newest `limit` articles with these keys, dated `within` two
    times. They and `where`, which begins with AND, name d (the document), a (the article), o (its organisation)."""
    side = f" AND d.side <> '{OTHER_SIDE[public].value}'"
    if connection.vendor == "sqlite":
        source = (
            f"SELECT {columns} FROM articles_searchindex i CROSS JOIN articles_searchdocument d ON d.id = i.rowid"  # noqa: S608
            " CROSS JOIN articles_article a ON a.id = d.article_id"
        )
        asked = "i.articles_searchindex MATCH %s AND i.rowid >= %s AND i.rowid < %s"
        return (
            f"{source}{_ORGANIZATION} WHERE {asked}{side}{where} ORDER BY i.rowid DESC LIMIT {limit}",
            [expression(keys), place(within[0]), place(within[1]) + PLACES, *given],
        )
    some = " AND d.words && %s::int[]" * len(keys.some)
    # The documents are put in order before their articles are looked up, so that no more of these are than are wanted.
    held = (
        "SELECT d.id, d.article_id, d.month, d.chief FROM articles_searchdocument d WHERE d.words @> (SELECT %s::int[])"  # noqa: S608
        f" AND d.words && w.months AND d.month < w.before{some}{side}{_BY_INDEX} ORDER BY d.month DESC OFFSET 0"
    )
    source = f"SELECT {columns} FROM ({held}) AS d JOIN articles_article a ON a.id = d.article_id{_ORGANIZATION}"  # noqa: S608
    spans = list(_spans(keys, *within))
    return (
        f"SELECT found.* FROM (VALUES {', '.join(sql for sql, _given in spans)}) AS w(months, before)"  # noqa: S608
        f" CROSS JOIN LATERAL ({source} WHERE true{where} ORDER BY d.month DESC, a.sort_at DESC, a.id DESC) AS found"
        f" LIMIT {limit}",
        [*(value for _sql, value in spans), array_text(keys.every), *map(array_text, keys.some), *given],
    )


def of_few(
    columns: str, keys: Keys, numbers: Sequence[int], *, public: bool, where: str = "", given: Sequence = (), limit: int
) -> tuple[str, list]:
    """What newest() gives, of the articles of these `numbers` alone: each is looked at, and not the index."""
    side = f" AND d.side <> '{OTHER_SIDE[public].value}'"
    among = f"d.article_id IN ({', '.join(map(str, numbers)) or 'NULL'})"
    if connection.vendor == "sqlite":
        source = f"articles_searchdocument d CROSS JOIN articles_searchindex i ON i.rowid = d.id AND {among}{side}"
        held, asked = "i.articles_searchindex MATCH %s", [expression(keys)]
    else:
        source = f"(SELECT * FROM articles_searchdocument d WHERE {among}{side} OFFSET 0) AS d"  # noqa: S608
        held = "d.words @> %s::int[]" + " AND d.words && %s::int[]" * len(keys.some)
        asked = [array_text(keys.every), *map(array_text, keys.some)]
    source += f" JOIN articles_article a ON a.id = d.article_id{_ORGANIZATION}"
    return (
        f"SELECT {columns} FROM {source} WHERE {held}{where} ORDER BY a.sort_at DESC, a.id DESC LIMIT {limit}",  # noqa: S608
        [*asked, *given],
    )


def _spans(keys: Keys, start: datetime.datetime, end: datetime.datetime) -> Iterator[tuple[str, str]]:
    """Rows of months and of the month before which a document must be, the newest first, each with its parameter.

    Each span is twice as long as the one before, so that few are asked for words that are rare, and of frequent ones
    not many more documents are read than are wanted. What is left over is asked for without months: of all documents
    that are found then, so many as are wanted at the most were found before.
    """
    first, last, length, further = month(start), month(end), SPAN, ""
    if end >= LATEST:  # few are dated after today, but they are the newest
        last = month(timezone.now())
        further = f" || ARRAY(SELECT DISTINCT month FROM articles_searchdocument WHERE month > {last})"  # noqa: S608
    while last >= first and (start > EARLIEST or length <= LONGEST_SPAN):
        until = max(first, last - length + 1)
        yield f"(%s::int[]{further}, {_NEVER})", array_text(range(until, last + 1))
        last, length, further = until - 1, length * 2, ""
    if start <= EARLIEST:
        yield f"(%s::int[]{further}, {_NEVER if further else last + 1})", array_text(keys.every[:1])


def holding(keys: Keys, among: Sequence[int] | None = None) -> tuple[str, list]:
    """A statement without columns, from FROM on, for all documents d of articles a that have these keys.

    Of the articles `among` alone where they are given, at a cost that grows with them and not with the index.
    """
    within = "" if among is None else f" AND d.article_id IN ({', '.join(map(str, among)) or 'NULL'})"
    joined = "JOIN articles_article a ON a.id = d.article_id"
    if connection.vendor == "sqlite":
        source = "articles_searchindex JOIN articles_searchdocument d ON d.id = articles_searchindex.rowid"
        if among is not None:  # from the documents to their words: left to itself it reads the words' whole lists
            source = "articles_searchdocument d CROSS JOIN articles_searchindex ON articles_searchindex.rowid = d.id"
        return f"FROM {source} {joined} WHERE articles_searchindex MATCH %s{within}", [expression(keys)]
    some = " AND d.words && %s::int[]" * len(keys.some)
    # As a subselect, since of a constant PostgreSQL may think that reading every document is as cheap as its index.
    every = "d.words @> (SELECT %s::int[])"
    return (
        f"FROM articles_searchdocument d {joined} WHERE {every}{some}{within}{_BY_INDEX * (among is None)}",
        [list(keys.every), *map(list, keys.some)],
    )


def expression(keys: Keys) -> str:
    """The keys as SQLite's index is asked for them."""
    groups = [f'"{token(one)}"' for one in keys.every]
    groups += ["(" + " OR ".join(f'"{token(one)}"' for one in group) + ")" for group in keys.some]
    return " AND ".join(dict.fromkeys(groups))


def what_is_shared(groups: Sequence[Sequence[int]]) -> tuple[str, ...]:
    """The parameters of sharing() for documents that have all keys of one of `groups`; none of no groups."""
    if not groups:
        return ()
    if connection.vendor == "sqlite":
        return (" OR ".join("(" + expression(Keys(tuple(group))) + ")" for group in groups),)
    return tuple(array_text(group) for group in groups)


def sharing(parameters: int, newest: int | None = None) -> str:
    """A statement with so many parameters (what_is_shared): the numbers of public articles, of all that have them or,
    by the year, of so many of the newest."""
    if connection.vendor == "sqlite":
        last = f" ORDER BY i.rowid DESC LIMIT {newest}" if newest else ""
        return (
            "SELECT d.article_id FROM articles_searchindex i CROSS JOIN articles_searchdocument d ON d.id = i.rowid"  # noqa: S608
            f" WHERE i.articles_searchindex MATCH %s AND d.side <> 'latest'{last}"
        )
    found = f"SELECT d.article_id FROM articles_searchdocument d WHERE d.side <> 'latest'{_BY_INDEX} AND"  # noqa: S608
    if newest is None:
        return f"{found} ({' OR '.join(['d.words @> (SELECT %s::int[])'] * parameters)})"
    either = " OR ".join(["d.words @> (%s::int[] || y)"] * parameters)
    return (
        "SELECT found.article_id FROM (SELECT generate_series(max(month) / 12, min(month) / 12, -1) AS y"  # noqa: S608
        f" FROM articles_searchdocument) AS years CROSS JOIN LATERAL ({found} ({either})"
        f" ORDER BY d.month DESC, d.id DESC) AS found LIMIT {newest}"
    )
