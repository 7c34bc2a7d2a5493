"""Keep the index in step with the database: one speech, many, or all of them anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from corpus_app.catalog.models import Speech
from search.arrays.building import SpeechRecord
from search.arrays.manifest import LockedError, hold_lock, read_manifest
from search.arrays.store import (
    collect_tables,
    drop_speeches,
    is_in_pieces,
    merge_segments,
    put_speeches,
    switch_to,
)
from search.index.access import (
    INCOMPLETE,
    arrays_folder,
    change_index,
    current_stamp,
    index_folder,
    write_lock,
)
from search.index.checksums import record_checksums
from search.index.documents import Put, find_identifiers, rebuild_documents, replace_documents
from search.index.published import BATCH, make_record, read_speeches
from search.index.state import read_index_state, read_state_at_rest

Progress = Callable[[int, int], None]

REBUILD_WAIT_SECONDS: Final = 3600.0


def index_speeches(speech_ids: Iterable[int]) -> None:
    """Bring the index up to date with the speeches: published ones are findable, others not."""
    ids = sorted(set(speech_ids))
    for start in range(0, len(ids), BATCH):
        with hold_lock(write_lock()):
            _index_batch(ids[start : start + BATCH])


def _index_batch(ids: list[int]) -> None:
    """Bring one batch up to date; the speeches are read under the lock, so the last one wins.

    The first real speech takes the samples out of the index along with it, and the last one that
    goes brings them back.
    """
    ids = sorted({*ids, *_list_turned_samples()})
    speeches = [speech for batch in read_speeches(ids) for speech in batch]
    _note_change(ids)
    if not speeches and not _is_any_held(ids):
        return  # drafts that never were in it: searches keep what they have open
    with change_index():
        put_speeches(arrays_folder(), _choose_stamp(ids), [make_record(s) for s in speeches])
        gone = set(ids) - {speech.pk for speech in speeches}
        drop_speeches(arrays_folder(), gone)
        replace_documents(speeches, ids)
        record_checksums()


def _list_turned_samples() -> set[int]:
    """Return the samples that are held and no longer count, and those that count and are not."""
    manifest = read_manifest(arrays_folder())
    if manifest is None:
        return set()
    held = {pk for entry in manifest.entries for pk in entry.held - entry.deleted}
    samples = Speech.objects.samples().values_list("pk", "set_aside")
    return {pk for pk, set_aside in samples if set_aside == (pk in held)}


def _is_any_held(ids: list[int]) -> bool:
    manifest = read_manifest(arrays_folder())
    if manifest is None:
        return True
    return any(entry.holds(ids) for entry in manifest.entries) or bool(find_identifiers(ids))


def _choose_stamp(ids: list[int]) -> str:
    """Return the stamp for a first write: it is whole only if no other speech is published."""
    if read_manifest(arrays_folder()) is not None:
        return current_stamp()
    others = Speech.objects.narrow().exclude(pk__in=ids)
    return INCOMPLETE if others.exists() else current_stamp()


def rebuild_index(progress: Progress | None = None) -> None:
    """Build the index anew beside the one in use, then switch to it.

    What is published meanwhile goes into the old index at once and is noted, so that it is
    repeated on the new one before the lock is let go.
    """
    with hold_lock(rebuild_lock(), REBUILD_WAIT_SECONDS):
        # What a rebuild that failed or was killed noted is repeated along with this one's.
        _journal().touch()
        with ExitStack() as writing:
            with rebuild_documents() as put:
                tables = collect_tables(_read_all(put, progress))
                # Until both are switched: who looks at the index at rest must not find them apart.
                writing.enter_context(change_index())
                # Inside, so that a failure of the arrays leaves the engine's old index in place.
                switch_to(arrays_folder(), current_stamp(), tables)
            record_checksums()
        repeat_changes()


def rebuild_lock() -> Path:
    """Return the lock file of whoever rebuilds the index."""
    return index_folder() / "rebuild.lock"


def repeat_changes() -> None:
    """Index again what changed during a rebuild; only then is the note of the changes deleted."""
    with hold_lock(write_lock()):
        changed = _read_journal()
    index_speeches(changed)
    with hold_lock(write_lock()):
        _journal().unlink(missing_ok=True)


def are_changes_noted() -> bool:
    """Tell whether a rebuild is running, or ended before it had repeated the changes."""
    return _journal().exists()


def _read_all(put: Put, progress: Progress | None) -> Iterator[Sequence[SpeechRecord]]:
    total = Speech.objects.narrow().count()
    done = 0
    for speeches in read_speeches():
        put(speeches)
        yield [make_record(speech) for speech in speeches]
        done += len(speeches)
        if progress:
            progress(done, max(total, done))


def _journal() -> Path:
    """Return the file that exists while a rebuild runs and lists what changed meanwhile."""
    return index_folder() / "changed-during-rebuild"


def _note_change(ids: Iterable[int]) -> None:
    if _journal().exists():
        with _journal().open("a", encoding="utf-8") as file:
            file.writelines(f"\n{speech_id}\n" for speech_id in ids)


def _read_journal() -> list[int]:
    try:
        lines = _journal().read_text(encoding="utf-8").splitlines(keepends=True)
    except FileNotFoundError:
        return []
    # A line without an end was cut off by a kill, before its speech was put into any index.
    return sorted({int(line) for line in lines if line.endswith("\n") and line.strip()})


def repair_index() -> bool:
    """Finish a rebuild that was killed, build anew what is not fresh; return whether it had to.

    A rebuild that is running is left to finish by itself.
    """
    if not are_changes_noted() and read_index_state().is_fresh:
        return False
    try:
        with hold_lock(rebuild_lock(), wait_seconds=0):
            return _repair()
    except LockedError:
        return False


def tidy_index() -> bool:
    """Merge what many small writes left in pieces, unless somebody writes; return whether it did.

    Each piece costs every search a little; merging is left to whoever has time.
    """
    try:
        with hold_lock(write_lock(), wait_seconds=0):
            if not is_in_pieces(arrays_folder()):
                return False
            with change_index():
                merge_segments(arrays_folder())
                record_checksums()
            return True
    except (LockedError, OSError):  # a writer is at work, or nothing can be written
        return False


def _repair() -> bool:
    noted = are_changes_noted()
    state = read_state_at_rest()
    if state.status == "busy":
        return False  # the next look will tell
    if not state.is_fresh:
        rebuild_index()
        return True
    if noted:
        repeat_changes()
    return noted
