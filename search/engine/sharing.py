"""One searcher for all threads of a process, opened anew when the index has changed."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Final

from whoosh.index import Index

from search.engine.scoring import WEIGHTING, ArraySearcher

# More folders than this are in use only where tests come and go.
_MAX_FOLDERS: Final = 2
_LOCK: Final = threading.Lock()
_OPEN: Final[dict[Path, ArraySearcher]] = {}


def share_searcher(folder: Path, index: Index) -> ArraySearcher:
    """Return the searcher of the folder's latest commit.

    Who still works with an older one may do so: its files stay open until it is let go.
    """
    with _LOCK:
        found = _OPEN.get(folder)
        if found is None or found.generation != index.latest_generation():
            found = ArraySearcher(index.searcher(weighting=WEIGHTING), str(folder))
            _OPEN.pop(folder, None)
            while len(_OPEN) >= _MAX_FOLDERS:
                _OPEN.pop(next(iter(_OPEN)))
            _OPEN[folder] = found
        return found
