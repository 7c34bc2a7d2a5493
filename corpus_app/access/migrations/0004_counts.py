"""Counts of requests and of failures, where hosts share the database."""

from django.db import migrations, models

NAME = models.CharField(max_length=200, primary_key=True, serialize=False, verbose_name="名称")
NUMBER = models.BigIntegerField(verbose_name="次数")


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0003_vocabulary_kind"),
    ]

    operations = [
        migrations.CreateModel(
            name="RequestCount",
            fields=[
                ("key", NAME.clone()),
                ("started", models.FloatField(verbose_name="开始时间")),
                ("ends", models.FloatField(db_index=True, verbose_name="结束时间")),
                ("number", NUMBER.clone()),
            ],
            options={"verbose_name": "请求次数", "verbose_name_plural": "请求次数"},
        ),
        migrations.CreateModel(
            name="FailureCount",
            fields=[
                ("key", NAME.clone()),
                ("number", NUMBER.clone()),
                ("last", models.FloatField(db_index=True, verbose_name="最近一次")),
            ],
            options={"verbose_name": "失败次数", "verbose_name_plural": "失败次数"},
        ),
    ]
