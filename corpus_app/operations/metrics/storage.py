"""Counts of all the server's processes, in one file each, which the one that is asked adds up.

prometheus_client maps its files into memory. Where the disk is full, such a write ends the process
by a signal that nothing can catch. Here the same files are written by the system's calls: what
can't be written stays in memory, and is written when there is room again.
"""

from __future__ import annotations

import os
import struct
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from prometheus_client import CollectorRegistry, values
from prometheus_client.mmap_dict import MmapedDict
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import REGISTRY, Collector

# Where the files lie; prometheus_client reads it when it is imported. gunicorn.conf.py sets it.
VARIABLE: Final = "PROMETHEUS_MULTIPROC_DIR"
# After a write that failed, the next one is tried so many seconds later.
PAUSE: Final = 5.0
# The head of a file in which no value stands yet: how much of it is used.
_EMPTY: Final = struct.pack("ii", 8, 0)


class WrittenBytes(bytearray):
    """Bytes in memory that follow into a file as far as the disk lets them."""

    def __init__(self, path: Path) -> None:
        super().__init__(_EMPTY)
        self._path = path
        self._behind_until: float | None = 0.0
        with suppress(OSError):
            kept = path.read_bytes()
            # Of a process that had this number before.
            if len(kept) >= len(_EMPTY) and struct.unpack_from("i", kept)[0] == len(kept):
                self[:] = kept

    def __setitem__(self, where: Any, value: Any) -> None:
        """Set a slice, in the file too."""
        super().__setitem__(where, value)
        try:
            if self._behind_until is None:
                self._write(where.start or 0, bytes(value))
            elif time.monotonic() >= self._behind_until:
                self._write_all()
        except OSError:
            # From here on the file is whole but old, until it can be written anew.
            self._behind_until = time.monotonic() + PAUSE

    def _write(self, start: int, value: bytes) -> None:
        # Held open, the file would keep its disk from being made read-only.
        descriptor = os.open(self._path, os.O_WRONLY)
        try:
            if os.pwrite(descriptor, value, start) < len(value):
                raise OSError("The disk took a part")
        finally:
            os.close(descriptor)

    def _write_all(self) -> None:
        passing = self._path.with_suffix(".new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            passing.write_bytes(self)
            passing.replace(self._path)
        except OSError:
            with suppress(OSError):
                passing.unlink(missing_ok=True)
            raise
        self._behind_until = None


class WrittenDict(MmapedDict):
    """prometheus_client's dictionary of values on bytes that are written, not mapped."""

    _f: Any
    _m: Any
    _positions: dict[str, int]

    def __init__(self, filename: str, read_mode: bool = False) -> None:
        self._f = None
        self._fname = filename
        self._m = WrittenBytes(Path(filename))
        # The bytes grow by themselves.
        self._capacity = 1 << 62
        self._used = len(self._m)
        found: Iterable[tuple[str, float, float, int]]
        found = self._read_all_values()  # type: ignore[no-untyped-call]
        self._positions = {key: at for key, _value, _time, at in found}

    def close(self) -> None:
        """Let go of the bytes; no file is open."""
        self._m = None


def share_counts() -> None:
    """Have this process's counts lie in files; before the first of them is made."""
    values.MmapedDict = WrittenDict  # type: ignore[attr-defined]


def is_shared() -> bool:
    """Return whether several processes count together: in the server, not in a command."""
    return VARIABLE in os.environ


def gather_counts() -> Collector:
    """Return what adds up the counts of all processes; of this one alone where it is alone."""
    if not is_shared():
        return REGISTRY
    folder = Path(os.environ[VARIABLE])
    folder.mkdir(parents=True, exist_ok=True)
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=str(folder))  # type: ignore[no-untyped-call]
    return registry
