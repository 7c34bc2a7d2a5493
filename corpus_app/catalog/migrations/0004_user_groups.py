"""The groups that a speech is open to."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0003_access"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalspeech",
            name="open_to",
            field=models.CharField(
                blank=True, default="", editable=False, max_length=250, verbose_name="用户组"
            ),
        ),
        migrations.AddField(
            model_name="speech",
            name="open_to",
            field=models.CharField(
                blank=True, default="", editable=False, max_length=250, verbose_name="用户组"
            ),
        ),
        migrations.AlterField(
            model_name="historicalspeech",
            name="access",
            field=models.PositiveSmallIntegerField(
                choices=[(0, "公开"), (1, "登录可见"), (3, "指定用户组"), (2, "仅供内部")],
                default=0,
                verbose_name="可见范围",
            ),
        ),
        migrations.AlterField(
            model_name="speech",
            name="access",
            field=models.PositiveSmallIntegerField(
                choices=[(0, "公开"), (1, "登录可见"), (3, "指定用户组"), (2, "仅供内部")],
                default=0,
                verbose_name="可见范围",
            ),
        ),
    ]
