"""The index follows the database, also where a process ends between the two."""

from __future__ import annotations

import pytest
from django.db import transaction

import search
from corpus_app.catalog.models import Speech, SpeechChange
from corpus_app.intake import indexing
from corpus_app.intake.indexing import index_on_commit, index_pending, index_together
from corpus_app.intake.revisions import editing
from search import SearchRequest, run_search
from search.index import following
from tests.catalog.speeches import TRAINING, WORK_CONFERENCE, store

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def count_hits(text: str) -> int:
    return run_search(SearchRequest(text=f'"{text}"', unit="speech")).total


def count_left() -> int:
    return search.read_changes_left().count


@pytest.fixture
def speech() -> Speech:
    search.rebuild_index()
    return store(WORK_CONFERENCE, "a.txt", draft=True)


def publish_and_die(speech: Speech, monkeypatch: pytest.MonkeyPatch) -> None:
    """Publish in a process that ends right after the commit, before it indexes."""
    with monkeypatch.context() as patched:
        patched.setattr(indexing, "_index_or_gather", lambda: None)
        editing.publish(speech)


def test_a_change_leaves_no_note_once_the_index_has_it(speech: Speech) -> None:
    editing.publish(speech)
    assert count_hits("话有地方说") == 1
    assert count_left() == 0


def test_what_a_killed_process_left_is_indexed_later(
    speech: Speech, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_and_die(speech, monkeypatch)
    assert count_hits("话有地方说") == 0
    assert index_pending()
    assert count_hits("话有地方说") == 1
    assert count_left() == 0


def test_a_change_that_is_rolled_back_leaves_no_note(speech: Speech) -> None:
    with transaction.atomic():
        index_on_commit(speech.pk)
        transaction.set_rollback(True)
    assert not SpeechChange.objects.filter(speech_id=speech.pk, number=None).exists()


def test_a_failing_index_leaves_the_note(speech: Speech, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_how: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(search, "follow_changes", fail)
        editing.publish(speech)
        assert not index_pending()
    assert count_left() == 1
    assert index_pending()
    assert count_hits("话有地方说") == 1


def test_one_kill_is_made_good_by_whoever_changes_something_next(
    speech: Speech, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_and_die(speech, monkeypatch)
    editing.publish(store(TRAINING, "b.txt", draft=True))
    assert count_hits("话有地方说") == 1


def test_many_changes_are_indexed_in_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    search.rebuild_index()
    written: list[list[int]] = []
    real = following.index_here

    def note(ids: list[int]) -> None:
        written.append(list(ids))
        real(ids)

    monkeypatch.setattr(following, "index_here", note)
    with index_together(portion=2):
        ids = [store(text, "x.txt").pk for text in (WORK_CONFERENCE, TRAINING)]
    assert written == [ids]
    assert count_left() == 0


def test_a_rebuild_follows_all_that_is_noted(
    speech: Speech, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_and_die(speech, monkeypatch)
    search.rebuild_index()
    assert count_hits("话有地方说") == 1
    assert count_left() == 0
