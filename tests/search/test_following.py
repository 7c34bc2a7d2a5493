"""The log of changes, followed by the indexes of two data folders over one database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone
from haystack import connections

import search
from corpus_app.catalog.changes import KEPT, note_changes, number_changes, prune_changes
from corpus_app.catalog.models import Speech, SpeechChange
from search.index import access, following, lag
from search.index.access import open_arrays
from search.index.lag import look_again
from tests.search.factories import make_speech

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]

TurnTo = Callable[[str], None]


@pytest.fixture
def turn_to(index_folder: Path, settings: Any) -> TurnTo:
    """Return how to go on as the host of that name, with an index of its own."""

    def turn(host: str) -> None:
        settings.INDEX_DIR = index_folder / host
        described = connections.connections_info["default"]
        connections.connections_info["default"] = {
            **described,
            "PATH": str(index_folder / host / "engine"),
        }
        connections.reload("default")

    return turn


def held() -> set[int]:
    arrays = open_arrays()
    return set(arrays.fingerprints) if arrays else set()


def change(speech: Speech, status: str) -> None:
    """Change a speech as its host does: noted, and followed by that host."""
    Speech.objects.filter(pk=speech.pk).update(status=status)
    note_changes([speech.pk])
    search.follow_changes()


def test_each_host_follows_what_the_other_changed(turn_to: TurnTo) -> None:
    first, late = make_speech(parts=["代表"]), make_speech(parts=["履职"], published=False)
    for host in ("b", "a"):
        turn_to(host)
        search.rebuild_index()
    change(first, Speech.Status.WITHDRAWN)
    change(late, Speech.Status.PUBLISHED)
    assert held() == {late.pk}
    assert search.read_state_at_rest().is_fresh
    turn_to("b")
    assert held() == {first.pk}
    assert search.read_state_at_rest().status == "behind"
    assert search.read_changes_left().count == 2
    assert not search.follow_changes(most=1)
    assert held() == set()
    assert search.follow_changes()
    assert held() == {late.pk}
    assert search.check_index() == []
    assert search.read_state_at_rest().is_fresh


def test_a_host_that_was_away_for_longer_than_the_log_is_kept_builds_anew(turn_to: TurnTo) -> None:
    speeches = [make_speech(parts=["代表"]) for _ in range(2)]
    for host in ("b", "a"):
        turn_to(host)
        search.rebuild_index()
    for speech in speeches:
        change(speech, Speech.Status.WITHDRAWN)
    SpeechChange.objects.update(created_at=timezone.now() - KEPT - timedelta(hours=1))
    # Known again by its time, too: a's own position went along.
    search.rebuild_index()
    prune_changes()
    assert SpeechChange.objects.count() == 1
    assert search.read_state_at_rest().is_fresh
    turn_to("b")
    assert search.read_state_at_rest().status == "stale"
    assert not search.follow_changes()
    assert held() == {speech.pk for speech in speeches}
    assert search.repair_index()
    assert held() == set()
    assert search.read_state_at_rest().is_fresh


def test_a_log_of_another_database_is_not_followed() -> None:
    speech = make_speech(parts=["代表"])
    search.rebuild_index()
    change(speech, Speech.Status.PUBLISHED)
    # As after the database was put back to what it was yesterday, and changed since.
    SpeechChange.objects.all().delete()
    note_changes([speech.pk, speech.pk])
    number_changes()
    assert search.read_state_at_rest().status == "stale"
    assert search.repair_index()
    assert search.read_state_at_rest().is_fresh


def test_numbers_come_in_the_order_of_commits_without_gaps() -> None:
    note_changes([5])
    late = SpeechChange.objects.get(speech_id=5)
    # Its transaction takes longer than the next one's: until then nobody sees it.
    SpeechChange.objects.filter(pk=late.pk).delete()
    note_changes([6, 7])
    number_changes()
    late.save(force_insert=True)
    number_changes()
    numbered = SpeechChange.objects.order_by("number").values_list("speech_id", "number")
    assert list(numbered) == [(6, 1), (7, 2), (5, 3)]


def test_a_speech_that_cannot_be_indexed_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = make_speech(parts=["代表"]), make_speech(parts=["履职"])
    note_changes([bad.pk, good.pk])
    real = following.index_here

    def fail(ids: list[int]) -> None:
        if bad.pk in ids:
            raise ValueError("unreadable")
        real(ids)

    with monkeypatch.context() as patched:
        patched.setattr(following, "index_here", fail)
        search.follow_changes()
        assert held() == {good.pk}
        assert search.read_changes_left().count == 1
        note_changes([good.pk])
        search.follow_changes()
        assert search.read_changes_left().count == 1
    search.follow_changes(again=True)
    assert held() == {bad.pk, good.pk}
    assert search.read_changes_left().count == 0


def test_an_index_that_takes_nothing_stays_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    speeches = [make_speech(parts=["代表"]) for _ in range(2)]
    note_changes([speech.pk for speech in speeches])

    def fail(_ids: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(following, "index_here", fail)
        with pytest.raises(OSError, match="disk full"):
            search.follow_changes()
    assert search.read_changes_left().count == 2
    assert search.follow_changes()
    assert held() == {speech.pk for speech in speeches}


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_request_brings_in_what_another_host_changed(
    settings: Any, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lag, "LOOK_SECONDS", 3600.0)
    speech = make_speech(parts=["代表"])
    search.rebuild_index()
    Speech.objects.filter(pk=speech.pk).update(status=Speech.Status.WITHDRAWN)
    note_changes([speech.pk])
    ask = following.FollowingMiddleware(lambda _request: HttpResponse(str(sorted(held()))))
    page = RequestFactory().get("/search/")
    with django_assert_num_queries(0):  # one host alone asks nothing
        assert ask(page).content == f"[{speech.pk}]".encode()
    settings.SHARED_DATABASE = True
    look_again()
    assert search.read_index_state().status == "behind"
    look_again()
    assert ask(page).content == b"[]"
    assert ask(page).content == b"[]"
    with django_assert_num_queries(0):  # until it is time to look again
        ask(page)
    assert search.read_index_state().is_fresh


def test_a_shared_engine_that_lags_behind_the_arrays_tells_of_no_withdrawn_speech(
    corpus: dict[str, Speech], monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = corpus["station"].pk
    Speech.objects.filter(pk=gone).update(status="withdrawn")
    note_changes([gone])
    search.index_speeches([gone])
    arrays = open_arrays()
    assert arrays is not None
    assert all(gone not in live.segment.speech_ids[live.alive] for live in arrays.segments)
    monkeypatch.setattr(access, "read_engine_number", lambda: 0)
    assert gone in access.list_masked()
