"""Columns of numbers kept in fewer bytes than they have bits, read as if they were whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, Self

import numpy as np
import numpy.typing as npt

from search.arrays.tables import Array, Mask

_HALF: Final = 16
_BUCKETS: Final = 1 << _HALF
# Of fewer numbers the table of buckets takes more than is saved.
LEAST_BUCKETED: Final = 1 << 18


@dataclass(frozen=True, slots=True)
class SplitNumbers:
    """Numbers of 24 or 32 bits, the low 16 bits of each and the rest apart."""

    low: npt.NDArray[np.uint16]
    high: Array

    @classmethod
    def split(cls, numbers: npt.NDArray[np.uint32]) -> Self:
        """Return the numbers in as few bytes as the largest allows."""
        high = numbers >> _HALF
        kind = np.uint8 if high.max(initial=0) < 1 << 8 else np.uint16
        return cls(numbers.astype(np.uint16), high.astype(kind))

    def __len__(self) -> int:
        return len(self.low)

    def __getitem__(self, part: slice | Array) -> Array:
        numbers: Array = self.high[part].astype(np.uint32)
        numbers <<= _HALF
        numbers |= self.low[part]
        return numbers


@dataclass(frozen=True, slots=True)
class SortedHashes:
    """Rising numbers of 32 bits; those with the high bits of bucket b end at ends[b].

    Of few numbers there are no buckets, and each is whole.
    """

    low: Array
    ends: npt.NDArray[np.uint32]

    @classmethod
    def pack(cls, hashes: npt.NDArray[np.uint32]) -> Self:
        """Return the hashes in as few bytes as pays."""
        if len(hashes) < LEAST_BUCKETED:
            return cls(hashes, np.zeros(0, dtype=np.uint32))
        counts = np.bincount(hashes >> _HALF, minlength=_BUCKETS)
        return cls(hashes.astype(np.uint16), np.cumsum(counts).astype(np.uint32))

    def __len__(self) -> int:
        return len(self.low)

    def __getitem__(self, part: slice) -> npt.NDArray[np.uint32]:
        if not len(self.ends):
            return self.low[part]
        counts = np.diff(self.ends, prepend=np.uint32(0))
        whole = np.repeat(np.arange(_BUCKETS, dtype=np.uint32) << _HALF, counts)
        return np.bitwise_or(whole, self.low, dtype=np.uint32)[part]

    def searchsorted(self, values: Array, side: Literal["left", "right"] = "left") -> Array:
        """Return for each value, as NumPy does, before which place it belongs."""
        if not len(self.ends):
            return self.low.searchsorted(values, side)
        bucket, wanted = (values >> _HALF).astype(np.int64), values.astype(np.uint16)
        high = self.ends[bucket].astype(np.int64)
        low = np.where(bucket > 0, self.ends[bucket - 1], 0).astype(np.int64)
        while (low < high).any():
            middle = (low + high) // 2
            held = self.low[np.minimum(middle, len(self) - 1)]
            behind: Mask = held < wanted if side == "left" else held <= wanted
            open_ = low < high
            low = np.where(open_ & behind, middle + 1, low)
            high = np.where(open_ & ~behind, middle, high)
        return low
