import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0008_document_fields"),
    ]

    operations = [
        migrations.CreateModel(
            name="ListCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("list", models.CharField(max_length=64)),
                ("month", models.PositiveIntegerField(default=0)),
                ("count", models.IntegerField()),
                ("dated", models.IntegerField(default=0)),
            ],
            options={
                "verbose_name": "count of a list",
                "verbose_name_plural": "counts of lists",
                "constraints": [models.UniqueConstraint(fields=("list", "month"), name="list_count_once")],
            },
        ),
        migrations.CreateModel(
            name="Listing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("list", models.CharField(max_length=64)),
                ("sort_at", models.DateTimeField()),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="articles.article"
                    ),
                ),
            ],
            options={
                "verbose_name": "place in a list",
                "verbose_name_plural": "places in lists",
                "indexes": [models.Index(fields=["list", "-sort_at", "-article"], name="listing_newest")],
                "constraints": [models.UniqueConstraint(fields=("list", "article"), name="listing_once")],
            },
        ),
    ]
