"""Who may see a published speech: everyone, until somebody says otherwise."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0002_samples_by_status"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalspeech",
            name="access",
            field=models.PositiveSmallIntegerField(
                choices=[(0, "公开"), (1, "登录可见"), (2, "仅供内部")],
                default=0,
                verbose_name="可见范围",
            ),
        ),
        migrations.AddField(
            model_name="speech",
            name="access",
            field=models.PositiveSmallIntegerField(
                choices=[(0, "公开"), (1, "登录可见"), (2, "仅供内部")],
                default=0,
                verbose_name="可见范围",
            ),
        ),
    ]
