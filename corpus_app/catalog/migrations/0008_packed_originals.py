"""What was received is kept packed against the text that was made of it."""

from typing import Any

from django.db import migrations

import corpus_app.catalog.packed

AT_ONCE = 50


def pack_texts(apps: Any, _editor: Any) -> None:
    """Write each row anew; what is not packed yet is read as it stands."""
    revisions = apps.get_model("catalog", "Revision").objects
    last = 0
    while rows := list(revisions.filter(pk__gt=last).order_by("pk").only("raw", "text")[:AT_ONCE]):
        for row in rows:
            row.save(update_fields=["raw"])
        last = rows[-1].pk


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0007_leases"),
        # It reads the texts as they were.
        ("intake", "0002_sites"),
    ]

    operations = [
        migrations.AlterField(
            model_name="revision",
            name="raw",
            field=corpus_app.catalog.packed.PackedTextField(against="text", verbose_name="原文"),
        ),
        migrations.RunPython(pack_texts, migrations.RunPython.noop),
    ]
