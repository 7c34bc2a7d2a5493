"""A column of strings as one array of bytes with offsets, so that it can be memory-mapped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class StringColumn:
    """UTF-8 bytes of all strings in a row; string i is blob[ends[i - 1]:ends[i]]."""

    blob: npt.NDArray[np.uint8]
    ends: npt.NDArray[np.int64]

    @classmethod
    def pack(cls, values: Iterable[str]) -> StringColumn:
        """Return the column of the values."""
        parts = [value.encode("utf-8", "surrogatepass") for value in values]
        ends = np.cumsum([len(part) for part in parts], dtype=np.int64)
        return cls(np.frombuffer(b"".join(parts), dtype=np.uint8), ends)

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, at: int) -> str:
        start = int(self.ends[at - 1]) if at else 0
        part = self.blob[start : int(self.ends[at])]
        return part.tobytes().decode("utf-8", "surrogatepass")

    def to_list(self) -> list[str]:
        """Return all strings."""
        return [self[at] for at in range(len(self))]

    def take(self, keep: npt.NDArray[np.bool_]) -> StringColumn:
        """Return the column of the strings that are kept."""
        lengths = np.diff(self.ends, prepend=0)
        return StringColumn(self.blob[np.repeat(keep, lengths)], np.cumsum(lengths[keep]))

    @classmethod
    def join(cls, columns: Sequence[StringColumn]) -> StringColumn:
        """Return the columns one after the other."""
        lengths = np.concatenate([np.diff(column.ends, prepend=0) for column in columns])
        return cls(
            np.concatenate([column.blob for column in columns]), np.cumsum(lengths, dtype=np.int64)
        )
