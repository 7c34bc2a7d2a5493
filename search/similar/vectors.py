"""How units are used, as numbers: what stands near them (PPMI), brought down to some dimensions.

A unit's row says how much more often than by chance each of the most frequent units stands near
it. The rows' main directions are found exactly, through the table of products of the columns, so
that the same texts give the same numbers.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from search.arrays.tables import Array

Vectors = npt.NDArray[np.float32]

# Units to either side that count, nearer ones more.
WINDOW: Final = 3
# Columns: the most frequent units tell most of how the others are used.
COLUMNS: Final = 2_000
DIMENSIONS: Final = 200
# Frequent columns weigh less; fewer meetings than two are chance.
_SMOOTH: Final = 0.75
_LEAST: Final = 1.5
_POWER: Final = 0.5
# Places counted, and rows multiplied, at a time.
_AT_ONCE: Final = 2_000_000
_ROWS: Final = 4_096


def count_meetings(numbers: Array, size: int, columns: int) -> Vectors:
    """Return how often each unit meets each of the first units in a window, weighed by nearness."""
    counts = np.zeros((size, columns), dtype=np.float32)
    flat = counts.reshape(-1)
    for step in range(1, WINDOW + 1):
        weight = np.float32((WINDOW + 1 - step) / WINDOW)
        for low in range(0, len(numbers) - step, _AT_ONCE):
            high = min(len(numbers) - step, low + _AT_ONCE)
            pair = numbers[low:high], numbers[low + step : high + step]
            for here, there in (pair, pair[::-1]):
                met = (here >= 0) & (there >= 0) & (there < columns)
                np.add.at(flat, here[met].astype(np.int64) * columns + there[met], weight)
    return counts


def weigh_meetings(counts: Vectors) -> Vectors:
    """Return the positive pointwise mutual information of the meetings, in place."""
    rows = counts.sum(axis=1)
    columns = counts.sum(axis=0).astype(np.float64) ** _SMOOTH
    columns = (columns / max(columns.sum(), 1e-9)).astype(np.float32)
    for low in range(0, len(counts), _ROWS):
        part = counts[low : low + _ROWS]
        expected = np.maximum(rows[low : low + _ROWS, None] * columns, 1e-9)
        few = part < _LEAST
        with np.errstate(divide="ignore"):
            np.log(part / expected, out=part)
        part[few] = 0
        np.maximum(part, 0, out=part)
    return counts


def find_directions(weights: Vectors, dimensions: int = DIMENSIONS) -> Vectors:
    """Return the rows in their main directions, each of length 1 (of none at all 0)."""
    products = (weights.T @ weights).astype(np.float64)
    values, directions = np.linalg.eigh(products)
    strongest = np.argsort(-values)[:dimensions]
    strongest = strongest[values[strongest] > 1e-6]
    scale = values[strongest] ** ((_POWER - 1) / 2)
    vectors = weights @ (directions[:, strongest] * scale).astype(np.float32)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = vectors / np.maximum(lengths, 1e-9)
    return unit


def learn_vectors(numbers: Array, size: int) -> Vectors:
    """Return a vector of length 1 for each of so many units, given all texts as numbers."""
    counts = count_meetings(numbers, size, min(size, COLUMNS))
    return find_directions(weigh_meetings(counts))
