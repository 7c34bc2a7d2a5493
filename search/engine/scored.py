"""The documents that match a query with their scores, and the best of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from search.engine.postings import NO_POSTINGS, Array

# Scores of which only the best one is looked at first.
_BLOCK: Final = 64


@dataclass(frozen=True, slots=True)
class Scored:
    """The documents that match, rising, each with its score."""

    documents: Array
    scores: Array

    @property
    def nbytes(self) -> int:
        """Return the memory taken."""
        return int(self.documents.nbytes + self.scores.nbytes)

    def __len__(self) -> int:
        return len(self.documents)

    def keep(self, mask: Array) -> Scored:
        """Return the documents for which the mask over all documents is set."""
        kept = mask[self.documents]
        return Scored(self.documents[kept], self.scores[kept])

    def take_best(self, start: int, end: int | None) -> list[tuple[int, float]]:
        """Return documents start to end by falling score, the lower number first among equals."""
        rows = self._list_best(end)
        order = rows[np.lexsort((self.documents[rows], -self.scores[rows]))][start:end]
        numbers, scores = self.documents[order].tolist(), self.scores[order].tolist()
        return list(zip(numbers, scores, strict=True))

    def _list_best(self, count: int | None) -> Array:
        """Return the rows of the best, in any order; among equals the first win."""
        if count is None or count >= len(self):
            return np.arange(len(self))
        if count <= 0:
            return np.zeros(0, dtype=np.int64)
        rows = self._list_good(count)
        scores = self.scores[rows]
        least = np.partition(scores, len(rows) - count)[len(rows) - count]
        above = rows[scores > least]
        return np.concatenate([above, rows[scores == least][: count - len(above)]])

    def _list_good(self, count: int) -> Array:
        """Return rows, rising, with all that are as good as the best of that count.

        As many blocks have a best row of their own that is as good as the last of them.
        """
        blocks = len(self) // _BLOCK
        if blocks < 4 * count:
            return np.arange(len(self))
        best = self.scores[: blocks * _BLOCK].reshape(blocks, _BLOCK).max(axis=1)
        return np.flatnonzero(self.scores >= np.partition(best, blocks - count)[blocks - count])

    def spread(self, count: int) -> Array:
        """Return the score of every document, and a 0 for one more that there is not."""
        scores = np.zeros(count + 1)
        scores[self.documents] = self.scores
        return scores


NOTHING: Final = Scored(NO_POSTINGS.documents, NO_POSTINGS.weights)
