"""What a document is known by (索引号, 文号, 成文日期), where a reprint stood first; files are found by their address."""

from django.db import migrations, models

from articles.never_deleted import put_on, take_off


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_daily_view_counts")]
    operations = [
        migrations.RunPython(take_off, put_on),
        migrations.AddField(
            model_name="revision",
            name="index_number",
            field=models.CharField(blank=True, default="", max_length=60, verbose_name="index number"),
        ),
        migrations.AddField(
            model_name="revision",
            name="document_number",
            field=models.CharField(blank=True, default="", max_length=60, verbose_name="document number"),
        ),
        migrations.AddField(
            model_name="revision",
            name="written_on",
            field=models.DateField(blank=True, null=True, verbose_name="date of the document"),
        ),
        migrations.AddField(
            model_name="revision",
            name="original_url",
            field=models.CharField(blank=True, default="", max_length=500, verbose_name="original address"),
        ),
        migrations.RunPython(put_on, take_off),
        migrations.AddIndex(model_name="mediafile", index=models.Index(fields=["file"], name="media_by_file")),
    ]
