from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("importer", "0003_records")]

    operations = [
        migrations.AddIndex(
            model_name="importitem",
            index=models.Index(fields=["-doubt", "id"], name="import_item_by_doubt"),
        ),
    ]
