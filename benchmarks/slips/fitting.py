"""Learns boosted trees by LightGBM and turns them into the arrays that the product reads."""

from __future__ import annotations

from typing import Any, Final

import lightgbm
import numpy as np
from numpy.typing import NDArray

from corpus_app.proofreading.slips.codes import Reals
from corpus_app.proofreading.slips.trees import BoostedTrees

SETTINGS: Final = {
    "objective": "binary",
    "learning_rate": 0.05,
    "min_data_in_leaf": 20,
    "feature_fraction": 0.6,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5,
    "verbose": -1,
    "num_threads": 1,
    "deterministic": True,
    "seed": 1,
}


def fit_trees(rows: Reals, right: NDArray[np.bool_], count: int, leaves: int) -> BoostedTrees:
    """Return trees of so many leaves that say how likely a row is right."""
    data = lightgbm.Dataset(rows.astype(np.float64), right.astype(np.int8))
    settings = SETTINGS | {"num_leaves": leaves}
    return pack_trees(lightgbm.train(settings, data, count).dump_model(), leaves)


def pack_trees(model: dict[str, Any], size: int) -> BoostedTrees:
    """Return LightGBM's description of trees of so many leaves as arrays."""
    trees = [tree["tree_structure"] for tree in model["tree_info"]]
    columns = np.zeros((len(trees), size - 1), np.uint8)
    bounds = np.full((len(trees), size - 1), np.inf, np.float32)
    below = np.full((len(trees), size - 1, 2), ~0, np.int8)
    leaves = np.zeros((len(trees), size), np.float32)
    for number, root in enumerate(trees):
        if "split_index" not in root:
            leaves[number] = root["leaf_value"]
            continue
        waiting = [root]
        while waiting:
            node = waiting.pop()
            if "split_index" not in node:
                leaves[number, node["leaf_index"]] = node["leaf_value"]
                continue
            at = node["split_index"]
            columns[number, at], bounds[number, at] = node["split_feature"], node["threshold"]
            for side, name in enumerate(("left_child", "right_child")):
                child = node[name]
                below[number, at, side] = child.get("split_index", ~child.get("leaf_index", 0))
                waiting.append(child)
    return BoostedTrees(columns, bounds, below, leaves)
