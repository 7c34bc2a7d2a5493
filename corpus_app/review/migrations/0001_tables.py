"""All tables of the app; a database of 0.1.0 has them by what `replaces` names."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("review", "0001_bulk_changes"),
    ]
    initial = True

    dependencies = [
        ("catalog", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BulkChange",
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
                            ("prepared", "待确认"),
                            ("applying", "进行中"),
                            ("applied", "已完成"),
                            ("undoing", "撤销中"),
                            ("undone", "已撤销"),
                        ],
                        default="prepared",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("asked", models.JSONField(default=dict, verbose_name="内容")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="提出时间")),
                (
                    "applied_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="完成时间"),
                ),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="撤销时间")),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="操作人",
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="撤销人",
                    ),
                ),
            ],
            options={
                "verbose_name": "批量改动",
                "verbose_name_plural": "批量改动",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="BulkItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="标题")),
                ("before", models.JSONField(default=dict, verbose_name="改动前")),
                ("after", models.JSONField(default=dict, verbose_name="改动后")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("same", "没有变化"),
                            ("waiting", "将改动"),
                            ("done", "已改动"),
                            ("refused", "未改动"),
                            ("undone", "已恢复"),
                            ("partly", "部分恢复"),
                            ("kept", "未恢复"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="结果",
                    ),
                ),
                ("found", models.JSONField(default=dict, verbose_name="另有改动")),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="review.bulkchange",
                        verbose_name="批量改动",
                    ),
                ),
                (
                    "speech",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="bulk_items",
                        to="catalog.speech",
                        verbose_name="讲话",
                    ),
                ),
            ],
            options={
                "verbose_name": "批量改动明细",
                "verbose_name_plural": "批量改动明细",
                "ordering": ["change", "pk"],
                "indexes": [models.Index(fields=["change", "state"], name="bulk_items_by_state")],
            },
        ),
    ]
