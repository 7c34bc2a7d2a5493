"""Which segments count: one small file, replaced as a whole, so that a reader sees all or none."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from search.errors import IndexProblem

MANIFEST: Final = "manifest.json"


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
        os.fchmod(handle, 0o644)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(path)
