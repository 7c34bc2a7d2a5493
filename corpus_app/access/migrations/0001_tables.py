import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Activity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, db_index=True, verbose_name="时间")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("sign-in", "登录"),
                            ("sign-in-failed", "登录失败"),
                            ("sign-in-held", "登录受限"),
                            ("sign-out", "退出"),
                            ("password", "设置密码"),
                            ("two-factor", "两步验证"),
                            ("session", "结束登录"),
                            ("account", "账号管理"),
                            ("token", "接口令牌"),
                            ("export", "导出"),
                        ],
                        db_index=True,
                        max_length=20,
                        verbose_name="事项",
                    ),
                ),
                ("username", models.CharField(blank=True, max_length=150, verbose_name="用户名")),
                ("address", models.CharField(blank=True, max_length=45, verbose_name="地址")),
                ("subject", models.CharField(blank=True, max_length=300, verbose_name="对象")),
                ("detail", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="用户",
                    ),
                ),
            ],
            options={
                "verbose_name": "操作记录",
                "verbose_name_plural": "操作记录",
                "ordering": ["-at", "-pk"],
            },
        ),
    ]
