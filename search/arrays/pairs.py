"""The places of every pair of neighbouring characters, so that a string starts from its rarest.

All places stand in one array, ordered by the character there, the one after it, and the place.
So a pair's places are one stretch of it in rising order, and a character's the stretch of all
its pairs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np
import numpy.typing as npt

from corpus_app.text.chars import Codes, Offsets
from search.arrays.tables import Array

# Above any code point and the border's: what a pair's first code is multiplied by.
PAIR_SHIFT: Final = 21
_SMALL: Final = 1 << 16

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PairPlaces:
    """Offsets grouped by pair: those of pairs[i] (sorted keys) end in places at ends[i]."""

    places: npt.NDArray[np.uint32]
    pairs: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]

    @classmethod
    def build(cls, codes: Codes) -> PairPlaces:
        """Return the places of all pairs; the last character is followed by code 0."""
        following = np.append(codes[1:], np.uint32(0))[: len(codes)]
        order = _sort_stable(following)
        order = order[_sort_stable(codes[order])]
        first, second = codes[order], following[order]
        changes = (first[1:] != first[:-1]) | (second[1:] != second[:-1])
        lasts = np.flatnonzero(np.append(changes, True)[: len(order)])
        keys = make_pair_keys(first[lasts], second[lasts])
        return cls(order, keys, lasts + 1)

    def list_single(self, alternatives: Iterable[int]) -> Offsets:
        """Return the places of the characters, rising."""
        return self._collect(self.find_single(alternatives), sort=True)

    def find_single(self, alternatives: Iterable[int]) -> list[Stretch]:
        """Return (start, end) rows in places for the characters."""
        keys = [(code << PAIR_SHIFT, (code + 1) << PAIR_SHIFT) for code in alternatives]
        return self._find_stretches(keys)

    def find_stretches(self, first: Iterable[int], second: Iterable[int]) -> list[Stretch]:
        """Return (start, end) rows in places for the pairs of a first and a second code."""
        keys = [(one << PAIR_SHIFT) | other for one, other in product(first, second)]
        return self._find_stretches([(key, key + 1) for key in keys])

    def list_places(self, stretches: list[Stretch]) -> Offsets:
        """Return the offsets in the (start, end) rows of places, sorted."""
        return self._collect(stretches, sort=len(stretches) > 1)

    def gather_places(self, stretches: list[Stretch]) -> Offsets:
        """Return the offsets in the (start, end) rows of places, in no order."""
        return self._collect(stretches, sort=False)

    def _find_stretches(self, keys: list[tuple[int, int]]) -> list[Stretch]:
        found = []
        for low, high in self.pairs.searchsorted(keys).tolist():
            if low < high:
                start = int(self.ends[low - 1]) if low else 0
                found.append((start, int(self.ends[high - 1])))
        return found

    def _collect(self, stretches: list[Stretch], *, sort: bool) -> Offsets:
        parts = [self.places[start:end] for start, end in stretches]
        if not parts:
            return np.zeros(0, dtype=np.int64)
        places = parts[0] if len(parts) == 1 else np.concatenate(parts)
        return (np.sort(places) if sort else places).astype(np.int64)


def make_pair_keys(first: Codes, second: Codes) -> npt.NDArray[np.int64]:
    """Return the key of each pair (first[i], second[i])."""
    return (first.astype(np.int64) << PAIR_SHIFT) | second


def _sort_stable(values: Array) -> Array:
    """Return the stable order of code points, by their ranks where few differ.

    Numbers of 16 bits are sorted several times as fast.
    """
    if len(values) < _SMALL:
        return np.argsort(values, kind="stable").astype(np.uint32)
    seen = np.zeros(1 << PAIR_SHIFT, dtype=np.bool_)
    seen[values] = True
    if np.count_nonzero(seen) <= _SMALL:
        values = (np.cumsum(seen) - 1).astype(np.uint16)[values]
    return np.argsort(values, kind="stable").astype(np.uint32)
