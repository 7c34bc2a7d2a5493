"""The characters of a segment as small numbers, each the place of its code in an alphabet.

A corpus has a few thousand different characters, so that two bytes hold what takes four as code
points. The alphabet is sorted: numbers stand in the order of the codes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from corpus_app.text.chars import Codes
from corpus_app.text.equality import SENTINEL
from search.arrays.tables import Array

_SMALL: Final = 1 << 16

Numbers = npt.NDArray[np.unsignedinteger[Any]]


@dataclass(frozen=True, slots=True)
class Letters:
    """Characters by number; asked for a part it gives code points, as an array of them would."""

    numbers: Numbers
    alphabet: Codes

    @classmethod
    def build(cls, codes: Codes) -> Letters:
        """Return the characters given as code points."""
        if len(codes) < _SMALL:
            alphabet, places = np.unique(codes, return_inverse=True)
            return cls(places.astype(np.uint16), alphabet)
        seen = np.zeros(SENTINEL + 1, dtype=np.bool_)
        seen[codes] = True
        alphabet = seen.nonzero()[0].astype(np.uint32)
        numbers: Numbers = np.cumsum(seen).astype(np.uint32) - np.uint32(1)
        if len(alphabet) <= _SMALL:
            numbers = numbers.astype(np.uint16)
        return cls(numbers[codes], alphabet)

    def __len__(self) -> int:
        return len(self.numbers)

    def __getitem__(self, part: slice | Array) -> Codes:
        codes: Codes = self.alphabet[self.numbers[part]]
        return codes

    @property
    def nbytes(self) -> int:
        """Return the memory taken."""
        return int(self.numbers.nbytes + self.alphabet.nbytes)

    def find_numbers(self, pattern: Sequence[Iterable[int]]) -> list[tuple[int, ...]]:
        """Return for each row of code points the numbers of those that stand somewhere."""
        rows = [list(each) for each in pattern]
        wanted = np.array([code for row in rows for code in row], dtype=np.uint32)
        at = self.alphabet.searchsorted(wanted).tolist()
        behind = self.alphabet.searchsorted(wanted, side="right").tolist()
        found = iter(zip(at, behind, strict=True))
        return [tuple(low for low, high in islice(found, len(row)) if low < high) for row in rows]
