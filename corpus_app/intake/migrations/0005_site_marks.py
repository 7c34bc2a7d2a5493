"""What names a site whose pages bear neither its address nor its source."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0004_split_parts")]

    operations = [
        migrations.AddField(
            model_name="sitepage",
            name="mark",
            field=models.CharField(blank=True, max_length=200, verbose_name="网站标记"),
        ),
        migrations.AddField(
            model_name="sitepage",
            name="folder",
            field=models.CharField(blank=True, max_length=100, verbose_name="文件夹"),
        ),
    ]
