"""All tables of the app; a database of 0.1.0 has them by what `replaces` names."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("themes", "0001_initial"),
        ("themes", "0002_pin_history"),
    ]
    initial = True

    dependencies = [
        ("catalog", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Theme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="网址名")),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="名称")),
                ("order", models.PositiveIntegerField(default=0, verbose_name="次序")),
                ("description", models.TextField(blank=True, verbose_name="说明")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="themes.theme",
                        verbose_name="上级主题",
                    ),
                ),
                (
                    "related",
                    models.ManyToManyField(blank=True, to="themes.theme", verbose_name="相关主题"),
                ),
            ],
            options={
                "verbose_name": "主题",
                "verbose_name_plural": "主题",
                "ordering": ["order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalThemePin",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("section_key", models.CharField(blank=True, max_length=40, verbose_name="章节号")),
                (
                    "decision",
                    models.CharField(
                        choices=[("pin", "指定"), ("exclude", "排除")],
                        max_length=10,
                        verbose_name="决定",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "speech",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.speech",
                        verbose_name="讲话",
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="themes.theme",
                        verbose_name="主题",
                    ),
                ),
            ],
            options={
                "verbose_name": "主题指定改动记录",
                "verbose_name_plural": "主题指定改动记录",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="SectionTheme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("score", models.FloatField(verbose_name="强度")),
                ("evidence", models.JSONField(default=list, verbose_name="依据")),
                ("pinned", models.BooleanField(default=False, verbose_name="人工指定")),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="theme_tags",
                        to="catalog.section",
                        verbose_name="章节",
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tags",
                        to="themes.theme",
                        verbose_name="主题",
                    ),
                ),
            ],
            options={
                "verbose_name": "章节主题",
                "verbose_name_plural": "章节主题",
                "ordering": ["theme", "-score", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("theme", "section"), name="one_tag_per_section")
                ],
            },
        ),
        migrations.CreateModel(
            name="ThemePin",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("section_key", models.CharField(blank=True, max_length=40, verbose_name="章节号")),
                (
                    "decision",
                    models.CharField(
                        choices=[("pin", "指定"), ("exclude", "排除")],
                        max_length=10,
                        verbose_name="决定",
                    ),
                ),
                (
                    "speech",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="theme_pins",
                        to="catalog.speech",
                        verbose_name="讲话",
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pins",
                        to="themes.theme",
                        verbose_name="主题",
                    ),
                ),
            ],
            options={
                "verbose_name": "主题指定",
                "verbose_name_plural": "主题指定",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("theme", "speech", "section_key"), name="one_pin_per_place"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ThemeTerm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=60, verbose_name="词语")),
                ("weight", models.FloatField(default=1.0, verbose_name="权重")),
                ("excluded", models.BooleanField(default=False, verbose_name="排除语")),
                (
                    "theme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="terms",
                        to="themes.theme",
                        verbose_name="主题",
                    ),
                ),
            ],
            options={
                "verbose_name": "主题词",
                "verbose_name_plural": "主题词",
                "ordering": ["theme", "excluded", "-weight", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("theme", "text"), name="one_term_per_theme")
                ],
            },
        ),
    ]
