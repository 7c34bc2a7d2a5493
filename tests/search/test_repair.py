"""An index left by a process that was killed."""

from __future__ import annotations

import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import search
from corpus_app.catalog.models import Speech
from search.arrays.manifest import hold_lock
from search.index import indexing
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

    def publish_meanwhile(*_args: object) -> None:
        late.status = Speech.Status.PUBLISHED
        late.save()
        # After the switch of the rebuild that is about to be killed, it is in neither part.
        indexing._note_change([late.pk])
        raise KilledError

    monkeypatch.setattr(indexing, "repeat_changes", publish_meanwhile)
    with pytest.raises(KilledError):
        search.rebuild_index()
    monkeypatch.undo()
    assert held() == {first.pk}
    assert search.repair_index()
    assert held() == {first.pk, late.pk}
    assert search.check_index() == []
    assert not search.repair_index()


def test_a_note_that_was_cut_off_spoils_no_other(index_folder: Path) -> None:
    speech = make_speech(parts=["代表"])
    search.rebuild_index()
    indexing._journal().write_text("\n1", "utf-8")
    indexing._note_change([speech.pk])
    assert indexing._read_journal() == [speech.pk]


def test_engine_and_arrays_of_two_generations_are_built_anew() -> None:
    make_speech(parts=["代表"])
    search.rebuild_index()
    other = make_speech(parts=["履职"])
    folder = Path(indexing.index_folder())
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
            with hold_lock(indexing.rebuild_lock()):
                inside.set()
                over.wait(30)

        running = other.submit(rebuild_slowly)
        inside.wait(30)
        assert not search.repair_index()
        over.set()
        running.result()
    assert search.repair_index()
