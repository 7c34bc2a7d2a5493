"""The texts of revisions are kept packed.

In a new column, for PostgreSQL would read what stands in the old one as escaped bytes.
"""

from typing import Any

from django.db import migrations

import corpus_app.catalog.packed

AT_ONCE = 50


def pack_texts(apps: Any, _editor: Any) -> None:
    """Write the text of each row into the new column."""
    revisions = apps.get_model("catalog", "Revision").objects
    last = 0
    while rows := list(
        revisions.filter(pk__gt=last).order_by("pk").values_list("pk", "text")[:AT_ONCE]
    ):
        for pk, text in rows:
            revisions.filter(pk=pk).update(packed=text)
            last = pk


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0008_packed_originals"),
    ]

    operations = [
        migrations.AddField(
            model_name="revision",
            name="packed",
            field=corpus_app.catalog.packed.PackedTextField(default="", verbose_name="正文"),
            preserve_default=False,
        ),
        migrations.RunPython(pack_texts, migrations.RunPython.noop),
        migrations.RemoveField(model_name="revision", name="text"),
        migrations.RenameField(model_name="revision", old_name="packed", new_name="text"),
    ]
