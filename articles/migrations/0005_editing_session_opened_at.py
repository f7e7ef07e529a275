"""Since when somebody has a form open."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_never_deleted")]
    operations = [
        migrations.AddField(
            model_name="editingsession",
            name="opened_at",
            field=models.DateTimeField(null=True, verbose_name="opened"),
        ),
    ]
