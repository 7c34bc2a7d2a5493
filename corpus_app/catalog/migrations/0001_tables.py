"""All tables and the four roles; a database of 0.1.0 has them by what `replaces` names."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

# Each role is a group, with what its members may do.
ALL = ("add", "change", "delete", "view")
EDITORS = {
    "catalog": {
        # Nobody deletes what was received: a speech is withdrawn, a revision stays.
        "speech": ("add", "change", "view"),
        "speaker": ALL,
        "organisation": ALL,
        "source": ALL,
        "upload": ("view",),
        "revision": ("view",),
        "section": ("view",),
        "gap": ("view",),
        "speechalias": ("view",),
    },
    "themes": {
        "theme": ALL,
        "themeterm": ALL,
        "themepin": ALL,
        "sectiontheme": ("view",),
    },
    "slogans": {"slogan": ALL, "sloganvariant": ALL, "mention": ("view",)},
}
ADMINS = EDITORS | {
    "catalog": EDITORS["catalog"] | {"speech": ALL, "speechalias": ALL, "marker": ("view",)},
    "auth": {"user": ALL, "group": ("view",)},
}
ROLES = {"reader": {}, "clerk": {}, "editor": EDITORS, "admin": ADMINS}


def make_roles(apps, schema_editor):
    for name, rights in ROLES.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.set(collect_permissions(apps, rights))


def collect_permissions(apps, rights):
    # Django makes permissions after all migrations have run, too late for this one.
    content_types = apps.get_model("contenttypes", "ContentType").objects
    permissions = apps.get_model("auth", "Permission").objects
    for app, by_model in rights.items():
        for model, actions in by_model.items():
            kind, _ = content_types.get_or_create(app_label=app, model=model)
            for action in actions:
                yield permissions.get_or_create(
                    codename=f"{action}_{model}",
                    content_type=kind,
                    defaults={"name": f"Can {action} {model}"},
                )[0]


def remove_roles(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    replaces = [
        ("catalog", "0001_initial"),
        ("catalog", "0002_roles"),
        ("catalog", "0003_upload_name_index"),
        ("catalog", "0004_revision_origin_and_history"),
        ("catalog", "0005_kinship"),
        ("catalog", "0006_revision_public_since"),
    ]
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Marker",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="名称")),
                ("value", models.JSONField(default=dict, verbose_name="内容")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="时间")),
            ],
            options={
                "verbose_name": "状态标记",
                "verbose_name_plural": "状态标记",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, unique=True, verbose_name="名称")),
            ],
            options={
                "verbose_name": "单位",
                "verbose_name_plural": "单位",
                "ordering": ["name"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, unique=True, verbose_name="名称")),
            ],
            options={
                "verbose_name": "来源",
                "verbose_name_plural": "来源",
                "ordering": ["name"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Speaker",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, unique=True, verbose_name="名称")),
            ],
            options={
                "verbose_name": "讲话人",
                "verbose_name_plural": "讲话人",
                "ordering": ["name"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="版本号")),
                ("raw", models.TextField(verbose_name="原文")),
                ("text", models.TextField(verbose_name="正文")),
                ("metadata", models.JSONField(default=dict, verbose_name="解析所得信息")),
                ("removed", models.JSONField(default=list, verbose_name="剔除内容")),
                ("announced", models.JSONField(default=list, verbose_name="预告要点")),
                ("suspects", models.JSONField(default=list, verbose_name="疑似差错")),
                ("notices", models.JSONField(default=list, verbose_name="提示")),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("parsed", "解析"),
                            ("edited", "人工校订"),
                            ("outlined", "调整结构"),
                            ("ruled", "按规则剔除"),
                            ("merged", "合并补全"),
                            ("restored", "恢复旧版"),
                        ],
                        default="parsed",
                        max_length=10,
                        verbose_name="由来",
                    ),
                ),
                ("decisions", models.JSONField(default=dict, verbose_name="人工处理")),
                ("origins", models.JSONField(default=list, verbose_name="来源分段")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="修订说明")),
                (
                    "public_since",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="公开时间"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
                (
                    "based_on",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="catalog.revision",
                        verbose_name="所据版本",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="操作人",
                    ),
                ),
            ],
            options={
                "verbose_name": "版本",
                "verbose_name_plural": "版本",
                "ordering": ["speech", "-number"],
            },
        ),
        migrations.CreateModel(
            name="Gap",
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
                        choices=[
                            ("paywall", "付费遮挡"),
                            ("hidden", "内容隐藏"),
                            ("truncated", "结尾截断"),
                        ],
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                ("offset", models.PositiveIntegerField(verbose_name="位置")),
                (
                    "hidden_chars",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="缺失字数"),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="gaps",
                        to="catalog.revision",
                        verbose_name="版本",
                    ),
                ),
            ],
            options={
                "verbose_name": "缺失",
                "verbose_name_plural": "缺失",
                "ordering": ["revision", "offset"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalSpeech",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="标题")),
                ("subtitle", models.CharField(blank=True, max_length=300, verbose_name="副标题")),
                ("title_inferred", models.BooleanField(default=False, verbose_name="标题系代拟")),
                (
                    "speaker_role",
                    models.CharField(blank=True, max_length=200, verbose_name="讲话人职务"),
                ),
                ("occasion", models.CharField(blank=True, max_length=200, verbose_name="场合")),
                ("place", models.CharField(blank=True, max_length=100, verbose_name="地区")),
                (
                    "level",
                    models.CharField(blank=True, db_index=True, max_length=20, verbose_name="级别"),
                ),
                (
                    "genre",
                    models.CharField(blank=True, db_index=True, max_length=30, verbose_name="体裁"),
                ),
                ("delivered", models.CharField(blank=True, max_length=10, verbose_name="讲话日期")),
                ("published", models.CharField(blank=True, max_length=10, verbose_name="发表日期")),
                ("updated", models.CharField(blank=True, max_length=10, verbose_name="更新日期")),
                (
                    "date_start",
                    models.DateField(blank=True, db_index=True, null=True, verbose_name="日期起"),
                ),
                ("date_end", models.DateField(blank=True, null=True, verbose_name="日期止")),
                (
                    "source_url",
                    models.URLField(blank=True, max_length=1000, verbose_name="来源网址"),
                ),
                (
                    "completeness",
                    models.CharField(
                        choices=[
                            ("complete", "完整"),
                            ("gapped", "中间有缺失"),
                            ("truncated", "结尾缺失"),
                        ],
                        default="complete",
                        max_length=10,
                        verbose_name="完整性",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "草稿"),
                            ("published", "已发布"),
                            ("withdrawn", "已撤回"),
                        ],
                        db_index=True,
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("is_sample", models.BooleanField(default=False, verbose_name="示例文稿")),
                (
                    "created_at",
                    models.DateTimeField(blank=True, editable=False, verbose_name="入库时间"),
                ),
                (
                    "changed_at",
                    models.DateTimeField(blank=True, editable=False, verbose_name="修改时间"),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="上线时间"
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
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.organisation",
                        verbose_name="单位",
                    ),
                ),
                (
                    "current",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.revision",
                        verbose_name="现行版本",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.source",
                        verbose_name="来源",
                    ),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="catalog.speaker",
                        verbose_name="讲话人",
                    ),
                ),
            ],
            options={
                "verbose_name": "讲话改动记录",
                "verbose_name_plural": "讲话改动记录",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Speech",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="标题")),
                ("subtitle", models.CharField(blank=True, max_length=300, verbose_name="副标题")),
                ("title_inferred", models.BooleanField(default=False, verbose_name="标题系代拟")),
                (
                    "speaker_role",
                    models.CharField(blank=True, max_length=200, verbose_name="讲话人职务"),
                ),
                ("occasion", models.CharField(blank=True, max_length=200, verbose_name="场合")),
                ("place", models.CharField(blank=True, max_length=100, verbose_name="地区")),
                (
                    "level",
                    models.CharField(blank=True, db_index=True, max_length=20, verbose_name="级别"),
                ),
                (
                    "genre",
                    models.CharField(blank=True, db_index=True, max_length=30, verbose_name="体裁"),
                ),
                ("delivered", models.CharField(blank=True, max_length=10, verbose_name="讲话日期")),
                ("published", models.CharField(blank=True, max_length=10, verbose_name="发表日期")),
                ("updated", models.CharField(blank=True, max_length=10, verbose_name="更新日期")),
                (
                    "date_start",
                    models.DateField(blank=True, db_index=True, null=True, verbose_name="日期起"),
                ),
                ("date_end", models.DateField(blank=True, null=True, verbose_name="日期止")),
                (
                    "source_url",
                    models.URLField(blank=True, max_length=1000, verbose_name="来源网址"),
                ),
                (
                    "completeness",
                    models.CharField(
                        choices=[
                            ("complete", "完整"),
                            ("gapped", "中间有缺失"),
                            ("truncated", "结尾缺失"),
                        ],
                        default="complete",
                        max_length=10,
                        verbose_name="完整性",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "草稿"),
                            ("published", "已发布"),
                            ("withdrawn", "已撤回"),
                        ],
                        db_index=True,
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("is_sample", models.BooleanField(default=False, verbose_name="示例文稿")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="入库时间")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="修改时间")),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="上线时间"
                    ),
                ),
                (
                    "current",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="catalog.revision",
                        verbose_name="现行版本",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="catalog.organisation",
                        verbose_name="单位",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="catalog.source",
                        verbose_name="来源",
                    ),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="catalog.speaker",
                        verbose_name="讲话人",
                    ),
                ),
            ],
            options={
                "verbose_name": "讲话",
                "verbose_name_plural": "讲话",
                "ordering": ["-date_start", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="revision",
            name="speech",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="revisions",
                to="catalog.speech",
                verbose_name="讲话",
            ),
        ),
        migrations.CreateModel(
            name="SpeechAlias",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("old_id", models.PositiveBigIntegerField(unique=True, verbose_name="旧编号")),
                (
                    "speech",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="catalog.speech",
                        verbose_name="讲话",
                    ),
                ),
            ],
            options={
                "verbose_name": "旧地址",
                "verbose_name_plural": "旧地址",
            },
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(max_length=64, unique=True, verbose_name="SHA-256")),
                ("name", models.CharField(db_index=True, max_length=255, verbose_name="文件名")),
                ("size", models.PositiveBigIntegerField(verbose_name="字节数")),
                ("format", models.CharField(max_length=20, verbose_name="格式")),
                ("encoding", models.CharField(blank=True, max_length=40, verbose_name="编码")),
                ("received_at", models.DateTimeField(auto_now_add=True, verbose_name="接收时间")),
                (
                    "copy_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="copies",
                        to="catalog.speech",
                        verbose_name="同文讲话",
                    ),
                ),
                (
                    "received_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="上传人",
                    ),
                ),
            ],
            options={
                "verbose_name": "原始文件",
                "verbose_name_plural": "原始文件",
                "ordering": ["-received_at", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="revision",
            name="upload",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="revisions",
                to="catalog.upload",
                verbose_name="原始文件",
            ),
        ),
        migrations.CreateModel(
            name="Section",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=40, verbose_name="章节号")),
                ("position", models.PositiveIntegerField(verbose_name="次序")),
                ("depth", models.PositiveSmallIntegerField(verbose_name="层级")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("opening", "导语"),
                            ("section", "部分"),
                            ("subsection", "小节"),
                            ("point", "要点"),
                            ("closing", "结语"),
                        ],
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                ("marker", models.CharField(blank=True, max_length=20, verbose_name="序号")),
                (
                    "ordinal",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="序数"),
                ),
                ("heading", models.TextField(blank=True, verbose_name="标题")),
                ("start", models.PositiveIntegerField(verbose_name="起")),
                ("end", models.PositiveIntegerField(verbose_name="止")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="children",
                        to="catalog.section",
                        verbose_name="上级章节",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sections",
                        to="catalog.revision",
                        verbose_name="版本",
                    ),
                ),
            ],
            options={
                "verbose_name": "章节",
                "verbose_name_plural": "章节",
                "ordering": ["revision", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("revision", "key"), name="one_section_per_key"),
                    models.CheckConstraint(
                        condition=models.Q(("end__gte", models.F("start"))),
                        name="section_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Kinship",
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
                        choices=[
                            ("near", "基本相同"),
                            ("part", "全文与节本"),
                            ("quotes", "大段引用"),
                        ],
                        max_length=10,
                        verbose_name="关系",
                    ),
                ),
                ("share", models.FloatField(verbose_name="见于另一篇的比例")),
                ("other_share", models.FloatField(verbose_name="另一篇见于本篇的比例")),
                ("likeness", models.FloatField(default=0.0, verbose_name="相似度")),
                ("same_event", models.BooleanField(default=False, verbose_name="同一日期或场合")),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("open", "待处理"),
                            ("both", "都保留"),
                            ("fuller", "只留较全的一篇"),
                            ("unrelated", "并非同源"),
                        ],
                        db_index=True,
                        default="open",
                        max_length=10,
                        verbose_name="处理",
                    ),
                ),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="处理时间"),
                ),
                ("found_at", models.DateTimeField(auto_now_add=True, verbose_name="发现时间")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="处理人",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="kin_before",
                        to="catalog.speech",
                        verbose_name="另一篇",
                    ),
                ),
                (
                    "speech",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="kin_after",
                        to="catalog.speech",
                        verbose_name="讲话",
                    ),
                ),
            ],
            options={
                "verbose_name": "同源关系",
                "verbose_name_plural": "同源关系",
                "ordering": ["speech", "other"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("speech", "other"), name="one_kinship_per_pair"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("speech__lt", models.F("other"))),
                        name="kinship_smaller_id_first",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.UniqueConstraint(
                fields=("speech", "number"), name="one_revision_per_number"
            ),
        ),
        migrations.RunPython(make_roles, remove_roles),
    ]
