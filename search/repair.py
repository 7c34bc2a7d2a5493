"""Mend an index that a killed process left behind."""

from __future__ import annotations

from search.indexing import are_changes_noted, rebuild_index, rebuild_lock, repeat_changes
from search.locking import LockedError, hold_lock
from search.opening import write_lock
from search.state import read_index_state


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


def _repair() -> bool:
    noted = are_changes_noted()
    if not _is_fresh_at_rest():
        rebuild_index()
        return True
    if noted:
        repeat_changes()
    return noted


def _is_fresh_at_rest() -> bool:
    """Return whether the index is fresh while nobody writes: half a write looks like damage."""
    with hold_lock(write_lock()):
        return read_index_state().is_fresh
