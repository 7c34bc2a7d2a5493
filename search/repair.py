"""Mend an index that a killed process left behind."""

from __future__ import annotations

from search.indexing import REBUILD_WAIT_SECONDS, are_changes_noted, rebuild_index, repeat_changes
from search.locking import hold_lock
from search.opening import index_folder, write_lock
from search.state import read_index_state


def repair_index() -> bool:
    """Finish a rebuild that was killed, build anew what is not fresh; return whether it had to.

    Waits for a rebuild that is running: what that one mends is not done twice.
    """
    if not are_changes_noted() and read_index_state().is_fresh:
        return False
    with hold_lock(index_folder() / "rebuild.lock", REBUILD_WAIT_SECONDS):
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
