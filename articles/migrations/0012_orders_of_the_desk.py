from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0011_search_keys")]

    operations = [
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["-sort_at", "-id"], name="article_newest_of_all"),
        ),
        migrations.AddIndex(
            model_name="mediafile",
            index=models.Index(fields=["-uploaded_at", "-id"], name="media_newest"),
        ),
    ]
