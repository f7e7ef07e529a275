from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0006_index_of_clauses")]

    operations = [
        migrations.AddIndex(
            model_name="workplan",
            index=models.Index(fields=["-starts_on", "id"], name="plan_newest"),
        ),
    ]
