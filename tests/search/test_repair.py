"""An index left by a process that was killed."""

from __future__ import annotations

import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import search
from corpus_app.catalog.changes import note_changes
from corpus_app.catalog.models import Speech
from search.arrays.manifest import hold_lock
from search.index import access, rebuilding
from search.index.access import open_arrays
from tests.search.factories import make_speech

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]


class KilledError(Exception):
    """Stands for the end of a process at this place."""


def held() -> set[int]:
    arrays = open_arrays()
    return set(arrays.fingerprints) if arrays else set()


def test_a_whole_index_is_left_alone() -> None:
    make_speech(parts=["代表履职"])
    search.rebuild_index()
    assert not search.repair_index()


def test_a_missing_index_is_built() -> None:
    speech = make_speech(parts=["代表履职"])
    assert search.repair_index()
    assert held() == {speech.pk}
    assert search.read_index_state().is_fresh


def test_what_changed_during_a_killed_rebuild_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    first, late = make_speech(parts=["代表"]), make_speech(parts=["履职"], published=False)
    search.rebuild_index()

    def publish_meanwhile(_done: int, _total: int) -> None:
        late.status = Speech.Status.PUBLISHED
        late.save()
        note_changes([late.pk])
        search.follow_changes()

    def die() -> None:
        raise KilledError

    # After the switch it is in neither part, for the texts were read before.
    real = rebuilding.read_speeches
    monkeypatch.setattr(rebuilding, "read_speeches", lambda: iter(list(real())))
    monkeypatch.setattr(rebuilding, "follow_changes", die)
    with pytest.raises(KilledError):
        search.rebuild_index(publish_meanwhile)
    assert held() == {first.pk}
    assert search.read_state_at_rest().status == "behind"
    search.follow_changes()
    assert held() == {first.pk, late.pk}
    assert search.check_index() == []
    assert not search.repair_index()


def test_engine_and_arrays_of_two_generations_are_built_anew() -> None:
    make_speech(parts=["代表"])
    search.rebuild_index()
    other = make_speech(parts=["履职"])
    folder = Path(access.index_folder())
    shutil.copytree(folder / "arrays", folder / "kept")
    search.index_speeches([other.pk])
    shutil.rmtree(folder / "arrays")
    (folder / "kept").rename(folder / "arrays")
    assert search.read_index_state().status == "damaged"
    assert search.repair_index()
    assert search.check_index() == []


def test_a_new_draft_leaves_the_index_untouched() -> None:
    make_speech(parts=["代表"])
    search.rebuild_index()
    before = open_arrays()
    search.index_speeches([make_speech(parts=["履职"], published=False).pk])
    assert open_arrays() is before


def test_a_rebuild_that_runs_is_left_to_it_and_not_waited_for() -> None:
    make_speech(parts=["代表"])
    with ThreadPoolExecutor(1) as other:
        inside, over = threading.Event(), threading.Event()

        def rebuild_slowly() -> None:
            with hold_lock(rebuilding.rebuild_lock()):
                inside.set()
                over.wait(30)

        running = other.submit(rebuild_slowly)
        inside.wait(30)
        assert not search.repair_index()
        over.set()
        running.result()
    assert search.repair_index()
