"""Words of a common dictionary over a place of a text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from corpus_app.proofreading.slips.characters import UNKNOWN, Numbers
from corpus_app.proofreading.slips.codes import WORDS, Reals
from corpus_app.proofreading.slips.counts import join_runs, read_table

LENGTHS: Final = (2, 3, 4)
# The logarithm of how many words the dictionary's counts were taken from.
_TOGETHER: Final = 17.9
MEASURES: Final = ("_length", "_count", "s_all", "s_likely", "s_divided")


class ListedWords:
    """Words of one to four characters with how often they stand."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._tables = [read_table(arrays, f"word{length}", WORDS) for length in LENGTHS]
        self._single: Reals = np.array(arrays["word1"]) - np.float32(_TOGETHER)

    def measure(self, windows: Numbers, width: int) -> Reals:
        """Return a column for each of MEASURES for windows of width + 8 characters.

        Of the words that hold the whole stretch in the middle: the longest's length, the logarithm
        of how often it stands, and the length of all together. Then how likely the window is when
        it is divided into words at the best places, and into how many.
        """
        seen = [
            table.count(join_runs(windows, length))
            for length, table in zip(LENGTHS, self._tables, strict=True)
        ]
        longest = np.zeros(len(windows), np.float32)
        often, together = longest.copy(), longest.copy()
        for length, logs in zip(LENGTHS, seen, strict=True):
            if length < width:
                continue
            over = logs[:, 4 + width - length : 5]
            some = over.max(1)
            together += length * (over > 0).sum(1)
            longest = np.where(some > 0, length, longest)
            often = np.where(some > 0, some, often)
        return np.column_stack((longest, often, together, *self._divide(windows, seen)))

    def _divide(self, windows: Numbers, seen: list[Reals]) -> tuple[Reals, Reals]:
        """Return the logarithm of the likeliest division of each window, and its parts."""
        size = windows.shape[1]
        likely = np.zeros((size + 1, len(windows)), np.float32)
        parts = likely.copy()
        for end in range(1, size + 1):
            likely[end] = likely[end - 1] + self._single[windows[:, end - 1]]
            parts[end] = parts[end - 1] + 1
            for length, logs in zip(LENGTHS, seen, strict=True):
                if length > end:
                    continue
                word = logs[:, end - length]
                whole = likely[end - length] + word - _TOGETHER
                better = (word > 0) & (whole > likely[end])
                likely[end] = np.where(better, whole, likely[end])
                parts[end] = np.where(better, parts[end - length] + 1, parts[end])
        return likely[size], parts[size]

    def has_pairs(self, keys: Numbers) -> NDArray[np.bool_]:
        """Say of each run of two characters whether it is a word."""
        return np.asarray(self._tables[0].count(keys) > 0)

    def has(self, numbers: Numbers) -> bool:
        """Say whether these characters are a word of the list."""
        if len(numbers) not in LENGTHS or (numbers <= UNKNOWN).any():
            return False
        table = self._tables[len(numbers) - LENGTHS[0]]
        return bool(table.count(join_runs(numbers, len(numbers)))[0])
