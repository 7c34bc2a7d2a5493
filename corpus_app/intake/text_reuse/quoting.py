"""How much of a text stands word for word in another, wherever it stands there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus_app.intake.text_reuse.fingerprints import Words
from corpus_app.text.folding import keep_folded_words
from corpus_app.text.shingles import roll_shingles

Marks = NDArray[np.bool_]

# The fewest characters in a row that count as quoted; marks and white space are not counted.
QUOTED: Final = 16


@dataclass(frozen=True)
class Quotes:
    """The stretches [start, end) of a text's words that stand in another text."""

    runs: tuple[tuple[int, int], ...]
    length: int

    @property
    def characters(self) -> int:
        """Return how many characters the stretches have together."""
        return sum(end - start for start, end in self.runs)

    @property
    def share(self) -> float:
        """Return the stretches' part of the text, 0.0 to 1.0."""
        return self.characters / self.length if self.length else 0.0

    @property
    def longest(self) -> int:
        """Return the length of the longest stretch in characters."""
        return max((end - start for start, end in self.runs), default=0)


@dataclass(frozen=True, eq=False)
class ShingledText:
    """A text's words as they are compared: their number, and a number for each stretch."""

    length: int
    shingles: Words

    def find_shared(self, other: ShingledText) -> Marks:
        """Return for each stretch whether it also stands in the other text."""
        if self.length < QUOTED:
            return np.zeros(0, np.bool_)
        return np.isin(self.shingles, other.shingles)

    def find_formulas(self, formulas: Words) -> Marks:
        """Return for each stretch whether it is one of the formulas."""
        if self.length < QUOTED:
            return np.zeros(0, np.bool_)
        return np.isin(self.shingles, formulas)

    def collect(self, marks: Marks) -> Quotes:
        """Return the marked stretches, those that touch made one."""
        return Quotes(tuple(_join_stretches(np.flatnonzero(marks))), self.length)


def read_wording(text: str) -> ShingledText:
    """Return the words of a text, ready to be compared."""
    words = keep_folded_words(text)
    return ShingledText(len(words), roll_shingles(words, QUOTED))


def find_formulas(wordings: Iterable[ShingledText], least: int) -> Words:
    """Return the stretches that stand in at least so many of the texts: what all such say."""
    sets = [np.unique(wording.shingles) for wording in wordings]
    if len(sets) < least:
        return np.zeros(0, np.uint64)
    values, counts = np.unique(np.concatenate(sets), return_counts=True)
    return values[counts >= least]


def _join_stretches(starts: NDArray[np.intp]) -> list[tuple[int, int]]:
    """Return the stretches that begin at these places, those that touch made one."""
    if not len(starts):
        return []
    breaks = np.flatnonzero(np.diff(starts) > QUOTED) + 1
    return [(int(run[0]), int(run[-1]) + QUOTED) for run in np.split(starts, breaks)]
