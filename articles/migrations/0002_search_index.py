"""The full-text index over the segmented words: FTS5 on SQLite, a stored tsvector with GIN on PostgreSQL.

The FTS5 table keeps no text of its own (external content); three triggers hold it equal to the documents, so the
index changes in the transaction that changes the article.
"""

from django.db import migrations

TABLE = "articles_searchdocument"
SQLITE = [
    f"""CREATE VIRTUAL TABLE articles_searchindex USING fts5(
        title_tokens, body_tokens, content='{TABLE}', content_rowid='id', tokenize="unicode61 remove_diacritics 0")""",
    f"""CREATE TRIGGER search_insert AFTER INSERT ON {TABLE} BEGIN
        INSERT INTO articles_searchindex(rowid, title_tokens, body_tokens)
        VALUES (new.id, new.title_tokens, new.body_tokens); END""",
    f"""CREATE TRIGGER search_delete AFTER DELETE ON {TABLE} BEGIN
        INSERT INTO articles_searchindex(articles_searchindex, rowid, title_tokens, body_tokens)
        VALUES ('delete', old.id, old.title_tokens, old.body_tokens); END""",
    f"""CREATE TRIGGER search_update AFTER UPDATE ON {TABLE} BEGIN
        INSERT INTO articles_searchindex(articles_searchindex, rowid, title_tokens, body_tokens)
        VALUES ('delete', old.id, old.title_tokens, old.body_tokens);
        INSERT INTO articles_searchindex(rowid, title_tokens, body_tokens)
        VALUES (new.id, new.title_tokens, new.body_tokens); END""",
]
SQLITE_BACK = [
    "DROP TRIGGER search_insert",
    "DROP TRIGGER search_delete",
    "DROP TRIGGER search_update",
    "DROP TABLE articles_searchindex",
]
POSTGRESQL = [
    f"""ALTER TABLE {TABLE} ADD COLUMN words tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', title_tokens), 'A') || setweight(to_tsvector('simple', body_tokens), 'D')) STORED""",
    f"CREATE INDEX articles_searchdocument_words ON {TABLE} USING gin (words)",
]
POSTGRESQL_BACK = [f"ALTER TABLE {TABLE} DROP COLUMN words"]


def run(sqlite, postgresql):
    def code(apps, schema_editor):
        for statement in postgresql if schema_editor.connection.vendor == "postgresql" else sqlite:
            schema_editor.execute(statement)

    return code


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]
    operations = [migrations.RunPython(run(SQLITE, POSTGRESQL), run(SQLITE_BACK, POSTGRESQL_BACK))]
