"""A folder of index generations, one of them in use, and the searcher that all threads share."""

from __future__ import annotations

import shutil
import threading
import time
import uuid
from pathlib import Path
from typing import Final

from whoosh.index import Index

from search.arrays.manifest import replace_file
from search.engine.scoring import WEIGHTING, ArraySearcher

_POINTER: Final = "current"
_PREFIX: Final = "generation-"
# More folders than this are in use only where tests come and go.
_MAX_FOLDERS: Final = 2
# Nanoseconds; clocks of file systems tick every few milliseconds, some every two seconds.
_SETTLED: Final = 3_000_000_000
_LOCK: Final = threading.Lock()
_OPEN: Final[dict[Path, ArraySearcher]] = {}


def read_current(root: Path) -> Path | None:
    """Return the folder of the generation in use, None where none was ever made."""
    try:
        name = (root / _POINTER).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    return root / name if name.startswith(_PREFIX) else None


def make_generation(root: Path) -> Path:
    """Make the empty folder of a new generation."""
    folder = root / f"{_PREFIX}{uuid.uuid4().hex[:12]}"
    folder.mkdir(parents=True)
    return folder


def switch_generation(root: Path, folder: Path) -> None:
    """Put a generation into use and sweep the others away.

    Searches that have the old one open keep reading it: the system keeps its files for them.
    """
    replace_file(root / _POINTER, folder.name)
    for other in root.glob(f"{_PREFIX}*"):
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)


def share_searcher(folder: Path, index: Index) -> ArraySearcher:
    """Return the searcher of the folder's latest commit.

    Who still works with an older one may do so: its files stay open until it is let go.
    """
    with _LOCK:
        found = _OPEN.get(folder)
        if found is not None and _is_unchanged(folder, found):
            return found
        seen = folder.stat().st_mtime_ns
        if found is None or found.generation != index.latest_generation():
            found = ArraySearcher(index.searcher(weighting=WEIGHTING), str(folder))
            _OPEN.pop(folder, None)
            while len(_OPEN) >= _MAX_FOLDERS:
                _OPEN.pop(next(iter(_OPEN)))
            _OPEN[folder] = found
        found.seen = seen
        return found


def _is_unchanged(folder: Path, searcher: ArraySearcher) -> bool:
    """Tell whether no commit can have come since the folder was looked through.

    Every commit puts a file into the folder. A clock may stand still between two of them, so
    what changed just now is not trusted; looking through the folder takes longer than a search.
    """
    changed = folder.stat().st_mtime_ns
    return changed == searcher.seen and time.time_ns() - changed > _SETTLED
