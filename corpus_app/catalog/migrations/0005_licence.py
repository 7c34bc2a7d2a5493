"""The licence note of a speech."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0004_user_groups"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalspeech",
            name="licence",
            field=models.CharField(blank=True, default="", max_length=300, verbose_name="授权说明"),
        ),
        migrations.AddField(
            model_name="speech",
            name="licence",
            field=models.CharField(blank=True, default="", max_length=300, verbose_name="授权说明"),
        ),
    ]
