"""Samples are found without looking at every speech."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_tables")]

    operations = [
        migrations.AddIndex(
            model_name="speech",
            index=models.Index(
                fields=["status"], condition=models.Q(is_sample=True), name="samples_by_status"
            ),
        ),
    ]
