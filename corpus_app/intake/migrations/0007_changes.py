"""What the index has not followed goes on in the log of changes."""

from typing import Any

from django.db import migrations


def move_notes(apps: Any, _editor: Any) -> None:
    """Note each change that waits in the log."""
    waiting = apps.get_model("intake", "PendingIndexing").objects.order_by("pk")
    change = apps.get_model("catalog", "SpeechChange")
    rows = (change(speech_id=pk) for pk in waiting.values_list("speech_id", flat=True))
    change.objects.bulk_create(rows, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0006_changes"),
        ("intake", "0006_doubt_probability"),
    ]

    operations = [
        migrations.RunPython(move_notes, migrations.RunPython.noop, elidable=True),
        migrations.DeleteModel(name="PendingIndexing"),
    ]
