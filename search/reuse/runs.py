"""Runs of equal characters: places of equal seeds, joined along their diagonals and grown."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from search.arrays.seeds import SEED
from search.arrays.tables import Array, Mask
from search.reuse.table import PassageTable, Side, Sides


def find_runs(sides: Sides, first: Array, second: Array, size: int = SEED) -> PassageTable:
    """Return the longest equal runs around pairs of places at which size characters are equal.

    The pairs come in order of second - first, then of first. No run leaves its texts.
    """
    if not len(first):
        return PassageTable.empty()
    texts = sides.first.find_texts(first), sides.second.find_texts(second)
    begins = np.ones(len(first), dtype=np.bool_)
    begins[1:] = (np.diff(second) != np.diff(first)) | (np.diff(first) > size)
    for text in texts:
        begins[1:] |= text[1:] != text[:-1]
    heads = begins.nonzero()[0]
    tails = np.append(heads[1:], len(first)) - 1
    first_text, second_text = texts[0][heads], texts[1][heads]
    start, length = first[heads], first[tails] + size - first[heads]
    gap = second[heads] - start
    ahead = _grow(sides, (first_text, second_text), (start + length, start + length + gap), 1)
    behind = _grow(sides, (first_text, second_text), (start - 1, start - 1 + gap), -1)
    start, length = start - behind, length + ahead + behind
    # Grown over a place without seeds it met the next run of its diagonal, which is the same.
    own = np.ones(len(start), dtype=np.bool_)
    own[1:] = (np.diff(gap) != 0) | (np.diff(start) != 0)
    found = PassageTable(
        start,
        start + length,
        start + gap,
        start + gap + length,
        first_text,
        second_text,
        length,
        length,
    )
    return found.take(own)


def _grow(sides: Sides, texts: tuple[Array, Array], places: tuple[Array, Array], by: int) -> Array:
    """Return how many characters are equal from each pair of places on, in the direction."""
    grown = np.zeros(len(places[0]), dtype=np.int64)
    live = np.arange(len(grown))
    one, other = (place.copy() for place in places)
    while len(live):
        inside = _is_inside(sides.first, texts[0][live], one[live])
        inside &= _is_inside(sides.second, texts[1][live], other[live])
        live = live[inside]
        live = live[sides.first.content[one[live]] == sides.second.content[other[live]]]
        grown[live] += 1
        one[live] += by
        other[live] += by
    return grown


def _is_inside(side: Side, texts: Array, places: Array) -> Mask:
    inside: Mask = (places >= side.starts[texts]) & (places < side.starts[texts + 1])
    return inside


def keep_equal(sides: Sides, first: Array, second: Array) -> tuple[Array, Array]:
    """Return those pairs of places whose next eight characters are equal: hashes may meet."""
    for at in range(SEED):
        same = sides.first.content[first + at] == sides.second.content[second + at]
        if not same.all():
            first, second = first[same], second[same]
    return first, second


def spread(starts: Array, counts: Array) -> Array:
    """Return starts[i], starts[i] + 1 … for each i, counts[i] of them."""
    before = np.cumsum(counts) - counts
    steps: Array = np.arange(int(counts.sum())) - np.repeat(before, counts)
    return np.repeat(starts, counts) + steps


def sort_pairs(pairs: Sequence[Array]) -> tuple[Array, Array]:
    """Return the pairs of places in the order that find_runs takes."""
    first, second = pairs
    order = np.lexsort((first, second - first))
    return first[order], second[order]
