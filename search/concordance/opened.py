"""The arrays to look into, whatever state they are in."""

from __future__ import annotations

from typing import Final

from search.arrays.store import ArrayIndex
from search.errors import IndexProblem
from search.opening import current_stamp, open_arrays

_EMPTY: Final = ArrayIndex("", 0, ())


def open_index() -> tuple[ArrayIndex, bool]:
    """Return the arrays, and whether they are stale: missing, damaged or made by older rules.

    Missing or damaged ones are empty, so that a page can be shown that says so.
    """
    try:
        arrays = open_arrays()
    except IndexProblem:
        arrays = None
    if arrays is None:
        return _EMPTY, True
    return arrays, arrays.stamp != current_stamp()
