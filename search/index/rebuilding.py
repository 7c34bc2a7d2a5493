"""Build the index anew, or see that it is whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from corpus_app.catalog.changes import number_changes, read_head
from corpus_app.catalog.models import Speech
from search.arrays.building import SpeechRecord
from search.arrays.manifest import LockedError, hold_lock
from search.arrays.store import collect_tables, switch_to
from search.errors import EngineUnreachableError
from search.index.access import arrays_folder, change_index, current_stamp, index_folder
from search.index.checksums import record_checksums
from search.index.documents import Put, rebuild_documents
from search.index.following import follow_changes
from search.index.position import find_position, read_changes_left, write_position
from search.index.published import make_record, read_speeches
from search.index.state import read_index_state, read_state_at_rest

Progress = Callable[[int, int], None]

REBUILD_WAIT_SECONDS: Final = 3600.0


def rebuild_index(progress: Progress | None = None) -> None:
    """Build the index anew beside the one in use, then switch to it.

    What is published meanwhile goes into the old index at once, and is followed once more by the
    new one: it stands where the log of changes was before anything was read.
    """
    with hold_lock(rebuild_lock(), REBUILD_WAIT_SECONDS):
        number_changes()
        before = find_position(read_head())
        with ExitStack() as writing:
            with rebuild_documents() as put:
                tables = collect_tables(_read_all(put, progress))
                # Until both are switched: who looks at the index at rest must not find them apart.
                writing.enter_context(change_index())
                # First: an index that is newer than its position follows a little twice.
                write_position(before)
                # Inside, so that a failure of the arrays leaves the engine's old index in place.
                switch_to(arrays_folder(), current_stamp(), tables)
            record_checksums()
    follow_changes()


def rebuild_lock() -> Path:
    """Return the lock file of whoever rebuilds the index."""
    return index_folder() / "rebuild.lock"


def _read_all(put: Put, progress: Progress | None) -> Iterator[Sequence[SpeechRecord]]:
    total = Speech.objects.narrow().count()
    done = 0
    for speeches in read_speeches():
        put(speeches)
        yield [make_record(speech) for speech in speeches]
        done += len(speeches)
        if progress:
            progress(done, max(total, done))


def repair_index() -> bool:
    """Build anew what is not whole or was away for too long; return whether it had to.

    A rebuild that is running is left to finish by itself.
    """
    if read_index_state().is_whole and not read_changes_left().is_lost:
        return False
    try:
        with hold_lock(rebuild_lock(), wait_seconds=0):
            state = read_state_at_rest()
            # Busy or out of reach: the next look will tell.
            if state.is_whole or state.status in ("busy", "unreachable"):
                return False
            rebuild_index()
            return True
    except (EngineUnreachableError, LockedError):
        return False
