"""Words of a common dictionary over a place of a text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from corpus_app.proofreading.slips.characters import UNKNOWN, Numbers
from corpus_app.proofreading.slips.counts import LOG_COUNTS, Reals, join_runs, read_table

LENGTHS: Final = (2, 3, 4)


class ListedWords:
    """Words of two to four characters with how often they stand."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._tables = [read_table(arrays, f"word{length}") for length in LENGTHS]

    def measure(self, windows: Numbers, width: int) -> Reals:
        """Return three columns for windows of width + 8 characters.

        Of the words that hold the whole stretch in the middle: the longest's length, the logarithm
        of how often it stands, and the length of all together.
        """
        longest = np.zeros(len(windows), np.float32)
        often, together = longest.copy(), longest.copy()
        for length, table in zip(LENGTHS, self._tables, strict=True):
            if length < width:
                continue
            around = windows[:, 4 + width - length : 4 + length]
            seen = LOG_COUNTS[table.counts[table.find(join_runs(around, length))]]
            some = seen.max(1)
            together += length * (seen > 0).sum(1)
            longest = np.where(some > 0, length, longest)
            often = np.where(some > 0, some, often)
        return np.column_stack((longest, often, together))

    def has(self, numbers: Numbers) -> bool:
        """Say whether these characters are a word of the list."""
        if len(numbers) not in LENGTHS or (numbers <= UNKNOWN).any():
            return False
        table = self._tables[len(numbers) - LENGTHS[0]]
        return bool(table.counts[table.find(join_runs(numbers, len(numbers)))][0])
