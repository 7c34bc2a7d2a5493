"""What the files of the index were when they were written, so that a flipped bit is noticed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.conf import settings

from search.arrays.manifest import LockedError, hold_lock, replace_file
from search.engine.generations import read_current
from search.index.access import arrays_folder, index_folder, write_lock
from search.index.position import position_file

CHECKSUMS: Final = "checksums.json"
# Size, time of the last change in nanoseconds, and sha256 of a file.
Entry = tuple[int, int, str]
# Files that were found whole though their times are not the recorded ones, as after a copy.
_WHOLE: Final[dict[Path, tuple[int, int]]] = {}


def list_index_files() -> list[Path]:
    """Return the files of the index in use, locks and notes left out; call it under the lock."""
    folders = [*arrays_folder().glob("segment-*"), *_list_engine_folders()]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    files += [arrays_folder() / "manifest.json", *(f.parent / "current" for f in folders)]
    named = {path for path in files if path.is_file()}
    return sorted(p for p in named if not (p.name.startswith(".") or "lock" in p.name.lower()))


@contextmanager
def hold_index() -> Iterator[list[Path]]:
    """Yield the files of the index, which nobody changes while inside."""
    with hold_lock(write_lock()):
        beside = (index_folder() / CHECKSUMS, position_file())
        yield [*list_index_files(), *(path for path in beside if path.is_file())]


def record_checksums() -> None:
    """Note what the files are now; call it under the write lock, after each write."""
    known = _read_record()
    entries = {}
    for path in list_index_files():
        name = path.relative_to(index_folder()).as_posix()
        state = path.stat()
        entry = known.get(name)
        if entry is None or entry[:2] != (state.st_size, state.st_mtime_ns):
            entry = (state.st_size, state.st_mtime_ns, _hash(path))
        entries[name] = entry
    if entries != known:
        replace_file(index_folder() / CHECKSUMS, json.dumps(entries))


def find_index_damage(*, thorough: bool, wait_seconds: float = 60.0) -> list[str]:
    """Return the files of the index that are not what was written, by their paths in its folder.

    thorough reads all of them; else only those that somebody touched since. Where a writer is
    at work for longer than that, there is nothing to say.
    """
    try:
        with hold_lock(write_lock(), wait_seconds):
            return _compare(thorough=thorough)
    except LockedError:
        return []
    except OSError:  # a folder where no lock can be made, and so nobody writes
        return _compare(thorough=thorough)


def _compare(*, thorough: bool) -> list[str]:
    try:
        record = _read_record()
    except (ValueError, TypeError):
        return [CHECKSUMS]
    return [name for name, entry in record.items() if not _is_whole(name, entry, thorough=thorough)]


def _is_whole(name: str, entry: Entry, *, thorough: bool) -> bool:
    path = index_folder() / name
    try:
        state = path.stat()
        seen = (state.st_size, state.st_mtime_ns)
        if not thorough and seen in (entry[:2], _WHOLE.get(path)):
            return True
        whole = state.st_size == entry[0] and _hash(path) == entry[2]
    except OSError:
        return False
    if whole:
        _WHOLE[path] = seen
    return whole


def _list_engine_folders() -> list[Path]:
    path = settings.HAYSTACK_CONNECTIONS["default"].get("PATH")
    current = read_current(Path(path)) if path else None
    return [current] if current is not None and current.is_dir() else []


def _read_record() -> dict[str, Entry]:
    try:
        content = json.loads((index_folder() / CHECKSUMS).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return {
        str(name): (int(size), int(time), str(sha)) for name, (size, time, sha) in content.items()
    }


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
