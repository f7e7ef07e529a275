"""What was public once is never deleted: the database itself refuses it.

The rule: an article with a time of first publication, and every revision of it, stays. On SQLite the second trigger
names the article's table, which a migration that rebuilds this table cannot do under it: such a migration begins with
RunPython(take_off, put_on) and ends with RunPython(put_on, take_off).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

SQLITE = [
    """CREATE TRIGGER article_never_deleted BEFORE DELETE ON articles_article WHEN old.first_published_at IS NOT NULL
       BEGIN SELECT RAISE(ABORT, 'what was public once is never deleted'); END""",
    """CREATE TRIGGER revision_never_deleted BEFORE DELETE ON articles_revision
       WHEN EXISTS (SELECT 1 FROM articles_article WHERE id = old.article_id AND first_published_at IS NOT NULL)
       BEGIN SELECT RAISE(ABORT, 'what was public once is never deleted'); END""",
]
SQLITE_BACK = ["DROP TRIGGER article_never_deleted", "DROP TRIGGER revision_never_deleted"]
POSTGRESQL = [
    """CREATE FUNCTION article_never_deleted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       RAISE EXCEPTION 'what was public once is never deleted' USING ERRCODE = 'integrity_constraint_violation';
       END $$""",
    """CREATE FUNCTION revision_never_deleted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       IF EXISTS (SELECT 1 FROM articles_article WHERE id = old.article_id AND first_published_at IS NOT NULL) THEN
       RAISE EXCEPTION 'what was public once is never deleted' USING ERRCODE = 'integrity_constraint_violation';
       END IF; RETURN old; END $$""",
    """CREATE TRIGGER article_never_deleted BEFORE DELETE ON articles_article FOR EACH ROW
       WHEN (old.first_published_at IS NOT NULL) EXECUTE FUNCTION article_never_deleted()""",
    """CREATE TRIGGER revision_never_deleted BEFORE DELETE ON articles_revision FOR EACH ROW
       EXECUTE FUNCTION revision_never_deleted()""",
]
POSTGRESQL_BACK = [
    "DROP TRIGGER article_never_deleted ON articles_article",
    "DROP TRIGGER revision_never_deleted ON articles_revision",
    "DROP FUNCTION article_never_deleted()",
    "DROP FUNCTION revision_never_deleted()",
]


def put_on(apps, schema_editor) -> None:
    """For RunPython: make the triggers."""
    _run(schema_editor, SQLITE, POSTGRESQL)


def take_off(apps, schema_editor) -> None:
    """For RunPython: drop the triggers."""
    _run(schema_editor, SQLITE_BACK, POSTGRESQL_BACK)


def _run(schema_editor, sqlite: list[str], postgresql: list[str]) -> None:
    for statement in postgresql if schema_editor.connection.vendor == "postgresql" else sqlite:
        schema_editor.execute(statement)


@contextmanager
def lifted() -> Iterator[None]:
    """Let rows go that were never anybody's news: a demonstration's own, by its record. For nothing else.

    To be entered within a transaction, which no other sees before its end, when the triggers stand again.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("lifted() is for the inside of a transaction")
    postgresql = connection.vendor == "postgresql"
    _statements(POSTGRESQL_BACK if postgresql else SQLITE_BACK)
    yield
    _statements(POSTGRESQL if postgresql else SQLITE)


def _statements(statements: list[str]) -> None:
    if connection.vendor == "postgresql":  # which changes no trigger of a table with constraints left to check
        connection.check_constraints()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
