"""What was used last, kept within a number of bytes for all threads of a process."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any


class ArrayCache:
    """What was used last, up to a number of bytes; for all threads of the process."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._held = 0
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """Return what is kept under the key, or what make returns, which has nbytes."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        value = make()
        with self._lock:
            if key not in self._kept:
                self._kept[key] = value
                self._held += value.nbytes
            while self._held > self._limit and len(self._kept) > 1:
                self._held -= self._kept.popitem(last=False)[1].nbytes
        return value

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self._held = 0

    @property
    def nbytes(self) -> int:
        """Return the memory taken by what is kept."""
        return self._held
