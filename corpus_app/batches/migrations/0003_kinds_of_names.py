"""Names that the product gave are stored as what they tell, for a name is in one language."""

import re

from django.db import migrations, models

BATCH = re.compile(r"(?:上传|收件夹) \d{4}-\d\d-\d\d \d\d:\d\d")
REREADINGS = {
    "drafts": re.compile("全部草稿()"),
    "batch": re.compile("批次“(.+)”"),
    "rule": re.compile("规则“(.+)”涉及的讲话"),
    "site": re.compile("“(.+)”的文件"),
}


def take_names_apart(apps, schema_editor):
    for batch in apps.get_model("batches", "Batch").objects.all():
        if BATCH.fullmatch(batch.name):
            batch.name = ""
            batch.save(update_fields=["name"])
    for rereading in apps.get_model("batches", "Rereading").objects.all():
        for kind, pattern in REREADINGS.items():
            found = pattern.fullmatch(rereading.name)
            if found:
                rereading.kind, rereading.name = kind, found[1]
                rereading.save(update_fields=["kind", "name"])
                break


class Migration(migrations.Migration):
    dependencies = [("batches", "0002_rereadings")]

    operations = [
        migrations.AddField(
            model_name="rereading",
            name="kind",
            field=models.CharField(
                choices=[
                    ("all", "全部讲话"),
                    ("drafts", "全部草稿"),
                    ("speech", "《%(name)s》"),
                    ("batch", "批次“%(name)s”"),
                    ("rule", "规则“%(name)s”涉及的讲话"),
                    ("site", "“%(name)s”的文件"),
                    ("named", "%(name)s"),
                ],
                default="named",
                max_length=10,
                verbose_name="范围",
            ),
        ),
        migrations.AlterField(
            model_name="batch",
            name="name",
            field=models.CharField(blank=True, max_length=200, verbose_name="名称"),
        ),
        migrations.AlterField(
            model_name="rereading",
            name="name",
            field=models.CharField(blank=True, max_length=200, verbose_name="名称"),
        ),
        migrations.RunPython(take_names_apart, migrations.RunPython.noop, elidable=True),
    ]
