"""The index follows the database, also where a process ends between the two."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

import search
from corpus_app.catalog.models import Speech
from corpus_app.intake import indexing
from corpus_app.intake.indexing import (
    index_now,
    index_on_commit,
    index_pending,
    index_together,
    rebuild_all,
)
from corpus_app.intake.models import PendingIndexing
from corpus_app.intake.revisions import editing
from search import SearchRequest, run_search
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def count_hits(text: str) -> int:
    return run_search(SearchRequest(text=f'"{text}"', unit="speech")).total


@pytest.fixture
def speech() -> Speech:
    search.rebuild_index()
    return store(WORK_CONFERENCE, "a.txt", draft=True)


def publish_and_die(speech: Speech, monkeypatch: pytest.MonkeyPatch) -> None:
    """Publish in a process that ends right after the commit, before it indexes."""
    with monkeypatch.context() as patched:
        patched.setattr(indexing, "_index_or_gather", lambda _speech_id: None)
        editing.publish(speech)


def test_a_change_leaves_no_note_once_the_index_has_it(speech: Speech) -> None:
    editing.publish(speech)
    assert count_hits("话有地方说") == 1
    assert not PendingIndexing.objects.exists()


def test_what_a_killed_process_left_is_indexed_later(
    speech: Speech, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_and_die(speech, monkeypatch)
    assert count_hits("话有地方说") == 0
    assert index_pending()
    assert count_hits("话有地方说") == 1
    assert not PendingIndexing.objects.exists()


def test_a_change_that_is_rolled_back_leaves_no_note(speech: Speech) -> None:
    with transaction.atomic():
        index_on_commit(speech.pk)
        transaction.set_rollback(True)
    assert not PendingIndexing.objects.exists()


def test_a_failing_index_leaves_the_note(speech: Speech, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_ids: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(search, "index_speeches", fail)
        editing.publish(speech)
        assert not index_pending()
    assert PendingIndexing.objects.count() == 1
    assert index_pending()
    assert count_hits("话有地方说") == 1


def test_a_note_made_while_the_index_is_written_stays(
    speech: Speech, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = search.index_speeches

    def change_meanwhile(ids: list[int]) -> None:
        real(ids)
        PendingIndexing.objects.create(speech_id=speech.pk)

    PendingIndexing.objects.create(speech_id=speech.pk)
    monkeypatch.setattr(search, "index_speeches", change_meanwhile)
    index_now([speech.pk])
    assert PendingIndexing.objects.count() == 1


def test_only_old_notes_are_taken_where_that_is_asked(speech: Speech) -> None:
    PendingIndexing.objects.create(speech_id=speech.pk)
    index_pending(before=timezone.now() - timedelta(minutes=1))
    assert PendingIndexing.objects.count() == 1
    index_pending(before=timezone.now() + timedelta(minutes=1))
    assert not PendingIndexing.objects.exists()


def test_many_changes_are_indexed_in_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    search.rebuild_index()
    written: list[list[int]] = []
    real = search.index_speeches

    def note(ids: list[int]) -> None:
        written.append(list(ids))
        real(ids)

    monkeypatch.setattr(search, "index_speeches", note)
    with index_together(portion=2):
        ids = [store(text, "x.txt").pk for text in (WORK_CONFERENCE, TRAINING)]
    assert written == [ids]
    assert not PendingIndexing.objects.exists()


def test_a_rebuild_settles_all_notes(speech: Speech, monkeypatch: pytest.MonkeyPatch) -> None:
    publish_and_die(speech, monkeypatch)
    rebuild_all()
    assert count_hits("话有地方说") == 1
    assert not PendingIndexing.objects.exists()
