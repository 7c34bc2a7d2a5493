"""How often runs of characters stand in official texts, and how likely each makes the next.

Interpolated Kneser-Ney over runs of one to five characters: a run's share is what its own count
gives its last character, its rest what goes to the shorter runs behind it. A run is found by its
hash: the file holds sixteen bits of it in sorted buckets, so that of ten thousand runs that are not
there a few look as if they were.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from corpus_app.proofreading.slips.characters import BITS, Numbers
from corpus_app.proofreading.slips.codes import LONGEST_RUNS, RUNS, CodeBook, Reals

LONGEST: Final = 5
_SPREAD: Final = np.uint64(0x9E3779B97F4A7C15)
_MARK_BITS: Final = 16
# So many runs are looked up at a time: what that takes stays near the processor.
_AT_ONCE: Final = 8_192


def join_runs(numbers: Numbers, length: int) -> Numbers:
    """Return the keys of all runs of so many characters along the last axis."""
    last = numbers.shape[-1] - length + 1
    keys = numbers[..., :last]
    for at in range(1, length):
        keys = (keys << BITS) | numbers[..., at : at + last]
    return keys


def hash_runs(keys: Numbers, bucket_bits: int) -> tuple[Numbers, NDArray[np.uint16]]:
    """Return bucket and mark of each key."""
    mixed = keys.astype(np.uint64) * _SPREAD
    mixed ^= mixed >> np.uint64(32)
    mixed *= _SPREAD
    buckets = (mixed >> np.uint64(64 - bucket_bits)).astype(np.int64)
    marks = (mixed >> np.uint64(64 - bucket_bits - _MARK_BITS)).astype(np.uint16)
    return buckets, marks


@dataclass(frozen=True, slots=True)
class RunTable:
    """Runs of one length. A run's row is where its mark stands; the row after the last is "none".

    codes holds a code of the table's book for each row; log_counts, shares and rests what each code
    stands for. "none" has no count, no share, and 1 for the rest.
    """

    starts: NDArray[np.uint32]
    marks: NDArray[np.uint16]
    codes: NDArray[Any]
    log_counts: Reals
    shares: Reals
    rests: Reals
    steps: int

    def count(self, keys: Numbers) -> Reals:
        """Return the logarithm (log1p) of the count of each run."""
        return np.asarray(self.log_counts[self.codes[self.find(keys)]])

    @property
    def size(self) -> int:
        """Return how many runs there are, which is the row of "none"."""
        return len(self.marks)

    @property
    def bits(self) -> int:
        """Return how many bits of a run's hash tell its bucket."""
        return (len(self.starts) - 1).bit_length() - 1

    def find(self, keys: Numbers) -> Numbers:
        """Return the row of each run."""
        flat = keys.ravel()
        rows = np.empty(len(flat), np.int64)
        for at in range(0, len(flat), _AT_ONCE):
            rows[at : at + _AT_ONCE] = self._find_some(flat[at : at + _AT_ONCE])
        return rows.reshape(keys.shape)

    def _find_some(self, keys: Numbers) -> Numbers:
        buckets, marks = hash_runs(keys, self.bits)
        low = self.starts[buckets].astype(np.int64)
        end = self.starts[buckets + 1].astype(np.int64)
        # Behind the marks that are less, by halves: low moves on where the last of them is.
        for power in reversed(range(self.steps)):
            behind = low + (1 << power)
            less = self.marks.take(behind - 1, mode="clip") < marks
            less &= behind <= end
            low += less.astype(np.int64) << power
        there = self.marks.take(low, mode="clip") == marks
        return np.where(there & (low < end), low, self.size)


@dataclass(frozen=True, slots=True)
class WindowScores:
    """What is known of windows, a row each: stretches with four characters on either side.

    likely[n - 1] is the logarithm of the probability, by runs of up to n characters, of all
    characters that the stretch is a part of the runs of; here and least the sum over the stretch
    itself and its least character, by the longest runs; counts[n - 1] the logarithms of the counts
    of the runs of n that touch the stretch, by where they begin.
    """

    likely: Reals
    here: Reals
    least: Reals
    counts: tuple[Reals, ...]


class CharacterCounts:
    """The counts of runs of one to five characters."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._single: Reals = np.log1p(arrays["counts_1"]).astype(np.float32)
        self._ground: Reals = np.array(arrays["shares_1"])
        self._rests: Reals = np.array(arrays["rests_1"])
        self._tables = [
            read_table(arrays, str(length), LONGEST_RUNS if length == LONGEST else RUNS)
            for length in range(2, LONGEST + 1)
        ]

    def count_runs(self, keys: Numbers, length: int) -> Reals:
        """Return the logarithm (log1p) of the count of each run of two characters or more."""
        return self._tables[length - 2].count(keys)

    def find_rows(self, numbers: Numbers) -> list[Numbers]:
        """Return the rows of all runs of 2, 3, 4 and 5 along the last axis.

        A run whose own beginning or end is not there only looks as if it were.
        """
        rows: list[Numbers] = []
        for length, table in enumerate(self._tables, 2):
            keys = join_runs(numbers, length)
            if rows:
                there = rows[-1] < self._tables[length - 3].size
                there = there[..., :-1] & there[..., 1:]
                found = np.full(keys.shape, table.size)
                found[there] = table.find(keys[there])
            else:
                found = table.find(keys)
            rows.append(found)
        return rows

    def score_windows(self, windows: Numbers, width: int) -> WindowScores:
        """Return what is known of windows of width + 8 characters."""
        rows = self.find_rows(windows)
        logs = self._predict(windows, rows)[:, :, : width + 4]
        here = logs[-1][:, :width]
        counts = [self._single[windows[:, 4 : 4 + width]]]
        for length, found in enumerate(rows, 2):
            table = self._tables[length - 2]
            counts.append(table.log_counts[table.codes[found[:, 5 - length : 4 + width]]])
        return WindowScores(logs.sum(2), here.sum(1), here.min(1, initial=0.0), tuple(counts))

    def score_text(self, numbers: Numbers) -> Reals:
        """Return for each character from the fifth on the logarithm of its probability."""
        row = numbers[None, :]
        return np.asarray(self._predict(row, self.find_rows(row))[-1][0])

    def _predict(self, windows: Numbers, rows: list[Numbers]) -> Reals:
        """Return the logarithms for characters from the fifth on, by run length, window, place."""
        chance = self._ground[windows[:, 4:]]
        logs = [np.log(chance)]
        count = chance.shape[1]
        for length, table in enumerate(self._tables, 2):
            begin = 5 - length
            if length == 2:
                rest = self._rests[windows[:, begin : begin + count]]
            else:
                shorter = self._tables[length - 3]
                rest = shorter.rests[shorter.codes[rows[length - 3][:, begin : begin + count]]]
            share = table.shares[table.codes[rows[length - 2][:, begin : begin + count]]]
            chance = share + rest * chance
            logs.append(np.log(chance))
        return np.stack(logs)


def read_table(arrays: Mapping[str, NDArray[Any]], name: str, book: CodeBook) -> RunTable:
    """Return the table that a model's file holds under a name."""
    starts, marks, codes = (arrays[f"{part}_{name}"] for part in ("starts", "marks", "codes"))
    longest = int(np.diff(starts.astype(np.int64)).max(initial=1))
    return RunTable(starts, marks, codes, *book.meanings, longest.bit_length())
