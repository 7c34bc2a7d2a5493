"""Counts and shares as a model's file holds them: numbers of steps in a few bits."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float32]

_FIVE_BITS: Final = (
    *(0, 1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 22, 29, 38, 50, 65, 85, 110, 150, 200, 270, 360, 500),
    *(700, 1_000, 1_500, 2_500, 4_500, 9_000, 20_000, 60_000, 200_000),
)
_THREE_BITS: Final = (0, 3, 5, 8, 13, 25, 60, 200)


def _fall(bits: int, step: float) -> NDArray[np.float64]:
    """Return shares that fall from one by a step of their logarithm."""
    return np.exp(-step * np.arange(1 << bits))


@dataclass(frozen=True)
class CodeBook:
    """What the codes of a table stand for: steps of counts, of shares, of rests.

    A code is the number of a step of each, the count's in the highest bits. Code 0 is of a run
    that is not there: no count, no share, all of the rest.
    """

    counts: NDArray[np.float64]
    shares: NDArray[np.float64]
    rests: NDArray[np.float64]

    def pack(self, *values: NDArray[Any]) -> NDArray[Any]:
        """Return the code of each count, share and rest; those left out are as of none."""
        codes = np.zeros(len(values[0]), np.int64)
        for steps, part in zip((self.counts, self.shares, self.rests), values, strict=False):
            codes = codes * len(steps) + _find_nearest(steps, part)
        for steps in (self.counts, self.shares, self.rests)[len(values) :]:
            codes *= len(steps)
        return codes.astype(np.uint8 if self._size <= 256 else np.uint16)

    @cached_property
    def meanings(self) -> tuple[Reals, Reals, Reals]:
        """By code: the logarithm of the count (log1p), the share, and the rest."""
        codes = np.arange(self._size)
        codes, rests = np.divmod(codes, len(self.rests))
        counts, shares = np.divmod(codes, len(self.shares))
        return (
            np.log1p(self.counts[counts]).astype(np.float32),
            self.shares[shares].astype(np.float32),
            self.rests[rests].astype(np.float32),
        )

    @property
    def _size(self) -> int:
        return len(self.counts) * len(self.shares) * len(self.rests)


def _find_nearest(steps: NDArray[np.float64], values: NDArray[Any]) -> NDArray[np.int64]:
    """Return the step nearest to each value by logarithm; 0 is nearest to nothing but itself."""
    if len(steps) == 1:
        return np.zeros(len(values), np.int64)
    order = np.argsort(steps)
    some = order[steps[order] > 0]
    logs = np.log(steps[some])
    middles = (logs[1:] + logs[:-1]) / 2
    found = some[np.searchsorted(middles, np.log(np.maximum(values, 1e-12)))]
    return np.where((values > 0) | (steps[0] > 0), found, 0)


_NONE: Final = np.zeros(1)
_ALL: Final = np.ones(1)
# Of runs of up to four; of the longest; of words; of companions (the logarithm is what counts).
RUNS: Final = CodeBook(
    np.array(_FIVE_BITS, float), np.append(0, _fall(6, 0.17)[:-1]), _fall(5, 0.2)
)
LONGEST_RUNS: Final = CodeBook(np.array(_THREE_BITS, float), np.append(0, _fall(5, 0.2)[:-1]), _ALL)
WORDS: Final = CodeBook(np.append(0, np.rint(np.exp(np.arange(255) / 15))), _NONE, _ALL)
COMPANIONS: Final = CodeBook(np.expm1(np.arange(256) / 40), _NONE, _ALL)
