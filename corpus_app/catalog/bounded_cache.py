"""What was used last, kept in memory up to a bound."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any


class BoundedCache:
    """What was used last, up to a weight of all; for all threads of the process."""

    def __init__(self, limit: int, weigh: Callable[[Any], int]) -> None:
        self._limit = limit
        self._weigh = weigh
        self._held = 0
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """Return what is kept under the key, or what make returns."""
        found = self.find(key)
        if found is None:
            found = make()
            self.keep(key, found)
        return found

    def find(self, key: Hashable) -> Any:
        """Return what is kept under the key, None where nothing is."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def keep(self, key: Hashable, value: Any) -> None:
        """Keep a value, which is not None, and let go of those used longest ago."""
        with self._lock:
            if key not in self._kept:
                self._kept[key] = value
                self._held += self._weigh(value)
            while self._held > self._limit and len(self._kept) > 1:
                self._held -= self._weigh(self._kept.popitem(last=False)[1])

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self._held = 0

    @property
    def held(self) -> int:
        """Return the weight of what is kept."""
        return self._held
