"""Boosted trees by NumPy: how likely each row of numbers is a yes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from corpus_app.proofreading.slips.codes import Reals

# So many rows at a time: each costs a number per tree.
_ROWS: Final = 256


@dataclass(frozen=True)
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
        """Return the logit of each row: every node is asked, then each tree's answers are one."""
        count, nodes = self.columns.shape
        values = np.ascontiguousarray(rows.T)
        answers = np.repeat((np.arange(count) << nodes)[:, None], len(rows), 1)
        for node in range(nodes):
            right = values[self.columns[:, node]] > self.bounds[:, node, None]
            answers += right.astype(np.int64) << node
        return np.asarray(self._leaves_by_answers.take(answers.T).sum(1, dtype=np.float64))

    @cached_property
    def _leaves_by_answers(self) -> Reals:
        """Return for each tree the leaf by all nodes' answers, a bit each; nodes are few."""
        count, nodes = self.columns.shape
        answers = np.arange(1 << nodes)
        tree = np.arange(count)[:, None]
        node = np.zeros((count, len(answers)), np.int64)
        for _ in range(nodes):
            asked = np.maximum(node, 0)
            node = np.where(node < 0, node, self.below[tree, asked, (answers >> asked) & 1])
        return np.asarray(self.leaves[tree, ~node])
