"""All tables of the app; a database of 0.1.0 has them by what `replaces` names."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("intake", "0001_initial"),
        ("intake", "0002_pending_indexing"),
        ("intake", "0003_doubts"),
        ("intake", "0004_kinship"),
        ("intake", "0005_removal_rules"),
    ]
    initial = True

    dependencies = [
        ("catalog", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PendingIndexing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("speech_id", models.BigIntegerField(verbose_name="讲话编号")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
            ],
            options={
                "verbose_name": "待更新索引",
                "verbose_name_plural": "待更新索引",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Doubt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("score", models.PositiveSmallIntegerField(db_index=True, verbose_name="疑点分")),
                ("weighed_at", models.DateTimeField(auto_now=True, verbose_name="评估时间")),
                ("looked_at", models.DateTimeField(blank=True, null=True, verbose_name="看过时间")),
                (
                    "looked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="看过的人",
                    ),
                ),
                (
                    "speech",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="doubt",
                        to="catalog.speech",
                        verbose_name="讲话",
                    ),
                ),
            ],
            options={
                "verbose_name": "疑点",
                "verbose_name_plural": "疑点",
                "ordering": ["-score", "speech"],
            },
        ),
        migrations.CreateModel(
            name="Joining",
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
                        choices=[("absorbed", "并入"), ("filled", "合并补全")],
                        max_length=10,
                        verbose_name="方式",
                    ),
                ),
                ("gone_id", models.PositiveBigIntegerField(verbose_name="并入的编号")),
                ("gone_title", models.CharField(max_length=300, verbose_name="并入的标题")),
                ("state", models.JSONField(default=dict, verbose_name="原状")),
                ("joined_at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
                ("parted_at", models.DateTimeField(blank=True, null=True, verbose_name="撤销时间")),
                (
                    "joined_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="操作人",
                    ),
                ),
                (
                    "made",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="catalog.revision",
                        verbose_name="合并所得版本",
                    ),
                ),
                (
                    "parted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="撤销人",
                    ),
                ),
                (
                    "speech",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="joinings",
                        to="catalog.speech",
                        verbose_name="保留的讲话",
                    ),
                ),
            ],
            options={
                "verbose_name": "合并记录",
                "verbose_name_plural": "合并记录",
                "ordering": ["-joined_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="RemovalRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(verbose_name="剔除的文字")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("editor", "人工剔除"),
                            ("watermark", "水印"),
                            ("advert", "广告"),
                            ("site", "网站名称与栏目"),
                            ("share", "分享与工具"),
                            ("disclaimer", "免责声明"),
                            ("copyright", "版权说明"),
                            ("editor_note", "编辑署名"),
                            ("paywall", "付费提示（留缺失标记）"),
                            ("hidden", "隐藏提示（留缺失标记）"),
                        ],
                        default="editor",
                        max_length=20,
                        verbose_name="剔除为",
                    ),
                ),
                (
                    "whole_line",
                    models.BooleanField(default=False, verbose_name="仅在单独成行时剔除"),
                ),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="限来源")),
                (
                    "organisation",
                    models.CharField(blank=True, max_length=200, verbose_name="限单位"),
                ),
                (
                    "file_name",
                    models.CharField(blank=True, max_length=200, verbose_name="限文件名"),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="理由")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "待批准"),
                            ("approved", "已生效"),
                            ("retired", "已停用"),
                        ],
                        db_index=True,
                        default="proposed",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="提出时间")),
                (
                    "approved_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="批准时间"),
                ),
                (
                    "retired_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="停用时间"),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="批准人",
                    ),
                ),
                (
                    "example",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="catalog.speech",
                        verbose_name="出自讲话",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提出人",
                    ),
                ),
                (
                    "retired_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="停用人",
                    ),
                ),
            ],
            options={
                "verbose_name": "剔除规则",
                "verbose_name_plural": "剔除规则",
                "ordering": ["-made_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="TextSignature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "text_sha",
                    models.CharField(db_index=True, max_length=64, verbose_name="正文指纹"),
                ),
                ("length", models.PositiveIntegerField(verbose_name="字数")),
                ("minhash", models.BinaryField(verbose_name="相似指纹")),
                (
                    "speech",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signature",
                        to="catalog.speech",
                        verbose_name="讲话",
                    ),
                ),
            ],
            options={
                "verbose_name": "正文指纹",
                "verbose_name_plural": "正文指纹",
            },
        ),
        migrations.CreateModel(
            name="DoubtReason",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(db_index=True, max_length=30, verbose_name="代码")),
                ("weight", models.PositiveSmallIntegerField(verbose_name="权重")),
                ("details", models.JSONField(default=dict, verbose_name="内容")),
                (
                    "doubt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reasons",
                        to="intake.doubt",
                        verbose_name="疑点",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="catalog.speech",
                        verbose_name="相近讲话",
                    ),
                ),
            ],
            options={
                "verbose_name": "疑点理由",
                "verbose_name_plural": "疑点理由",
                "ordering": ["doubt", "-weight", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("doubt", "code"), name="one_reason_per_code")
                ],
            },
        ),
        migrations.CreateModel(
            name="RuleApplication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("applied", "已剔除"),
                            ("skipped", "未处理"),
                            ("undone", "已撤销"),
                        ],
                        max_length=10,
                        verbose_name="结果",
                    ),
                ),
                ("places", models.PositiveIntegerField(default=0, verbose_name="处数")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="操作人",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="catalog.revision",
                        verbose_name="版本",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="applications",
                        to="intake.removalrule",
                        verbose_name="剔除规则",
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
                "verbose_name": "规则执行记录",
                "verbose_name_plural": "规则执行记录",
                "ordering": ["rule", "-pk"],
                "indexes": [
                    models.Index(fields=["rule", "outcome"], name="application_by_outcome")
                ],
            },
        ),
        migrations.CreateModel(
            name="SketchValue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("value", models.BigIntegerField(verbose_name="值")),
                (
                    "signature",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sketch",
                        to="intake.textsignature",
                        verbose_name="正文指纹",
                    ),
                ),
            ],
            options={
                "verbose_name": "取样片段",
                "verbose_name_plural": "取样片段",
                "indexes": [models.Index(fields=["value", "signature"], name="quoting_by_value")],
            },
        ),
        migrations.CreateModel(
            name="SignatureBand",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("band", models.PositiveSmallIntegerField(verbose_name="段")),
                ("value", models.BigIntegerField(verbose_name="值")),
                (
                    "signature",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bands",
                        to="intake.textsignature",
                        verbose_name="正文指纹",
                    ),
                ),
            ],
            options={
                "verbose_name": "指纹分段",
                "verbose_name_plural": "指纹分段",
                "indexes": [models.Index(fields=["band", "value"], name="alike_by_band")],
            },
        ),
    ]
