"""Which workers live: each holds the lock on a file named by its token.

The system lets go of the lock when the process dies, however it dies: no heartbeat has to be
written for that, none can be late, and a number given to a new process is never taken for the old
one. A process that lives and is frozen is told by its heartbeat, which says when the next is due.
"""

from __future__ import annotations

import fcntl
import os
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from django.conf import settings

SUFFIX: Final = ".lock"
HEARTBEAT: Final = "heartbeat"


@contextmanager
def hold_presence() -> Iterator[str]:
    """Yield a token that counts as living for as long as this process is inside."""
    folder = _find_folder()
    folder.mkdir(parents=True, exist_ok=True)
    token = f"{os.getpid()}-{uuid.uuid4().hex[:12]}"
    path = folder / f"{token}{SUFFIX}"
    # Locked before it has its name, so that nobody finds it unlocked.
    passing = path.with_suffix(".new")
    descriptor = os.open(passing, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        passing.rename(path)
        yield token
    finally:
        path.unlink(missing_ok=True)
        os.close(descriptor)


def list_present() -> list[str]:
    """Return the tokens of the living workers; the files of dead ones are swept away."""
    living = []
    for path in sorted(_find_folder().glob(f"*{SUFFIX}")):
        if _is_held(path):
            living.append(path.stem)
        else:
            with suppress(OSError):
                path.unlink()
    return living


def is_worker_present() -> bool:
    """Return whether any worker lives in this data folder."""
    return any(_is_held(path) for path in _find_folder().glob(f"*{SUFFIX}"))


def beat(seconds: float) -> None:
    """Promise another beat within so many seconds, by the file's time: a full disk can do that."""
    path = _find_folder() / HEARTBEAT
    due = time.time() + seconds
    with suppress(OSError):
        path.touch()
        os.utime(path, (due, due))


def is_worker_late() -> bool:
    """Return whether a beat that a worker promised did not come: it lives, and does nothing."""
    late = measure_lateness()
    return late is not None and late > 0


def measure_lateness() -> float | None:
    """Return the seconds since a beat was due, below 0 until it is; None for none promised."""
    try:
        return time.time() - (_find_folder() / HEARTBEAT).stat().st_mtime
    except OSError:
        return None


def _find_folder() -> Path:
    return Path(settings.DATA_DIR) / "workers"


def _is_held(path: Path) -> bool:
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        # Shared: two that look at once don't take each other for a worker.
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


@contextmanager
def try_alone(name: str) -> Iterator[bool]:
    """Yield whether this process is the only one inside; it does not wait for its turn."""
    folder = _find_folder()
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / f"{name}.alone", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        yield False
    else:
        yield True
    finally:
        os.close(descriptor)
