"""The finder of the engine in settings, opened for one request."""

from __future__ import annotations

from search.errors import IndexProblem
from search.finders.local import LocalFinder
from search.index.access import open_visible
from search.matching.finder import Finder


def open_finder() -> Finder | None:
    """Return what finds as of now for whoever is answered; None where there is no index."""
    try:
        arrays = open_visible()
    except IndexProblem:
        return None
    return LocalFinder(arrays) if arrays is not None else None
