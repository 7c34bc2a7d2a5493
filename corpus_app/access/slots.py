"""How many may do a thing at the same time, in all processes together.

A slot is a lock on one of as many files. The system lets go of it when the process dies, so none
is ever lost, and no count has to be put right.
"""

from __future__ import annotations

import fcntl
import logging
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings

FOLDER: Final = "slots"
_PAUSE: Final = 0.05
_log = logging.getLogger(__name__)


@dataclass
class Slot:
    """A place among those who do a thing at the same time; without a lock it holds nothing."""

    lock: int | None = None

    def release(self) -> None:
        """Let the next one in; letting go twice does no harm."""
        if self.lock is not None:
            os.close(self.lock)
            self.lock = None

    def __del__(self) -> None:
        """Let go of it, where an answer was dropped and nobody did."""
        self.release()


def take_slot(name: str, number: int, seconds: float = 0) -> Slot | None:
    """Return one of the number of slots of that name, None where none comes free in the seconds.

    Where no file can be made (a full disk), a slot that holds nothing is returned: the bound
    protects the server, it must not close it.
    """
    deadline = time.monotonic() + seconds
    while True:
        try:
            slot = _try_all(name, number)
        except OSError:
            _log.exception("Slots could not be counted")
            return Slot()
        if slot is not None or time.monotonic() >= deadline:
            return slot
        time.sleep(_PAUSE)


def _try_all(name: str, number: int) -> Slot | None:
    folder = Path(settings.CACHE_DIR) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for place in range(number):
        lock = os.open(folder / f"{name}-{place}", os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(lock)
            if not isinstance(error, BlockingIOError):
                raise
        else:
            return Slot(lock)
    return None
