"""The log of changes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0005_licence"),
    ]

    operations = [
        migrations.CreateModel(
            name="SpeechChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("speech_id", models.BigIntegerField(verbose_name="讲话编号")),
                ("number", models.BigIntegerField(null=True, unique=True, verbose_name="序号")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
            ],
            options={
                "verbose_name": "讲话改动",
                "verbose_name_plural": "讲话改动",
                "ordering": ["pk"],
            },
        ),
    ]
