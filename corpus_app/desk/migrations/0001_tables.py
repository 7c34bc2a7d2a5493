"""All tables of the app; a database of 0.1.0 has them by what `replaces` names."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("desk", "0001_initial"),
    ]
    initial = True

    dependencies = [
        ("catalog", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Basket",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="名称")),
                (
                    "token",
                    models.CharField(
                        blank=True, max_length=40, null=True, unique=True, verbose_name="共享码"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="修改时间")),
                (
                    "deleted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="删除时间"),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="baskets",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="所有者",
                    ),
                ),
            ],
            options={
                "verbose_name": "摘编",
                "verbose_name_plural": "摘编",
                "ordering": ["-changed_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("label", models.CharField(max_length=100, verbose_name="操作")),
                ("before", models.JSONField(verbose_name="此前状态")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
                (
                    "basket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="desk.basket",
                    ),
                ),
            ],
            options={
                "verbose_name": "摘编操作",
                "verbose_name_plural": "摘编操作",
                "ordering": ["basket", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("passage", "段落"), ("heading", "标题")],
                        default="passage",
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="次序")),
                ("level", models.PositiveSmallIntegerField(default=1, verbose_name="层级")),
                ("words", models.TextField(verbose_name="文字")),
                ("note", models.TextField(blank=True, verbose_name="批注")),
                ("section_key", models.CharField(blank=True, max_length=40, verbose_name="章节号")),
                ("start", models.PositiveIntegerField(default=0, verbose_name="起")),
                ("end", models.PositiveIntegerField(default=0, verbose_name="止")),
                ("path", models.JSONField(blank=True, default=list, verbose_name="所在章节")),
                ("notices", models.JSONField(blank=True, default=list, verbose_name="提示")),
                ("item", models.JSONField(blank=True, default=dict, verbose_name="文献信息")),
                ("added_at", models.DateTimeField(auto_now_add=True, verbose_name="加入时间")),
                ("removed", models.BooleanField(default=False, verbose_name="已移除")),
                (
                    "basket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="desk.basket",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="catalog.revision",
                    ),
                ),
            ],
            options={
                "verbose_name": "摘编条目",
                "verbose_name_plural": "摘编条目",
                "ordering": ["basket", "position", "pk"],
                "indexes": [
                    models.Index(fields=["basket", "removed", "position"], name="entries_in_order")
                ],
            },
        ),
    ]
