"""Stored originals read again behind the pages."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("batches", "0001_tables"),
        ("catalog", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Rereading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="名称")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="提交时间")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("working", "重读中"),
                            ("cancelled", "已取消"),
                            ("done", "已完成"),
                        ],
                        db_index=True,
                        default="working",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "finished_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="完成时间"),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提交人",
                    ),
                ),
            ],
            options={
                "verbose_name": "重读",
                "verbose_name_plural": "重读",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="RereadingItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "等待处理"),
                            ("working", "处理中"),
                            ("changed", "有改动"),
                            ("unchanged", "无改动"),
                            ("disputed", "题头矛盾，未改"),
                            ("skipped", "未重读"),
                            ("refused", "读不出"),
                            ("failed", "出错"),
                            ("cancelled", "已取消"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="尝试次数")),
                ("worker", models.CharField(blank=True, max_length=40, verbose_name="处理进程")),
                ("message", models.CharField(blank=True, max_length=1000, verbose_name="说明")),
                (
                    "rereading",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="batches.rereading",
                        verbose_name="重读",
                    ),
                ),
                (
                    "speech",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="catalog.speech",
                        verbose_name="讲话",
                    ),
                ),
            ],
            options={
                "verbose_name": "重读的讲话",
                "verbose_name_plural": "重读的讲话",
                "ordering": ["rereading", "pk"],
                "indexes": [
                    models.Index(fields=["state", "rereading"], name="rereading_left"),
                    models.Index(fields=["rereading", "state"], name="rereading_by_state"),
                ],
            },
        ),
    ]
