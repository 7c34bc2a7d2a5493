"""The places of every pair of neighbouring letters, so that a string starts from its rarest.

The letters are cut into pieces of 2^24, so that a place in its piece takes three bytes. All
places of a piece stand in a row, ordered by the letter there, the one after it, and the place.
So a pair's places are one stretch of it in rising order, and a letter's the stretch of all its
pairs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from corpus_app.text.chars import Offsets
from search.arrays.letters import Numbers
from search.arrays.tables import Array

PIECE: Final = 1 << 24
_HIGH: Final = 16

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PairPlaces:
    """Places grouped by pair, the low two bytes and the high one of each.

    Those of pairs[i] (keys, sorted in each piece) end at ends[i], counted in the piece; the pairs
    of piece p end at pieces[p].
    """

    low: npt.NDArray[np.uint16]
    high: npt.NDArray[np.uint8]
    pairs: Numbers
    ends: npt.NDArray[np.uint32]
    pieces: npt.NDArray[np.int64]

    @classmethod
    def build(cls, numbers: Numbers) -> Self:
        """Return the places of all pairs; the last letter is followed by letter 0.

        numbers are of 16 bits, or of 32.
        """
        following = np.append(numbers[1:], numbers.dtype.type(0))[: len(numbers)]
        cuts = [slice(at, at + PIECE) for at in range(0, max(1, len(numbers)), PIECE)]
        parts = [_order(numbers[cut], following[cut]) for cut in cuts]
        places, pairs, ends = (np.concatenate(each) for each in zip(*parts, strict=True))
        counts = [len(part) for _, part, _ in parts]
        low, high = places.astype(np.uint16), (places >> _HIGH).astype(np.uint8)
        return cls(low, high, pairs, ends, np.cumsum(counts, dtype=np.int64))

    @property
    def count(self) -> int:
        """Return the number of places."""
        return len(self.low)

    @property
    def is_whole(self) -> bool:
        """Return whether the arrays fit together."""
        fits = len(self.low) == len(self.high) and len(self.pairs) == len(self.ends)
        return fits and len(self.pairs) == int(self.pieces[-1])

    def list_single(self, alternatives: Iterable[int]) -> Offsets:
        """Return the places of the letters, rising."""
        places = self.gather_places(self.find_single(alternatives))
        places.sort()
        return places

    def find_single(self, alternatives: Iterable[int]) -> list[Stretch]:
        """Return (start, end) rows in places for the letters."""
        shift = self._shift
        last = (1 << shift) - 1
        return self._find_stretches([(one << shift, one << shift | last) for one in alternatives])

    def find_stretches(self, first: Iterable[int], second: Iterable[int]) -> list[Stretch]:
        """Return (start, end) rows in places for the pairs of a first and a second letter."""
        keys = [(one << self._shift) | other for one, other in product(first, second)]
        return self._find_stretches([(key, key) for key in keys])

    def list_places(self, stretches: list[Stretch]) -> Offsets:
        """Return the places in the (start, end) rows of pairs, rising."""
        places = self.gather_places(stretches)
        if len(stretches) > 1:
            places.sort()
        return places

    def gather_places(self, stretches: list[Stretch]) -> Offsets:
        """Return the places in the (start, end) rows, in no order."""
        parts = [self._read(start, end) for start, end in stretches]
        if len(parts) == 1:
            return parts[0]
        return np.concatenate([np.zeros(0, dtype=np.int64), *parts])

    @property
    def _shift(self) -> int:
        return self.pairs.dtype.itemsize * 4

    def _find_stretches(self, keys: Sequence[tuple[int, int]]) -> list[Stretch]:
        found: list[Stretch] = []
        wanted = np.array(keys, dtype=self.pairs.dtype).reshape(-1, 2)
        for number, (begin, end) in enumerate(pairwise([0, *self.pieces.tolist()])):
            pairs, ends = self.pairs[begin:end], self.ends[begin:end]
            lows = pairs.searchsorted(wanted[:, 0]).tolist()
            highs = pairs.searchsorted(wanted[:, 1], side="right").tolist()
            for low, high in zip(lows, highs, strict=True):
                if low < high:
                    start = int(ends[low - 1]) if low else 0
                    found.append((number * PIECE + start, number * PIECE + int(ends[high - 1])))
        return found

    def _read(self, start: int, end: int) -> Offsets:
        """Return the places of a stretch, which never leaves its piece."""
        places = self.high[start:end].astype(np.int64)
        places <<= _HIGH
        places |= self.low[start:end]
        if start >= PIECE:
            places += start - start % PIECE
        return places


def _order(first: Numbers, second: Numbers) -> tuple[Array, Numbers, Array]:
    """Return a piece's places in order, the keys of its pairs, and where the places of each end."""
    order = np.argsort(second, kind="stable").astype(np.uint32)
    order = order[np.argsort(first[order], kind="stable")]
    keys = _make_keys(first[order], second[order])
    lasts = np.flatnonzero(np.append(keys[1:] != keys[:-1], True)[: len(keys)])
    return order, keys[lasts], (lasts + 1).astype(np.uint32)


def _make_keys(first: Numbers, second: Numbers) -> Numbers:
    shift = first.dtype.itemsize * 8
    kind = np.dtype(f"u{first.dtype.itemsize * 2}").type
    return (first.astype(kind) << kind(shift)) | second
