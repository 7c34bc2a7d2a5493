"""What was learnt, as one file of plain arrays beside the index, replaced as a whole."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

import numpy as np

from search.arrays.tables import Array
from search.index.access import index_folder

_FILE: Final = "similar-words.npz"
_ARRAYS: Final = ("vectors", "counts", "texts", "sizes")
_WORDS: Final = ("names", "stamp", "day")
_seen: dict[tuple[str, int, int], Thesaurus] = {}


@dataclass(frozen=True)
class Thesaurus:
    """Units with their vectors, by number; texts has the revisions learnt from, sizes their length.

    stamp says by which rules it was made, day when.
    """

    names: tuple[str, ...]
    vectors: Array
    counts: Array
    texts: Array
    sizes: Array
    stamp: str
    day: str

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Return the number of each unit."""
        return {name: number for number, name in enumerate(self.names)}

    @cached_property
    def key(self) -> str:
        """Return a word that differs from that of what was learnt of other texts."""
        digest = hashlib.blake2b(self.texts.tobytes(), digest_size=8).hexdigest()
        return f"{self.stamp}/{self.day}/{len(self.names)}/{digest}"

    @property
    def characters(self) -> int:
        """Return how many characters it was learnt from."""
        return int(self.sizes.sum())


def save_thesaurus(thesaurus: Thesaurus) -> None:
    """Put it in the place of the one before, in one step."""
    path = _find_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    kept: dict[str, Any] = {name: getattr(thesaurus, name) for name in _ARRAYS}
    kept["vectors"] = thesaurus.vectors.astype(np.float16)
    words = {"names": "\n".join(thesaurus.names), "stamp": thesaurus.stamp, "day": thesaurus.day}
    kept |= {name: np.frombuffer(text.encode(), dtype=np.uint8) for name, text in words.items()}
    descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=".similar-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            np.savez(file, **kept)
        Path(beside).replace(path)
    finally:
        Path(beside).unlink(missing_ok=True)


def open_thesaurus() -> Thesaurus | None:
    """Return what was learnt last, None for nothing and for a damaged file, which is made anew."""
    path = _find_file()
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    key = str(path), stat.st_ino, stat.st_mtime_ns
    known = _seen.get(key)
    if known is None:
        try:
            known = _read(path)
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):
            return None
        _seen.clear()
        _seen[key] = known
    return known


def _read(path: Path) -> Thesaurus:
    with path.open("rb") as file, np.load(file, allow_pickle=False) as held:
        arrays = {name: held[name] for name in _ARRAYS}
        words = {name: held[name].tobytes().decode() for name in _WORDS}
    names = tuple(words["names"].split("\n")) if words["names"] else ()
    if not len(names) == len(arrays["vectors"]) == len(arrays["counts"]):
        raise ValueError("the arrays do not fit together")
    arrays["vectors"] = arrays["vectors"].astype(np.float32)
    return Thesaurus(names=names, stamp=words["stamp"], day=words["day"], **arrays)


def thesaurus_folder() -> Path:
    """Return the folder of what was learnt, beside the index that it was learnt from."""
    return index_folder() / "similar"


def _find_file() -> Path:
    return thesaurus_folder() / _FILE
