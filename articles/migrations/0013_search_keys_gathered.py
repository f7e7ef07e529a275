"""PostgreSQL's search index takes new keys into a list first, and that list into itself when the table is analysed.

A text has seven hundred keys, and each has a place of its own in the index: who saves need not wait for that. Searches
read the list as well, which autovacuum keeps short and which never has more than some thirty texts. The planner takes
it for dear, so that a condition that it takes for dearer forbids it to read the documents instead.
"""

from django.db import migrations

TABLE = "articles_searchdocument"
POSTGRESQL = [
    "ALTER INDEX articles_searchdocument_words SET (fastupdate = on, gin_pending_list_limit = 512)",
    f"ALTER TABLE {TABLE} SET (autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 25)",
    f"ALTER TABLE {TABLE} "
    + ", ".join(
        f"ALTER COLUMN {name} SET STATISTICS 10" for name in ("id", "article_id", "side", "month", "chief", "tokenizer")
    ),
    "CREATE FUNCTION articles_by_index(bigint) RETURNS boolean LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000"
    " AS 'BEGIN RETURN true; END'",
]
BACK = [
    "DROP FUNCTION articles_by_index(bigint)",
    "ALTER INDEX articles_searchdocument_words SET (fastupdate = off)",
    f"ALTER TABLE {TABLE} RESET (autovacuum_analyze_scale_factor, autovacuum_analyze_threshold)",
]


def run(statements):
    def code(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for statement in statements:
                schema_editor.execute(statement)

    return code


class Migration(migrations.Migration):
    dependencies = [("articles", "0012_orders_of_the_desk")]
    operations = [migrations.RunPython(run(POSTGRESQL), run(BACK))]
