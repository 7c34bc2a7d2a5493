"""Hosts over one database and one Solr: one of them writes at a time, the others follow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

import search
from corpus_app.catalog.changes import note_changes
from corpus_app.catalog.leases import LeaseLostError
from corpus_app.catalog.models import Lease, Speech
from search import SearchRequest, run_search
from search.arrays.manifest import LockedError
from search.index.lag import look_again
from search.solr.backend import open_nodes
from search.solr.collections import Collections
from search.solr.nodes import SolrNodes
from tests.search.factories import make_speech
from tests.solr.conftest import Cluster

TurnTo = Callable[[str], None]
Sent = Callable[[int], None]


class Killed(BaseException):
    """What ends a process that nobody asked."""


@pytest.fixture
def turn_to(solr: Cluster, index_folder: Path, settings: Any) -> TurnTo:
    """Return how to go on as the host of that name, with a data folder of its own."""
    settings.SHARED_DATABASE = True

    def turn(host: str) -> None:
        settings.INDEX_DIR = settings.DATA_DIR = index_folder / host
        look_again()

    return turn


@contextmanager
def watch_sends(monkeypatch: pytest.MonkeyPatch, sent: Sent) -> Iterator[None]:
    """Call sent, with its number, before each thing that is sent to change Solr."""
    call, numbers = SolrNodes._call, iter(range(1000))

    def note(self: SolrNodes, path: str, *arguments: Any) -> Any:
        if "/update" in path:
            sent(next(numbers))
        return call(self, path, *arguments)

    with monkeypatch.context() as patched:
        patched.setattr(SolrNodes, "_call", note)
        yield


def change(speech: Speech, status: str) -> None:
    Speech.objects.filter(pk=speech.pk).update(status=status)
    note_changes([speech.pk])


def find() -> set[int]:
    return {hit.speech_id for hit in run_search(SearchRequest("监督")).hits}


def let_leases_end() -> None:
    Lease.objects.update(expires_at=timezone.now() - timedelta(seconds=1))


def start(turn_to: TurnTo) -> tuple[Speech, Speech]:
    """Return a speech that is found by both hosts, and a draft."""
    kept, draft = make_speech(parts=["依法监督"]), make_speech(parts=["监督"], published=False)
    for host in ("b", "a"):
        turn_to(host)
        assert search.repair_index()
    return kept, draft


def test_what_one_host_changes_is_sent_once_and_found_by_both(
    turn_to: TurnTo, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, draft = start(turn_to)
    sent: list[int] = []
    with watch_sends(monkeypatch, sent.append):
        change(kept, Speech.Status.WITHDRAWN)
        change(draft, Speech.Status.PUBLISHED)
        assert search.follow_changes()
        assert find() == {draft.pk}
        once = len(sent)
        turn_to("b")
        assert search.read_state_at_rest().status == "behind"
        assert search.follow_changes()
    assert len(sent) == once > 0
    for host in ("a", "b"):
        turn_to(host)
        assert find() == {draft.pk}
        assert search.check_index() == []
        assert search.read_state_at_rest().is_fresh


def test_a_host_that_joins_fills_its_own_folder_and_leaves_the_engine(turn_to: TurnTo) -> None:
    start(turn_to)
    collections = Collections(open_nodes(), 2, 2)
    before = collections.find_current()
    turn_to("c")
    assert search.read_index_state().status == "missing"
    assert search.repair_index()
    assert search.read_state_at_rest().is_fresh
    assert search.check_index() == []
    assert collections.find_current() == before
    search.rebuild_index()
    assert collections.find_current() != before
    turn_to("a")
    assert search.read_state_at_rest().is_fresh


def test_a_writer_killed_anywhere_loses_nothing(
    turn_to: TurnTo, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, draft = start(turn_to)
    shown, other = kept, draft

    def die(at: int) -> bool:
        """Let a be killed before it sends so many things; return whether it came so far."""

        def end(number: int) -> None:
            if number == at:
                held.extend(Lease.objects.filter(name="engine"))
                raise Killed

        held: list[Lease] = []
        try:
            with watch_sends(monkeypatch, end):
                search.follow_changes()
        except Killed:
            held[0].save()  # the dead let go of nothing
            return True
        return False

    at = 0
    while True:
        turn_to("a")
        shown, other = other, shown
        change(other, Speech.Status.WITHDRAWN)
        change(shown, Speech.Status.PUBLISHED)
        if not die(at):
            break
        turn_to("b")
        with pytest.raises(LockedError):
            search.follow_changes(wait_seconds=0)
        let_leases_end()
        assert search.follow_changes()
        assert find() == {shown.pk}, at
        assert search.check_index() == [], at
        at += 1
    assert at > 3  # documents, what is taken out, the note, the commit


def test_a_writer_that_starts_again_waits_for_no_lease_of_its_own(
    turn_to: TurnTo, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, _draft = start(turn_to)
    change(kept, Speech.Status.WITHDRAWN)
    Lease.objects.filter(name="engine").update(expires_at=timezone.now() + timedelta(seconds=60))
    turn_to("b")
    with pytest.raises(LockedError):
        search.follow_changes(wait_seconds=0)
    turn_to("a")
    assert search.follow_changes(wait_seconds=0)


def test_a_writer_frozen_for_long_brings_nothing_back(
    turn_to: TurnTo, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, draft = start(turn_to)
    change(draft, Speech.Status.PUBLISHED)

    def overtake(number: int) -> None:
        """Let b take over at the moment when a is about to send the draft that it read."""
        if number == 0:
            let_leases_end()
            turn_to("b")
            change(draft, Speech.Status.WITHDRAWN)
            assert search.follow_changes()
            turn_to("a")

    with watch_sends(monkeypatch, overtake), pytest.raises(LeaseLostError):
        search.follow_changes()
    open_nodes().commit()
    answer = open_nodes().ask({"query": f"speech:{draft.pk}", "limit": 0})
    assert answer["response"]["numFound"]  # sent over what b had taken out
    turn_to("b")
    assert search.follow_changes()
    for host in ("a", "b"):
        turn_to(host)
        search.follow_changes()
        assert find() == {kept.pk}
        assert search.check_index() == []
