"""Weights for signs: logistic regression with a penalty, and what it says of others' examples."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

ROUNDS: Final = 40
LONGEST_STEP: Final = 2.0
SMALL: Final = 1e-5
# The weight of "bias" is nearly free.
FREE: Final = 1e-3
# A sign that fewer families bear teaches these alone.
FEWEST_FAMILIES: Final = 6
PARTS: Final = 5
# Pages with other pages' lines among their own err ten times as often as plain ones. They are to
# teach what a contradiction is worth, not how often there is one.
SPOILT: Final = 0.1
MOST_ODDS: Final = 7.0

Weights = dict[str, float]


@dataclass(frozen=True, slots=True)
class Example:
    """What was said of a page, with its signs, and whether it was right; field "text": the text.

    plain says that the page is as its family makes it; others count as little as SPOILT.
    """

    family: str
    field: str
    signs: Mapping[str, float]
    right: bool
    plain: bool = True


def fit_weights(examples: Sequence[Example], penalty: float) -> Weights:
    """Return the weights under which what came out is likeliest (Newton's steps), rounded."""
    names = _list_names(examples)
    table = _fill_table(examples, names)
    right = np.array([one.right for one in examples], dtype=float)
    weights = np.zeros(len(names))
    counts = np.array([1.0 if one.plain else SPOILT for one in examples])
    bounds = np.array([FREE if name == "bias" else penalty for name in names])
    for _ in range(ROUNDS):
        said = 1 / (1 + np.exp(-np.clip(table @ weights, -30, 30)))
        gradient = table.T @ (counts * (right - said)) - bounds * weights
        hesse = (table * (counts * said * (1 - said))[:, None]).T @ table + np.diag(bounds)
        step = np.linalg.solve(hesse, gradient)
        longest = float(np.abs(step).max())
        weights += step / max(1.0, longest / LONGEST_STEP)
        if longest < SMALL:
            break
    return {
        name: round(float(w), 3) for name, w in zip(names, weights, strict=True) if abs(w) >= FREE
    }


def predict(examples: Sequence[Example], weights: Weights) -> list[float]:
    """Return the probability of each example being right."""
    found = (sum(weights.get(n, 0.0) * v for n, v in one.signs.items()) for one in examples)
    return [float(1 / (1 + np.exp(-np.clip(odds, -MOST_ODDS, MOST_ODDS)))) for odds in found]


def predict_unseen(examples: Sequence[Example], penalty: float) -> list[float]:
    """Return the probability of each example by weights that its family did not teach."""
    said = [0.0] * len(examples)
    for inside, outside in _part(examples):
        weights = fit_weights([examples[n] for n in inside], penalty)
        for place, value in zip(
            outside, predict([examples[n] for n in outside], weights), strict=True
        ):
            said[place] = value
    return said


def _part(examples: Sequence[Example]) -> Iterator[tuple[list[int], list[int]]]:
    parts = [zlib.crc32(f"part/{one.family}".encode()) % PARTS for one in examples]
    for part in range(PARTS):
        inside = [n for n, own in enumerate(parts) if own != part]
        outside = [n for n, own in enumerate(parts) if own == part]
        if inside and outside:
            yield inside, outside


def _list_names(examples: Sequence[Example]) -> list[str]:
    families: dict[str, set[str]] = defaultdict(set)
    for one in examples:
        for name, value in one.signs.items():
            if value:
                families[name].add(one.family)
    return sorted(name for name, found in families.items() if len(found) >= FEWEST_FAMILIES)


def _fill_table(examples: Sequence[Example], names: Sequence[str]) -> npt.NDArray[np.float64]:
    columns = {name: column for column, name in enumerate(names)}
    table = np.zeros((len(examples), len(names)))
    for row, one in enumerate(examples):
        for name, value in one.signs.items():
            if name in columns:
                table[row, columns[name]] = value
    return table
