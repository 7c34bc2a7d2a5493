"""What the worker sees to besides files."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

import search
from corpus_app.batches.claiming import claim_next
from corpus_app.batches.models import Batch, BatchFile
from corpus_app.batches.staging import list_staged, locate_staged, stage_bytes
from corpus_app.batches.upkeep import close_deserted, keep_up, recover, sweep_staging
from corpus_app.catalog.changes import note_changes
from corpus_app.catalog.models import SpeechChange
from corpus_app.catalog.uploads import locate_bytes, write_bytes
from corpus_app.intake import indexing
from corpus_app.intake.checking import check_everything
from corpus_app.intake.revisions import editing
from search.index.lag import ChangesLeft
from tests.batches.sending import list_states, send
from tests.catalog.speeches import WORK_CONFERENCE, store

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def make_old(path: Path) -> None:
    then = time.time() - 7200
    os.utime(path, (then, then))


def test_recovering_frees_files_and_brings_the_index_in_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    search.rebuild_index()
    batch = send({"a.txt": "甲"})
    claim_next("dead")
    speech = store(WORK_CONFERENCE, "b.txt", draft=True)
    with monkeypatch.context() as patched:
        patched.setattr(indexing, "_index_or_gather", lambda: None)
        editing.publish(speech)
    assert search.check_index()
    recover()
    assert list_states(batch) == ["waiting"]
    assert search.check_index() == []
    assert search.read_changes_left().count == 0


def test_recovering_builds_an_index_that_is_missing() -> None:
    store(WORK_CONFERENCE, "b.txt")
    recover()
    assert search.read_index_state().is_fresh


def test_what_others_left_is_followed_and_old_changes_go() -> None:
    search.rebuild_index()
    note_changes([1, 2])
    search.follow_changes()
    SpeechChange.objects.update(created_at=timezone.now() - timedelta(days=8))
    # By what it is known again, the position is told from one in another log.
    search.rebuild_index()
    note_changes([3])
    keep_up()
    assert search.read_changes_left() == ChangesLeft(0, None)
    assert list(SpeechChange.objects.values_list("speech_id", flat=True)) == [3]


def test_a_batch_whose_sender_went_away_is_worked_on_after_an_hour() -> None:
    batch = send(close=False)
    inbox = Batch.objects.create(name="x", origin="inbox")
    close_deserted()
    assert Batch.objects.get(pk=batch.pk).state == "receiving"
    Batch.objects.update(changed_at=timezone.now() - timedelta(hours=2))
    close_deserted()
    assert Batch.objects.get(pk=batch.pk).state == "waiting"
    assert Batch.objects.get(pk=inbox.pk).state == "receiving"


def test_sweeping_removes_what_is_settled_and_sets_aside_what_is_old_and_unknown() -> None:
    for path in list_staged():
        path.unlink()
    send({"a.txt": "甲", "b.txt": "乙"})
    settled, waiting = BatchFile.objects.order_by("position")
    BatchFile.objects.filter(pk=settled.pk).update(state="imported")
    shas = []
    for content in (b"old", b"young"):
        with stage_bytes([content]) as staged:
            staged.put_in_place()
        shas.append(staged.sha256)
    make_old(locate_staged(shas[0]))
    passing = Path(settings.STAGING_DIR, ".new-left")
    passing.write_text("half")
    make_old(passing)
    sweep_staging()
    assert {path.name for path in list_staged()} == {waiting.sha256, shas[1]}
    assert (Path(settings.STAGING_DIR) / "unreferenced" / shas[0]).is_file()
    assert not passing.exists()


def test_recovering_sets_aside_what_an_import_that_was_killed_left_in_the_uploads() -> None:
    search.rebuild_index()
    speech = store(WORK_CONFERENCE, "a.txt")
    left = locate_bytes("ab" + "0" * 62)
    write_bytes(left, b"left")
    recover()
    assert not left.exists()
    assert (Path(settings.UPLOADS_DIR) / "unreferenced" / left.name).read_bytes() == b"left"
    assert speech.current is not None
    assert locate_bytes(speech.current.upload.sha256).is_file()
    assert [each.code for each in check_everything() if each.area == "uploads"] == []
