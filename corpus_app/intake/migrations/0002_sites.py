"""Sites: the lines of received pages, profiles of sites, and heads in dispute."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from corpus_app.ingest.site import list_page_lines, name_site


def note_known_pages(apps, schema_editor):
    """Note the lines of what was received before: it is read again with what others show."""
    page = apps.get_model("intake", "SitePage")
    revisions = apps.get_model("catalog", "Revision").objects.order_by("upload_id", "-pk")
    rows = revisions.values_list(
        "upload__sha256", "raw", "speech__source_url", "speech__source__name"
    )
    seen = set()
    for sha256, raw, url, source in rows.iterator(chunk_size=50):
        if sha256 not in seen:
            seen.add(sha256)
            site = name_site(url or "", source or "")
            page.objects.create(sha256=sha256, site=site, lines=list_page_lines(raw))


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0001_tables"),
        ("intake", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HeadDispute",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fields", models.JSONField(default=dict, verbose_name="不同之处")),
                ("found_at", models.DateTimeField(auto_now=True, verbose_name="时间")),
                (
                    "speech",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="head_dispute",
                        to="catalog.speech",
                        verbose_name="讲话",
                    ),
                ),
            ],
            options={
                "verbose_name": "重读所得题头存疑",
                "verbose_name_plural": "重读所得题头存疑",
                "ordering": ["speech"],
            },
        ),
        migrations.CreateModel(
            name="SitePage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(max_length=64, unique=True, verbose_name="SHA-256")),
                ("site", models.CharField(blank=True, max_length=200, verbose_name="网站")),
                ("group", models.CharField(blank=True, max_length=60, verbose_name="批次")),
                ("lines", models.JSONField(default=list, verbose_name="页首页尾各行")),
            ],
            options={
                "verbose_name": "网页行",
                "verbose_name_plural": "网页行",
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["site", "id"], name="pages_by_site"),
                    models.Index(fields=["group", "id"], name="pages_by_group"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SiteProfile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("site", models.CharField(db_index=True, max_length=200, verbose_name="网站")),
                ("values", models.JSONField(blank=True, default=list, verbose_name="各项位置")),
                ("lines", models.JSONField(blank=True, default=list, verbose_name="剔除的整行")),
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提出人",
                    ),
                ),
            ],
            options={
                "verbose_name": "网站版式",
                "verbose_name_plural": "网站版式",
                "ordering": ["-made_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="ProfileApplication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fields", models.JSONField(default=dict, verbose_name="文献信息")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("applied", "已采用"),
                            ("skipped", "未处理"),
                            ("undone", "已撤销"),
                        ],
                        max_length=10,
                        verbose_name="结果",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
                (
                    "base",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="catalog.revision",
                        verbose_name="原版本",
                    ),
                ),
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
                    "speech",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="catalog.speech",
                        verbose_name="讲话",
                    ),
                ),
                (
                    "profile",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="applications",
                        to="intake.siteprofile",
                        verbose_name="网站版式",
                    ),
                ),
            ],
            options={
                "verbose_name": "版式执行记录",
                "verbose_name_plural": "版式执行记录",
                "ordering": ["profile", "-pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="siteprofile",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "approved")),
                fields=("site",),
                name="one_approved_profile_per_site",
            ),
        ),
        migrations.AddIndex(
            model_name="profileapplication",
            index=models.Index(fields=["profile", "outcome"], name="profile_use_by_outcome"),
        ),
        migrations.RunPython(note_known_pages, migrations.RunPython.noop),
    ]
