"""Measures of how much more often something stands here than there; arrays in, arrays out.

Log-likelihood: T. Dunning, Accurate methods for the statistics of surprise and coincidence,
Computational Linguistics 19 (1993). Log ratio: A. Hardie, Log Ratio, 2014. logDice: P. Rychlý,
A lexicographer-friendly association score, RASLAN 2008. DP: St. Th. Gries, Dispersions and
adjusted frequencies in corpora, IJCL 13 (2008). MI: K. W. Church and P. Hanks, 1990.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from search.arrays.tables import Array

# What stands nowhere on one side counts as half there, or the ratio would have no end.
_HALF: Final = 0.5
_DICE_MOST: Final = 14
# Chances of one in twenty thousand of so great a difference in what is alike (p < 0.0001).
SURE: Final = 15.13


def measure_likelihood(here: Array, there: Array, size_here: int, size_there: int) -> Array:
    """Return the log-likelihood (G2) of the counts in two stretches of so many words."""
    share = (here + there) / max(size_here + size_there, 1)
    total = np.zeros(len(here))
    for counts, size in ((here, size_here), (there, size_there)):
        some = counts > 0
        total[some] += counts[some] * np.log(counts[some] / (size * share[some]))
    return 2 * total


def measure_ratio(here: Array, there: Array, size_here: int, size_there: int) -> Array:
    """Return the binary logarithm of how many times as often it stands here as there."""
    rates_here = np.maximum(here, _HALF) / max(size_here, 1)
    rates_there = np.maximum(there, _HALF) / max(size_there, 1)
    ratio: Array = np.log2(rates_here / rates_there)
    return ratio


def measure_dice(together: Array, one: int, other: Array) -> Array:
    """Return logDice: 14 where two never stand apart, one less for half as often together."""
    dice: Array = _DICE_MOST + np.log2(2 * together / (one + other))
    return dice


def measure_information(together: Array, expected: Array) -> Array:
    """Return MI: the binary logarithm of how many times as often as chance would have it."""
    information: Array = np.log2(together / expected)
    return information


def measure_unevenness(rows: Array, parts: Array, counts: Array, sizes: Array) -> Array:
    """Return DP of each row, 0 for quite even, to 1: its counts by part, of parts of these sizes.

    rows, parts and counts are parallel: row r stands counts times in the part.
    """
    shares = sizes / max(int(sizes.sum()), 1)
    totals = np.bincount(rows, counts)
    apart = np.abs(counts / totals[rows] - shares[parts]) - shares[parts]
    uneven: Array = (1 + np.bincount(rows, apart)) / 2
    return uneven


def count_distinct(rows: Array, values: Array, count: int) -> Array:
    """Return how many different values, none below 0, each of so many rows has."""
    base = int(values.max(initial=0)) + 1
    pairs = np.sort(rows.astype(np.int64) * base + values)
    fresh = np.append(True, pairs[1:] != pairs[:-1])[: len(pairs)]
    return np.bincount(pairs[fresh] // base, minlength=count)
