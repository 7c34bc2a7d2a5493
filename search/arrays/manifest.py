"""Which segments count: one small file, replaced as a whole, and the lock of its writers."""

from __future__ import annotations

import fcntl
import json
import os
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from search.errors import IndexProblem

MANIFEST: Final = "manifest.json"
WAIT_SECONDS: Final = 60.0
_PAUSE: Final = 0.02
_LOCAL: Final = threading.local()


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """A segment folder's name, the speeches it holds and those that no longer count."""

    name: str
    held: frozenset[int]
    deleted: frozenset[int] = frozenset()

    @property
    def live(self) -> int:
        """Return how many speeches of the segment count."""
        return len(self.held) - len(self.deleted)

    def holds(self, speech_ids: Iterable[int]) -> bool:
        """Return whether one of the speeches is held and counts."""
        return any(each in self.held and each not in self.deleted for each in speech_ids)


@dataclass(frozen=True, slots=True)
class Manifest:
    """The version stamp of the rules the segments were made by, and the segments."""

    stamp: str
    generation: int = 0
    entries: tuple[ManifestEntry, ...] = ()

    def with_entries(self, entries: tuple[ManifestEntry, ...]) -> Manifest:
        """Return the next generation, with these entries."""
        return replace(self, generation=self.generation + 1, entries=entries)


def read_manifest(folder: Path) -> Manifest | None:
    """Return the folder's manifest, None where there is none; raise IndexProblem if unreadable."""
    try:
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        entries = tuple(
            ManifestEntry(entry["name"], frozenset(entry["speeches"]), frozenset(entry["deleted"]))
            for entry in content["segments"]
        )
        return Manifest(content["stamp"], content["generation"], entries)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexProblem(f"manifest: {error}") from error


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Replace the folder's manifest in one step."""
    content = {
        "stamp": manifest.stamp,
        "generation": manifest.generation,
        "segments": [
            {"name": e.name, "speeches": sorted(e.held), "deleted": sorted(e.deleted)}
            for e in manifest.entries
        ],
    }
    replace_file(folder / MANIFEST, json.dumps(content))


def replace_file(path: Path, content: str) -> None:
    """Write a small file so that a reader sees the old or the new content, never half of it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(path)


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
    handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
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
