"""When an article was withdrawn; and what was public once is never deleted."""

from django.db import migrations, models

from articles.never_deleted import put_on, take_off


class Migration(migrations.Migration):
    dependencies = [("articles", "0003_review_and_life")]
    operations = [
        migrations.AddField(
            model_name="article",
            name="withdrawn_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="withdrawn on"),
        ),
        migrations.RunPython(put_on, take_off),
    ]
