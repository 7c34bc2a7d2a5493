"""A flipped bit in the index is noticed, an import under way is no damage."""

import os
import threading
from pathlib import Path

import pytest

import search
from corpus_app.intake.checking.run import check_search_index
from search.arrays.manifest import hold_lock
from search.index.access import index_folder, write_lock
from search.index.checksums import list_index_files
from tests.catalog.speeches import WORK_CONFERENCE, store

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def flip(path: Path, *, unseen: bool) -> None:
    """Change one byte; unseen: as a rotting disk does, with no time of change."""
    state = path.stat()
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x10
    path.write_bytes(bytes(data))
    if unseen:
        os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


def choose_files() -> list[Path]:
    """Return the largest file of the arrays and the largest of the engine."""
    files = sorted(list_index_files(), key=lambda path: path.stat().st_size)
    parts = {
        path.relative_to(index_folder()).parts[0]: path for path in files if path.stat().st_size
    }
    return list(parts.values())


@pytest.fixture
def _index() -> None:
    store(WORK_CONFERENCE)
    search.rebuild_index()


@pytest.mark.usefixtures("_index")
def test_a_flipped_byte_is_found_and_mended() -> None:
    assert search.find_index_damage(thorough=True) == []
    assert len(choose_files()) == 2
    for number in range(2):
        path = choose_files()[number]
        flip(path, unseen=True)
        name = path.relative_to(index_folder()).as_posix()
        assert search.find_index_damage(thorough=False) == []
        assert search.find_index_damage(thorough=True) == [name]
        os.utime(path)
        assert search.find_index_damage(thorough=False) == [name]
        found = list(check_search_index(repair=True))
        assert [(one.code, one.repaired) for one in found] == [("index", True)]
        assert list(check_search_index(repair=False)) == []


@pytest.mark.usefixtures("_index")
def test_a_copied_index_is_whole_though_its_times_are_new() -> None:
    for path in list_index_files():
        os.utime(path)
    assert search.find_index_damage(thorough=False) == []


@pytest.mark.usefixtures("_index")
def test_half_a_write_is_busy_and_not_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    from search.index import state

    started, done = threading.Event(), threading.Event()

    def write() -> None:
        with hold_lock(write_lock()):
            started.set()
            done.wait(60)

    writer = threading.Thread(target=write)
    writer.start()
    started.wait(60)
    # As between the arrays and the words of one write: their counts differ.
    monkeypatch.setattr(state, "_check_engine", lambda speeches: "apart")
    try:
        assert search.read_index_state().status == "damaged"
        assert search.read_state_at_rest(0.05).status == "busy"
        assert search.find_index_damage(thorough=True, wait_seconds=0.05) == []
    finally:
        done.set()
        writer.join()
    assert search.read_state_at_rest(0.05).status == "damaged"
