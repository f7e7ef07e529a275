from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0004_demonstration"),
    ]

    operations = [
        migrations.AddField(
            model_name="demonstration",
            name="state",
            field=models.CharField(
                choices=[("making", "Making"), ("whole", "Whole"), ("removing", "Removing")],
                default="whole",
                editable=False,
                max_length=10,
            ),
        ),
    ]
