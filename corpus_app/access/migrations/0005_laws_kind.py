"""What is done with the texts of laws is a kind of activity of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0004_counts"),
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
                    ("vocabulary", "主题与提法"),
                    ("laws", "法律文本"),
                ],
                db_index=True,
                max_length=20,
                verbose_name="事项",
            ),
        ),
    ]
