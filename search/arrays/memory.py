"""Arrays in memory: mapped from their files, and those made last kept within a number of bytes.

A segment has forty files, and is opened in every process whenever a speech is published: they
are mapped in a fraction of the time that NumPy takes.
"""

from __future__ import annotations

import mmap
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, Final

import numpy as np

from search.arrays.tables import Array

# The head of a .npy file as NumPy writes it: sign, version, and size of what describes the array.
_HEAD: Final = 10
_SIGN: Final = b"\x93NUMPY\x01\x00"
_DESCRIPTION: Final = re.compile(
    rb"\{'descr': '([^']+)', 'fortran_order': False, 'shape': \((\d+),(?: (\d+))?\), \}\s*"
)


def map_array(folder: Path, name: str) -> Array:
    """Return the array of a file, mapped; raise OSError or ValueError for a damaged one.

    It is a plain array: every slice of NumPy's memmap objects costs several times as much.
    """
    path = folder / f"{name}.npy"
    with path.open("rb") as file:
        content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    start = _HEAD + int.from_bytes(content[8:_HEAD], "little")
    found = _DESCRIPTION.fullmatch(content[_HEAD:start])
    if content[:8] != _SIGN or found is None:
        return np.load(path, allow_pickle=False)  # it says what is wrong, or knows the form
    shape = tuple(int(size) for size in found.groups()[1:] if size is not None)
    count = int(np.prod(shape))
    if not count:
        return np.zeros(shape, dtype=found[1].decode())
    return np.frombuffer(content, found[1].decode(), count, start).reshape(shape)


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
