"""All tables of the app; a database of 0.1.0 has them by what `replaces` names."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("slogans", "0001_initial"),
    ]
    initial = True

    dependencies = [
        ("catalog", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Slogan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=200, unique=True, verbose_name="提法")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("counted", "数字提法"),
                            ("quoted", "引号提法"),
                            ("parallel", "排比提法"),
                        ],
                        db_index=True,
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                ("members", models.JSONField(blank=True, default=list, verbose_name="所指内容")),
                ("standard", models.TextField(blank=True, verbose_name="规范表述")),
                (
                    "source_document",
                    models.CharField(blank=True, max_length=300, verbose_name="出处文件"),
                ),
                (
                    "source_quote",
                    models.CharField(blank=True, max_length=300, verbose_name="出处原句"),
                ),
                (
                    "source_date",
                    models.CharField(blank=True, max_length=10, verbose_name="出处日期"),
                ),
                ("sourced", models.BooleanField(default=False, verbose_name="已核实出处")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="备注")),
                (
                    "registered",
                    models.BooleanField(db_index=True, default=False, verbose_name="登记提法"),
                ),
            ],
            options={
                "verbose_name": "提法",
                "verbose_name_plural": "提法",
                "ordering": ["text"],
            },
        ),
        migrations.CreateModel(
            name="SloganVariant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=200, unique=True, verbose_name="异写")),
                (
                    "slogan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="variants",
                        to="slogans.slogan",
                        verbose_name="提法",
                    ),
                ),
            ],
            options={
                "verbose_name": "异写",
                "verbose_name_plural": "异写",
            },
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("start", models.PositiveIntegerField(verbose_name="起")),
                ("end", models.PositiveIntegerField(verbose_name="止")),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentions",
                        to="catalog.revision",
                        verbose_name="版本",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentions",
                        to="catalog.section",
                        verbose_name="章节",
                    ),
                ),
                (
                    "slogan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentions",
                        to="slogans.slogan",
                        verbose_name="提法",
                    ),
                ),
            ],
            options={
                "verbose_name": "出现",
                "verbose_name_plural": "出现",
                "ordering": ["revision", "start"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("slogan", "revision", "start"), name="one_mention_per_place"
                    )
                ],
            },
        ),
    ]
