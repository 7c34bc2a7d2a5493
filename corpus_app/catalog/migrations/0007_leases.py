"""Leases."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0006_changes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Lease",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, unique=True, verbose_name="名称")),
                ("host", models.CharField(max_length=100, verbose_name="主机")),
                ("token", models.BigIntegerField(default=0, verbose_name="令牌")),
                ("expires_at", models.DateTimeField(verbose_name="到期时间")),
            ],
            options={
                "verbose_name": "租约",
                "verbose_name_plural": "租约",
                "ordering": ["name"],
            },
        ),
    ]
