"""One writer at a time, over all processes and threads."""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from search.errors import IndexProblem

WAIT_SECONDS: Final = 60.0
_PAUSE: Final = 0.02
_LOCAL: Final = threading.local()


class LockedError(IndexProblem):
    """Another writer held the lock for longer than was to be waited."""


@contextmanager
def hold_lock(path: Path, wait_seconds: float = WAIT_SECONDS) -> Iterator[None]:
    """Hold the lock file, waiting for another holder; raise LockedError if it takes too long.

    The system lets go of the lock when a process dies, so a crash never locks writers out.
    A thread that holds it may take it again.
    """
    if path in _held():
        yield
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o644)
    try:
        _wait_for(handle, path, time.monotonic() + wait_seconds)
        _held().add(path)
        yield
    finally:
        _held().discard(path)
        os.close(handle)


def _held() -> set[Path]:
    """Return the locks that this thread holds."""
    if not hasattr(_LOCAL, "paths"):
        _LOCAL.paths = set()
    paths: set[Path] = _LOCAL.paths
    return paths


def _wait_for(handle: int, path: Path, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise LockedError(f"{path.name} is held by another writer") from None
            time.sleep(_PAUSE)
        else:
            return
