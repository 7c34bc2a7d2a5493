"""Build the index anew, or see that it is whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from functools import partial
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
from search.index.lag import read_changes_left
from search.index.position import find_position, write_position
from search.index.published import make_record, read_speeches
from search.index.shared_engine import EngineNote, SharedEngine, find_shared_engine, keeps_arrays
from search.index.state import is_engine_whole, read_index_state, read_state_at_rest

Progress = Callable[[int, int], None]

REBUILD_WAIT_SECONDS: Final = 3600.0


def rebuild_index(progress: Progress | None = None, *, sparing: bool = False) -> None:
    """Build the index anew beside the one in use, then switch to it.

    What is published meanwhile goes into the old index at once, and is followed once more by the
    new one: it stands where the log of changes was before anything was read.

    sparing: leave an engine that hosts share as it is, unless something is wrong with it. Where
    another host builds it anew, this one waits.
    """
    with hold_lock(rebuild_lock(), REBUILD_WAIT_SECONDS):
        engine = find_shared_engine()
        if engine is None:
            _rebuild(rebuild_documents, nullcontext, progress)
        elif sparing and is_engine_whole(engine):
            _rebuild_here(progress)
        else:
            _rebuild_shared(engine, progress, sparing=sparing)
    follow_changes()


def _rebuild_shared(engine: SharedEngine, progress: Progress | None, *, sparing: bool) -> None:
    with engine.hold_rebuild(REBUILD_WAIT_SECONDS) as confirm:
        if sparing and is_engine_whole(engine):  # another host did it meanwhile
            _rebuild_here(progress)
            return
        number_changes()
        note = EngineNote(find_position(read_head()), current_stamp())
        # While the engine is switched nobody follows changes into the old one.
        holding = partial(engine.hold, REBUILD_WAIT_SECONDS)
        _rebuild(partial(engine.rebuilding, note, confirm), holding, progress)


def _rebuild(
    open_documents: Callable[[], AbstractContextManager[Put]],
    hold_engine: Callable[[], AbstractContextManager[None]],
    progress: Progress | None,
) -> None:
    number_changes()
    before = find_position(read_head())
    with ExitStack() as writing:
        with open_documents() as put:
            tables = collect_tables(_read_all(put, progress))
            # Until both are switched: who looks at the index at rest must not find them apart.
            writing.enter_context(change_index())
            writing.enter_context(hold_engine())
            # First: an index that is newer than its position follows a little twice.
            write_position(before)
            # Inside, so that a failure of the arrays leaves the engine's old index in place.
            switch_to(arrays_folder(), current_stamp(), tables)
        record_checksums()


def _rebuild_here(progress: Progress | None) -> None:
    """Build this host's own arrays anew; where it keeps none, note that all is of today's rules."""
    if keeps_arrays():
        _rebuild(_leave_documents, nullcontext, progress)
        return
    with change_index():
        switch_to(arrays_folder(), current_stamp(), collect_tables([]))


@contextmanager
def _leave_documents() -> Iterator[Put]:
    yield lambda _speeches: None


def rebuild_lock() -> Path:
    """Return the lock file of whoever rebuilds the index."""
    return index_folder() / "rebuild.lock"


def _read_all(put: Put, progress: Progress | None) -> Iterator[Sequence[SpeechRecord]]:
    total = Speech.objects.narrow().count()
    done = 0
    for speeches in read_speeches():
        put(speeches)
        yield [make_record(speech) for speech in speeches] if keeps_arrays() else []
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
            rebuild_index(sparing=True)
            return True
    except (EngineUnreachableError, LockedError):
        return False
