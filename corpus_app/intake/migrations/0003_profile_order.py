"""Which profile gave way to which, and how far one was brought."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0002_sites"),
    ]

    operations = [
        migrations.AddField(
            model_name="siteprofile",
            name="applied_to",
            field=models.PositiveBigIntegerField(default=0, verbose_name="处理到"),
        ),
        migrations.AddField(
            model_name="siteprofile",
            name="replaces",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="intake.siteprofile",
                verbose_name="所替代的版式",
            ),
        ),
    ]
