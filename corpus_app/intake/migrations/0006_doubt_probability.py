"""How likely something stated of a speech is false; what was weighed before stands first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0005_site_marks")]

    operations = [
        migrations.AddField(
            "doubt",
            "probability",
            models.FloatField("有误概率", default=1.0, db_index=True),
        ),
        migrations.AlterModelOptions(
            "doubt",
            {
                "ordering": ["-probability", "-score", "speech"],
                "verbose_name": "疑点",
                "verbose_name_plural": "疑点",
            },
        ),
    ]
