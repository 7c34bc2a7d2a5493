"""All tables of the app; a database of 0.1.0 has them by what `replaces` names."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("batches", "0001_batches"),
    ]
    initial = True

    dependencies = [
        ("catalog", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="名称")),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("upload", "上传"),
                            ("paste", "粘贴"),
                            ("address", "网址"),
                            ("inbox", "收件夹"),
                            ("api", "接口"),
                            ("command", "命令行"),
                        ],
                        default="upload",
                        max_length=10,
                        verbose_name="来路",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="提交时间")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="修改时间")),
                ("publish", models.BooleanField(default=False, verbose_name="无疑点的直接发布")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("receiving", "接收中"),
                            ("waiting", "等待处理"),
                            ("working", "处理中"),
                            ("paused", "已暂停"),
                            ("cancelled", "已取消"),
                            ("done", "已完成"),
                        ],
                        db_index=True,
                        default="receiving",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "finished_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="完成时间"),
                ),
                ("seen_at", models.DateTimeField(blank=True, null=True, verbose_name="查看时间")),
                ("message", models.CharField(blank=True, max_length=500, verbose_name="说明")),
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
                "verbose_name": "批次",
                "verbose_name_plural": "批次",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="BatchFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="序号")),
                ("path", models.CharField(max_length=1000, verbose_name="路径")),
                (
                    "sha256",
                    models.CharField(
                        blank=True, db_index=True, max_length=64, verbose_name="SHA-256"
                    ),
                ),
                ("size", models.PositiveBigIntegerField(verbose_name="字节数")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "等待处理"),
                            ("working", "处理中"),
                            ("imported", "已入库"),
                            ("duplicate", "重复"),
                            ("near_duplicate", "近似"),
                            ("unpacked", "已解包"),
                            ("refused", "未收"),
                            ("failed", "出错"),
                            ("cancelled", "已取消"),
                            ("discarded", "已清除"),
                        ],
                        default="waiting",
                        max_length=15,
                        verbose_name="状态",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="尝试次数")),
                ("worker", models.CharField(blank=True, max_length=40, verbose_name="处理进程")),
                (
                    "claimed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="开始时间"),
                ),
                (
                    "finished_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="完成时间"),
                ),
                ("code", models.CharField(blank=True, max_length=20, verbose_name="代码")),
                ("message", models.CharField(blank=True, max_length=1000, verbose_name="说明")),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="batches.batch",
                        verbose_name="批次",
                    ),
                ),
                (
                    "of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="catalog.speech",
                        verbose_name="相同或近似的讲话",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="batches.batchfile",
                        verbose_name="所属压缩包",
                    ),
                ),
                (
                    "speech",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="batch_files",
                        to="catalog.speech",
                        verbose_name="讲话",
                    ),
                ),
            ],
            options={
                "verbose_name": "批次文件",
                "verbose_name_plural": "批次文件",
                "ordering": ["batch", "position", "pk"],
                "indexes": [
                    models.Index(
                        fields=["state", "attempts", "batch", "position"], name="work_left"
                    ),
                    models.Index(fields=["batch", "state"], name="files_by_state"),
                ],
            },
        ),
    ]
