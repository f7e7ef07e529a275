"""The search index holds keys (articles/keys.py): one document of a text that is both live and latest, no words twice.

What was indexed stays findable at once: keys are made of the words that the documents held. They keep the number of
their tokeniser, so that `manage.py rebuild_search` brings them up to date afterwards.
"""

import itertools
from array import array
from collections import Counter

import django.db.models
from django.db import migrations

from articles.asking import PLACES, place
from articles.keys import CHIEF, OFTEN, key, marks, month, title_key, year
from articles.models.search_document import KeysField, array_text
from organizations.paths import STEP

BATCH = 500
TABLE = "articles_searchdocument"
OLD_SQLITE = [
    *(f"DROP TRIGGER search_{name}" for name in ("insert", "delete", "update")),
    "DROP TABLE articles_searchindex",
]
OLD_POSTGRESQL = [f"ALTER TABLE {TABLE} DROP COLUMN words"]
_ADD = "INSERT INTO articles_searchindex(rowid, words) VALUES (new.id, search_words(new.words));"
_DROP = (
    "INSERT INTO articles_searchindex(articles_searchindex, rowid, words)"
    " VALUES ('delete', old.id, search_words(old.words));"
)
SQLITE = [
    "CREATE VIRTUAL TABLE articles_searchindex USING fts5(words, content='', detail=none, tokenize='ascii')",
    f"INSERT INTO articles_searchindex(rowid, words) SELECT id, search_words(words) FROM {TABLE} ORDER BY id",  # noqa: S608
    f"CREATE TRIGGER search_insert AFTER INSERT ON {TABLE} BEGIN {_ADD} END",
    f"CREATE TRIGGER search_delete AFTER DELETE ON {TABLE} BEGIN {_DROP} END",
    f"CREATE TRIGGER search_update AFTER UPDATE OF id, words ON {TABLE} BEGIN {_DROP} {_ADD} END",
]
POSTGRESQL = [  # nothing is gained by compressing numbers, or by counting which are frequent
    f"ALTER TABLE {TABLE} ALTER COLUMN words SET STORAGE EXTERNAL, ALTER COLUMN words SET STATISTICS 0",
    f"CREATE INDEX articles_searchdocument_words ON {TABLE} USING gin (words) WITH (fastupdate = off)",
]


def run(sqlite, postgresql):
    def code(apps, schema_editor):
        for statement in postgresql if schema_editor.connection.vendor == "postgresql" else sqlite:
            schema_editor.execute(statement)

    return code


def make_keys(apps, schema_editor) -> None:
    """Fill the new columns; of two documents of one text the live one stays, for both sides."""
    documents = apps.get_model("articles", "SearchDocument").objects
    for same in (
        documents.filter(
            side="live",
            article__live_revision=django.db.models.F("article__latest_revision"),
            article__search_documents__side="latest",
        )
        .values_list("article", flat=True)
        .iterator(chunk_size=BATCH)
    ):
        documents.filter(article=same, side="latest").delete()
        documents.filter(article=same).update(side="both")
    numbered = schema_editor.connection.vendor == "sqlite"
    taken: set[int] = set()
    last = 0
    while batch := list(
        documents.filter(pk__gt=last, words=None).select_related("article__organization").order_by("pk")[:BATCH]
    ):
        last = batch[-1].pk
        with schema_editor.connection.cursor() as cursor:
            for document in batch:
                at, words, chief = _keys(document)
                values = [month(at), array("i", words).tobytes() if numbered else array_text(words), chief]
                columns = "month = %s, words = %s::integer[], chief = %s"
                if numbered:
                    columns = columns.replace("::integer[]", "")
                    start = place(at)
                    number = next(
                        one for one in itertools.count(start + document.article_id * 2 % PLACES) if one not in taken
                    )
                    taken.add(number)
                    columns, values = f"{columns}, id = %s", [*values, number]
                cursor.execute(f"UPDATE {TABLE} SET {columns} WHERE id = %s", [*values, document.pk])  # noqa: S608
    if not numbered:  # what foreign keys wait to check would forbid the columns to go
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


def _keys(document):
    article = document.article
    organization = article.organization
    named, held = document.title_tokens.split(), Counter(document.body_tokens.split())
    at = article.published_at or article.first_published_at or article.created_at
    known = marks(
        kind=article.kind,
        channel=article.channel_id,
        level=article.level_id or (organization.level_id if organization else None),
        path=organization.path if organization else "",
        step=STEP,
    )
    words = {key(one) for one in (*named, *held) if len(one) > 1 or one.isascii()} | {title_key(one) for one in named}
    chief = [one for one, times in held.most_common() if times >= OFTEN and len(one) > 1 and not one.isascii()]
    return at, sorted({*words, *known, month(at), year(at)}), " ".join(chief[:CHIEF])


class Migration(migrations.Migration):
    dependencies = [("articles", "0010_fill_lists")]
    operations = [
        migrations.RunPython(run(OLD_SQLITE, OLD_POSTGRESQL)),
        migrations.RemoveConstraint("searchdocument", "search_document_once"),
        migrations.AlterField(
            "searchdocument",
            "side",
            django.db.models.CharField(
                choices=[("live", "Live"), ("latest", "Latest"), ("both", "Both")], max_length=8
            ),
        ),
        migrations.AddField(
            "searchdocument", "month", django.db.models.PositiveIntegerField(default=0), preserve_default=False
        ),
        migrations.AddField("searchdocument", "words", KeysField(null=True)),
        migrations.AddField(
            "searchdocument", "chief", django.db.models.TextField(blank=True, default=""), preserve_default=False
        ),
        migrations.RunPython(make_keys),
        migrations.RemoveField("searchdocument", "title_tokens"),
        migrations.RemoveField("searchdocument", "body_tokens"),
        migrations.AlterField("searchdocument", "words", KeysField()),
        migrations.AlterField("searchdocument", "month", django.db.models.PositiveIntegerField(db_index=True)),
        migrations.RunPython(run(SQLITE, POSTGRESQL)),
    ]
