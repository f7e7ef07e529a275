"""Records many times over, made inside PostgreSQL: from a hundred thousand that were taken in a million in minutes.

Every row of an article, of its search document, its plan and its record is there again under a key of its own, so many
seconds later (never in another month); a plan in force has a subject of its own. Texts, words, tags and organisations
are the same: planted words are found as many times more often. Lists and counts are made anew, as the site makes them.
"""

from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction

INDEXES = """\
SELECT i.indexname, i.indexdef FROM pg_indexes i
WHERE i.tablename = %s AND i.indexname NOT IN (SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass)
AND i.indexdef NOT LIKE 'CREATE UNIQUE%%'"""
LATER = (
    "CASE WHEN date_trunc('month', {0} AT TIME ZONE 'UTC') = date_trunc('month', ({0} + {1}) AT TIME ZONE 'UTC') "
    "AND date_trunc('month', {0} AT TIME ZONE '{2}') = date_trunc('month', ({0} + {1}) AT TIME ZONE '{2}') "
    "THEN {0} + {1} ELSE {0} END"
)


def multiply(times: int) -> None:
    """Have `times` as many records as were taken in; needs the rights to pass over triggers, as the owner has not."""
    from articles import listing

    tables = list(_models())
    last = {model: _last(model) for model in tables}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # every row named is there: nothing to check
        cursor.execute("SET LOCAL maintenance_work_mem = '1GB'")
        cursor.execute("SET LOCAL work_mem = '256MB'")
        indexes = []
        for model in tables:
            cursor.execute(INDEXES, [model._meta.db_table] * 2)
            indexes += cursor.fetchall()
        for name, _statement in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        for model in tables:
            cursor.execute(_copies(model, last), [times - 1])
            _keep_counting(cursor, model)
        for _name, statement in indexes:
            cursor.execute(statement)
    listing.rebuild()


def _models() -> Iterator[Any]:
    """What a record becomes, all of which is multiplied."""
    from taggit.models import TaggedItem

    from articles.models import Article, Redirect, Revision, SearchDocument, ViewCount
    from importer.records.rows import ForeignRecord
    from organizations.models import AuditEntry
    from plans.models import Clause, ClauseTheme, Target, WorkPlan

    yield from (Article, Revision, ViewCount, SearchDocument, TaggedItem, ForeignRecord, Redirect)
    yield from (WorkPlan, Clause, ClauseTheme, Target, AuditEntry)


def _last(model) -> int:
    return model.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _copies(model, last: dict) -> str:
    """INSERT … SELECT of a table; its one parameter is how often."""
    names, values = [], []
    for field in model._meta.local_concrete_fields:
        if not field.generated:
            names.append(f'"{field.column}"')
            values.append(_value(model, field, last))
    table = f'"{model._meta.db_table}"'
    rows = f"{table} t CROSS JOIN generate_series(1, %s) k"
    return f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(values)} FROM {rows} {_only(model)}"


def _only(model) -> str:
    """Which rows: of the trail those of articles and plans."""
    if model._meta.model_name == "auditentry":
        return "WHERE t.object_type IN ('articles.article', 'plans.workplan')"
    return ""


def _value(model, field, last: dict) -> str:
    """What stands in a column of copy number k."""
    from django.conf import settings

    from articles.models import Article
    from importer.records.rows import ForeignRecord
    from plans.models import WorkPlan

    column, name = f't."{field.column}"', f"{model._meta.model_name}.{field.attname}"
    if field.related_model in last:
        return f"{column} + k * {last[field.related_model]}"
    if field.primary_key:
        return f"{column} + k * {last[model]}"
    if name == "article.published_at":
        return LATER.format(column, "k * interval '1 second'", settings.TIME_ZONE)
    if name == "taggeditem.object_id":
        return f"{column} + k * {last[Article]}"
    if name == "auditentry.object_id":
        kinds = f"CASE t.object_type WHEN 'articles.article' THEN {last[Article]} ELSE {last[WorkPlan]} END"
        return f"({column}::bigint + k * {kinds})::text"
    if name == "foreignrecord.foreign_id":
        return f"({column}::bigint + k * {last[ForeignRecord]})::text"
    if name in ("foreignrecord.slug", "redirect.old_path"):
        return f"regexp_replace({column}, '([0-9]+)([.]html)$', '\\1-' || k || '\\2')"
    return f"{column} || '·' || k" if name == "workplan.subject" else column


def _keep_counting(cursor, model) -> None:
    """Let what comes next have a key behind all."""
    table, key = model._meta.db_table, model._meta.pk.column
    cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table, key])
    if sequence := cursor.fetchone()[0]:
        cursor.execute("SELECT setval(%s, %s)", [sequence, max(1, _last(model))])
