"""Who may see what comes in is said beforehand, and holds from the first moment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from corpus_app.access.models import UserGroup
from corpus_app.batches.models import Batch
from corpus_app.catalog.limits import GROUPS, INTERNAL, PUBLIC, SIGNED_IN, AccessLimit
from corpus_app.catalog.models import Speech
from tests.batches.sending import work
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store
from tests.intake.people import enter

pytestmark = pytest.mark.django_db


def test_a_batch_limits_what_is_new_and_nothing_else() -> None:
    group = UserGroup.objects.create(name="财经组")
    known = store(TRAINING, "known.txt")
    editor = enter("editor")
    files = [
        SimpleUploadedFile(name, text.encode())
        for name, text in (("known.txt", TRAINING), ("new.txt", WORK_CONFERENCE))
    ]
    limit = f"groups:{group.pk}"
    editor.post("/intake/", {"file": files, "publish": "on", "limit": limit})
    work()
    new = Speech.objects.exclude(pk=known.pk).get()
    assert new.limit == AccessLimit(GROUPS, (group.pk,))
    # Not even for a moment was it open to all.
    shown = new.history.filter(status="published")
    assert {row.access for row in shown} <= {GROUPS}
    assert Speech.objects.get(pk=known.pk).limit == AccessLimit(PUBLIC)
    batch = Batch.objects.get()
    page = editor.get(f"/intake/batches/{batch.pk}/").content.decode()
    assert page.count("用户组“财经组”") == 2


def test_one_small_file_is_limited_too_and_no_such_limit_is_refused() -> None:
    editor = enter("editor")
    for limit, status in (("internal", 201), ("groups:9", 400), ("nonsense", 400)):
        answer = editor.post("/intake/batches/new/", {"name": "批", "limit": limit})
        assert answer.status_code == status, limit
    assert Batch.objects.get().limit == "internal"
    file = SimpleUploadedFile("new.txt", WORK_CONFERENCE.encode())
    assert editor.post("/intake/", {"file": file, "limit": "groups:9"}).status_code != 302
    file.seek(0)
    editor.post("/intake/", {"file": file, "limit": "members"})
    work()
    assert Speech.objects.get().limit == AccessLimit(SIGNED_IN)


def test_the_command_limits_what_it_brings(client: Client, tmp_path: Path, capsys: Any) -> None:
    one, two = tmp_path / "a.txt", tmp_path / "b.txt"
    one.write_text(WORK_CONFERENCE, "utf-8")
    two.write_text(TRAINING, "utf-8")
    group = UserGroup.objects.create(name="财经组")
    call_command("import_speeches", str(one), "--access", "internal")
    call_command("import_speeches", str(two), "--group", "财经组")
    limits = [speech.limit for speech in Speech.objects.order_by("pk")]
    assert limits == [AccessLimit(INTERNAL), AccessLimit(GROUPS, (group.pk,))]
    assert client.get("/api/v1/speeches").json()["items"] == []
    with pytest.raises(CommandError, match="没有这个用户组：别组"):
        call_command("import_speeches", str(two), "--group", "别组")
