"""The process that unpacks one archive: KIND FILE LIMITS; writes files 0, 1, … and prints a list.

Each line is a JSON list: name, number of the file or null, why it was left ("" for none). The
last one bears one of ENDINGS where the archive was not read to its end.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from corpus_app.ingest.sandbox.process import OUT_OF_MEMORY

CHUNK = 1 << 16
LINK, ENCRYPTED, LARGE, DAMAGED = "link", "encrypted", "large", "damaged"
COUNT, TOTAL, BROKEN, LOCKED = "count", "total", "broken", "locked"
ENDINGS = {COUNT, TOTAL, BROKEN, LOCKED}


class _Full(Exception):  # noqa: N818
    """The archive as a whole has met a bound."""


class Shelf:
    """Where unpacked files are put down and listed."""

    def __init__(self, member_bytes: int, members: int, total_bytes: int) -> None:
        self.member_bytes = member_bytes
        self.members_left = members
        self.bytes_left = total_bytes
        self.stored = 0

    def report(self, name: str, number: int | None, reason: str) -> None:
        """Print one line of the list at once: a later bound may end this process."""
        print(json.dumps([name, number, reason]), flush=True)

    def count(self) -> None:
        """Count one more file."""
        self.members_left -= 1
        if self.members_left < 0:
            raise _Full(COUNT)

    def store(self, name: str, blocks: Iterable[bytes]) -> None:
        """Write a file's blocks and list it; one of too many bytes is listed as left."""
        size = 0
        place = Path(str(self.stored))
        with place.open("wb") as file:
            for block in blocks:
                size += len(block)
                self.bytes_left -= len(block)
                if self.bytes_left < 0:
                    raise _Full(TOTAL)
                if size > self.member_bytes:
                    break
                file.write(block)
        if size > self.member_bytes:
            place.unlink()
            self.report(name, None, LARGE)
            return
        self.report(name, self.stored, "")
        self.stored += 1


def unpack_tar(file: str, shelf: Shelf, packing: str) -> None:
    """Unpack a tape archive, packed or not; a packed file that is none counts as one file."""
    import tarfile

    with _open_stream(file, packing) as stream:
        head = stream.peek(512)[:512]
        if head[257:262] != b"ustar":
            shelf.count()
            shelf.store("", iter(lambda: stream.read(CHUNK), b""))
            return
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for entry in archive:
                _unpack_tar_entry(archive, entry, shelf)


def _unpack_tar_entry(archive: Any, entry: Any, shelf: Shelf) -> None:
    if entry.isdir():
        return
    shelf.count()
    # A sparse file's holes are read as zeros without end: the archive's size says nothing.
    if not entry.isreg() or entry.issparse():
        shelf.report(entry.name, None, LINK)
        return
    source = archive.extractfile(entry)
    shelf.store(entry.name, iter(lambda: source.read(CHUNK), b""))


@contextmanager
def _open_stream(file: str, packing: str) -> Iterator[Any]:
    import bz2
    import gzip
    import io
    import lzma

    openers: dict[str, Callable[[str, str], Any]] = {
        "gz": gzip.open,
        "xz": lzma.open,
        "bz2": bz2.open,
        "tar": open,
    }
    with openers[packing](file, "rb") as stream:
        # Only some of the streams can look ahead.
        yield stream if hasattr(stream, "peek") else io.BufferedReader(stream)


def unpack_foreign(file: str, shelf: Shelf, kind: str) -> None:
    """Unpack a .7z or .rar by libarchive."""
    import libarchive

    name = "7zip" if kind == "7z" else "all"
    with libarchive.file_reader(file, name, "none") as archive:
        for entry in archive:
            if entry.isdir:
                continue
            shelf.count()
            left = _find_obstacle(entry, libarchive.ffi.libarchive)
            if left:
                shelf.report(entry.pathname or "", None, left)
                continue
            try:
                shelf.store(entry.pathname or "", entry.get_blocks(CHUNK))
            except libarchive.ArchiveError as error:
                locked = "ncrypt" in str(error) or "assphrase" in str(error)
                shelf.report(entry.pathname or "", None, ENCRYPTED if locked else DAMAGED)
                if not locked:
                    raise


def _find_obstacle(entry: Any, library: Any) -> str:
    """Some formats' locked data is handed out as it is, so that the entry must be asked."""
    from ctypes import c_int, c_void_p

    if not entry.isfile:
        return LINK
    ask = library.archive_entry_is_encrypted
    ask.argtypes, ask.restype = [c_void_p], c_int
    return ENCRYPTED if ask(entry._entry_p) else ""


def main(kind: str, file: str, member_bytes: str, members: str, total_bytes: str) -> int:
    """Unpack the file into the current folder; return the exit code."""
    shelf = Shelf(int(member_bytes), int(members), int(total_bytes))
    try:
        if kind in {"7z", "rar"}:
            unpack_foreign(file, shelf, kind)
        else:
            unpack_tar(file, shelf, kind)
    except _Full as full:
        shelf.report("", None, str(full))
    except MemoryError:
        return OUT_OF_MEMORY
    except Exception as error:  # whatever a damaged archive raises
        locked = "ncrypt" in str(error) or "assphrase" in str(error)
        shelf.report("", None, LOCKED if locked else BROKEN)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
