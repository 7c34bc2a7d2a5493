"""Open Whoosh's segments where they lie: mapped into memory, not copied into it.

Whoosh maps a segment's file and then copies every part of it for each reader that is opened: for
a hundred thousand sections as much as the index is large, each time a speech is published.
"""

from __future__ import annotations

from typing import Any

from whoosh.filedb.compound import CompoundStorage
from whoosh.filedb.structfile import BufferFile, StructFile
from whoosh.index import FileIndex


class _View:
    """What a file must be able to do for Whoosh's readers, over a part of a mapped file."""

    def __init__(self, part: memoryview) -> None:
        self._part = part
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        end = len(self._part) if size is None or size < 0 else self._at + size
        found = bytes(self._part[self._at : end])
        self._at += len(found)
        return found

    def readline(self) -> bytes:
        line = b""
        while not line.endswith(b"\n") and (more := self.read(1)):
            line += more
        return line

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = offset + (0, self._at, len(self._part))[whence]
        return self._at

    def tell(self) -> int:
        return self._at


class MappedFile(BufferFile):
    """A part of a memory-mapped file; only the bytes that are read are copied."""

    def __init__(self, part: memoryview, name: str | None = None) -> None:
        StructFile.__init__(self, _View(part), name=name)
        self._buf = part
        self.is_real = False

    def subset(self, position: int, length: int, name: str | None = None) -> MappedFile:
        """Return a part of this part."""
        return MappedFile(self._buf[position : position + length], name or self._name)


class MappedStorage(CompoundStorage):
    """The parts of a segment's one file."""

    def open_file(self, name: str, *args: Any, **options: Any) -> Any:
        """Return a part by name."""
        if not self._source:
            return super().open_file(name, *args, **options)
        offset, length = self.range(name)
        return MappedFile(memoryview(self._source)[offset : offset + length], name)


class MappedIndex(FileIndex):
    """An index whose readers map the segments."""

    @classmethod
    def _reader(
        cls, storage: Any, schema: Any, segments: Any, generation: int, reuse: Any = None
    ) -> Any:
        # Not reused: opening is cheap now, and who reads the older commit keeps its readers.
        mapped = [_map_segment(segment) for segment in segments]
        return super()._reader(storage, schema, mapped, generation)


def _map_segment(segment: Any) -> Any:
    """Return the segment as a reader needs it; it is never written back."""

    def open_mapped(storage: Any) -> MappedStorage:
        file = storage.open_file(segment.make_filename(segment.COMPOUND_EXT))
        return MappedStorage(file, use_mmap=storage.supports_mmap)

    mapped = object.__new__(type(segment))
    mapped.__dict__.update(segment.__dict__)
    mapped.open_compound_file = open_mapped
    return mapped
