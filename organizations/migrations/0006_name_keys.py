"""Organisations are found by what is typed of their names, in characters, in pinyin or in initials."""

import django.db.models.deletion
from django.db import migrations, models

from organizations import name_keys


def fill(apps, schema_editor):
    """The keys of every organisation that is there."""
    rows = apps.get_model("organizations", "Organization").objects.order_by("pk")
    names = rows.values_list("pk", "name", "short_name", "aliases", "former_names")
    made = apps.get_model("organizations", "NameKey")
    for start in range(0, rows.count(), 500):
        made.objects.bulk_create(
            made(organization_id=pk, key=key)
            for pk, name, short_name, aliases, former_names in names[start : start + 500]
            for key in sorted(name_keys.keys([name, short_name, *aliases, *former_names]))
        )


class Migration(migrations.Migration):
    dependencies = [("organizations", "0005_second_factor")]
    operations = [
        migrations.CreateModel(
            name="NameKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(db_index=True, max_length=80)),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="name_keys",
                        to="organizations.organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "beginning of a name",
                "verbose_name_plural": "beginnings of names",
                "constraints": [models.UniqueConstraint(fields=("organization", "key"), name="name_key_once")],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
