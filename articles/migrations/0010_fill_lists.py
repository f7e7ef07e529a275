from django.db import migrations


def fill(apps, schema_editor):
    """Put the articles that are public already into the lists."""
    from articles import listing

    if apps.get_model("articles", "Article").objects.exists():
        listing.rebuild()


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0009_lists"),
        ("organizations", "0008_public_register"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
