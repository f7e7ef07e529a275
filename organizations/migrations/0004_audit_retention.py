"""The audit trail is searched by indexes; what is older than half a year may be deleted, nothing may be changed.

On SQLite a REPLACE deletes without a delete trigger, so an insertion over an entry is refused too.
"""

from django.db import migrations, models

MESSAGE = "the audit trail is append-only"
SQLITE = [
    "DROP TRIGGER audit_no_delete",
    f"""CREATE TRIGGER audit_no_delete BEFORE DELETE ON organizations_auditentry
       WHEN NOT OLD.at < datetime('now', '-183 days') BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END""",
    f"""CREATE TRIGGER audit_no_replace BEFORE INSERT ON organizations_auditentry
       WHEN EXISTS (SELECT 1 FROM organizations_auditentry WHERE id = NEW.id)
       BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END""",
]
SQLITE_BACK = [
    "DROP TRIGGER audit_no_replace",
    "DROP TRIGGER audit_no_delete",
    f"""CREATE TRIGGER audit_no_delete BEFORE DELETE ON organizations_auditentry
       BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END""",
]
FUNCTION = """CREATE OR REPLACE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN {exception} RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END $$"""
OLD_MAY_GO = "IF TG_OP = 'DELETE' AND OLD.at < now() - interval '183 days' THEN RETURN OLD; END IF;"
POSTGRESQL = [
    FUNCTION.format(exception=OLD_MAY_GO, message=MESSAGE),
    """CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON organizations_auditentry
       FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()""",
]
POSTGRESQL_BACK = [
    "DROP TRIGGER audit_no_truncate ON organizations_auditentry",
    FUNCTION.format(exception="", message=MESSAGE),
]


def run(sqlite, postgresql):
    def code(apps, schema_editor):
        for statement in postgresql if schema_editor.connection.vendor == "postgresql" else sqlite:
            schema_editor.execute(statement)

    return code


def index(name, *fields, **options):
    return migrations.AddIndex("auditentry", models.Index(fields=fields, name=name, **options))


class Migration(migrations.Migration):
    dependencies = [("organizations", "0003_accounts")]
    operations = [
        migrations.RemoveIndex("auditentry", "audit_object"),
        index("audit_kind", "object_type", "at"),
        index("audit_object", "object_id", "object_type", "at"),
        index("audit_object_name", "object_name", opclasses=["varchar_pattern_ops"]),
        index("audit_actor_name", "actor_name", "at"),
        index("audit_verb", "verb", "at"),
        index("audit_organization", "organization_id", "at"),
        migrations.RunPython(run(SQLITE, POSTGRESQL), run(SQLITE_BACK, POSTGRESQL_BACK)),
    ]
