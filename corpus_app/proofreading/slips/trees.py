"""Boosted trees by NumPy: how likely each row of numbers is a yes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from corpus_app.proofreading.slips.counts import Reals

# So many rows at a time: each costs a number per tree.
_ROWS: Final = 256


@dataclass(frozen=True, slots=True)
class BoostedTrees:
    """Trees of the same size, a row each; leaves[tree, leaf] adds up to the logit of the answer.

    A node asks whether columns[tree, node] is at most bounds[tree, node]; then below[tree, node, 0]
    is next, else below[tree, node, 1]: another node, or leaf ~number where the number is negative.
    """

    columns: NDArray[np.uint8]
    bounds: Reals
    below: NDArray[np.int8]
    leaves: Reals

    @classmethod
    def read(cls, arrays: Mapping[str, NDArray[Any]], name: str) -> BoostedTrees:
        """Return the trees that a model's file holds under a name."""
        parts = ("columns", "bounds", "below", "leaves")
        return cls(*(np.array(arrays[f"{name}_{part}"]) for part in parts))

    def judge(self, rows: Reals) -> Reals:
        """Return the probability, 0 to 1, for each row."""
        found = [self._add_leaves(rows[at : at + _ROWS]) for at in range(0, len(rows), _ROWS)]
        logits = np.concatenate(found) if found else np.zeros(0)
        return (1 / (1 + np.exp(-logits))).astype(np.float32)

    def _add_leaves(self, rows: Reals) -> NDArray[np.float64]:
        count, nodes = self.columns.shape
        first = np.arange(count) * nodes
        columns, bounds = self.columns.ravel(), self.bounds.ravel()
        below = self.below.reshape(-1).astype(np.int64)
        node = np.zeros((len(rows), count), np.int64)
        line = np.arange(len(rows))[:, None]
        for _ in range(nodes):
            at = first + np.maximum(node, 0)
            right = rows[line, columns[at]] > bounds[at]
            node = np.where(node < 0, node, below[2 * at + right])
            if (node < 0).all():
                break
        leaf = np.arange(count) * self.leaves.shape[1] + ~node
        return np.asarray(self.leaves.ravel()[leaf].sum(1, dtype=np.float64))
