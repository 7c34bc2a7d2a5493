"""Groups of users, whom speeches can be opened to."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="activity",
            name="kind",
            field=models.CharField(
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
                    ("group", "用户组"),
                ],
                db_index=True,
                max_length=20,
                verbose_name="事项",
            ),
        ),
        migrations.CreateModel(
            name="UserGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=50, verbose_name="名称")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="设立时间")),
                (
                    "dissolved_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="解散时间"),
                ),
                (
                    "members",
                    models.ManyToManyField(
                        blank=True,
                        related_name="user_groups",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="成员",
                    ),
                ),
            ],
            options={
                "verbose_name": "用户组",
                "verbose_name_plural": "用户组",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("dissolved_at", None)),
                        fields=("name",),
                        name="one_living_group_per_name",
                    )
                ],
            },
        ),
    ]
