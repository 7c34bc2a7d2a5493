"""Keep the index in step with the database: one speech or many."""

from __future__ import annotations

from collections.abc import Iterable

from corpus_app.catalog.models import Speech
from search.arrays.manifest import WAIT_SECONDS, LockedError, hold_lock, read_manifest
from search.arrays.store import drop_speeches, merge_beside, put_speeches, take_merged
from search.errors import IndexProblem
from search.index.access import (
    INCOMPLETE,
    arrays_folder,
    change_index,
    current_stamp,
    is_settled,
    write_lock,
)
from search.index.checksums import record_checksums
from search.index.documents import find_identifiers, replace_documents
from search.index.published import BATCH, make_record, read_speeches
from search.index.shared_engine import find_shared_engine, index_in_engine, keeps_arrays


def index_speeches(speech_ids: Iterable[int]) -> None:
    """Bring the index up to date with the speeches: published ones are findable, others not."""
    ids, engine = sorted(set(speech_ids)), find_shared_engine()
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        if keeps_arrays():
            index_here(batch)
        if engine is not None:
            index_in_engine(engine, batch, WAIT_SECONDS)


def index_here(speech_ids: Iterable[int]) -> None:
    """Bring this host's own index up to date with the speeches."""
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
    if not speeches and not _is_any_held(ids) and is_settled():
        return  # drafts that never were in it: searches keep what they have open
    with change_index():
        put_speeches(arrays_folder(), _choose_stamp(ids), [make_record(s) for s in speeches])
        gone = set(ids) - {speech.pk for speech in speeches}
        drop_speeches(arrays_folder(), gone)
        if find_shared_engine() is None:
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
    if any(entry.holds(ids) for entry in manifest.entries):
        return True
    return find_shared_engine() is None and bool(find_identifiers(ids))


def _choose_stamp(ids: list[int]) -> str:
    """Return the stamp for a first write: it is whole only if no other speech is published."""
    if read_manifest(arrays_folder()) is not None:
        return current_stamp()
    others = Speech.objects.narrow().exclude(pk__in=ids)
    return INCOMPLETE if others.exists() else current_stamp()


def tidy_index() -> bool:
    """Merge what many small writes left in pieces, while others write; return whether it did.

    Each piece costs every search a little; merging is left to whoever has time.
    """
    try:
        merged = merge_beside(arrays_folder())
        if merged is None:
            return False
        with change_index():
            taken = take_merged(arrays_folder(), merged)
            record_checksums()
        return taken
    except (IndexProblem, LockedError, OSError):  # merged away by a writer; or nobody can write
        return False
