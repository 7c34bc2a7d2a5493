"""Arrays in memory, mapped from their files.

A segment has forty files, and is opened in every process whenever a speech is published: they
are mapped in a fraction of the time that NumPy takes.
"""

from __future__ import annotations

import mmap
import re
from pathlib import Path
from typing import Final

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
