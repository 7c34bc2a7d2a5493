"""Who may see what a batch brings."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("batches", "0008_uploads_in_pieces"),
    ]

    operations = [
        migrations.AddField(
            model_name="batch",
            name="limit",
            field=models.CharField(blank=True, default="", max_length=250, verbose_name="可见范围"),
        ),
    ]
