"""The lines of pages are kept packed."""

from typing import Any

from django.db import migrations

import corpus_app.catalog.packed

AT_ONCE = 500


def pack_lines(apps: Any, _editor: Any) -> None:
    """Write each row anew; what is not packed yet is read as it stands."""
    pages = apps.get_model("intake", "SitePage").objects
    last = 0
    while rows := list(pages.filter(pk__gt=last).order_by("pk").only("lines")[:AT_ONCE]):
        pages.bulk_update(rows, ["lines"])
        last = rows[-1].pk


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0007_changes"),
    ]

    operations = [
        migrations.AlterField(
            model_name="sitepage",
            name="lines",
            field=corpus_app.catalog.packed.PackedListField(verbose_name="页首页尾各行"),
        ),
        migrations.RunPython(pack_lines, migrations.RunPython.noop),
    ]
