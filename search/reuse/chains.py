"""Passages: runs that follow one another in both texts, grown over edited characters."""

from __future__ import annotations

from typing import Final

import numpy as np

from search.arrays.seeds import LEAST_RUN
from search.arrays.tables import Array, Mask
from search.reuse.table import PassageTable, Side, Sides

# What may stand between two runs of a passage, and by how much it may differ in length.
GAP: Final = 48
DRIFT: Final = 24
# Equal characters of a passage: so many in a row, or so many in pieces.
LEAST_PIECES: Final = 16
# Characters looked at beyond an end at a time, insertions and deletions tried, steps at most.
_REACH: Final = 48
_BAND: Final = 6
_STEPS: Final = 8
# Characters in a row that count as equal beyond an end; what each and each other one weighs.
_TRIPLE: Final = 3
_MISS: Final = -0.7
_LEAST_SCORE: Final = 2.5
_ROWS_AT_ONCE: Final = 20_000


def find_passages(sides: Sides, runs: PassageTable) -> PassageTable:
    """Return the passages that the runs make, edited characters inside and at the ends included."""
    return join_runs(extend(sides, join_runs(runs)))


def join_runs(runs: PassageTable) -> PassageTable:
    """Return runs that follow one another in both texts as one, and only those long enough."""
    if not len(runs):
        return runs
    runs = runs.take(np.lexsort((runs.first_start, runs.second_text, runs.first_text)))
    between = runs.first_start[1:] - runs.first_end[:-1]
    other = runs.second_start[1:] - runs.second_end[:-1]
    begins = np.ones(len(runs), dtype=np.bool_)
    begins[1:] = (np.maximum(between, other) > GAP) | (other < -DRIFT)
    begins[1:] |= np.abs(other - between) > DRIFT
    begins[1:] |= np.diff(runs.first_text) != 0
    begins[1:] |= np.diff(runs.second_text) != 0
    heads = begins.nonzero()[0]
    joined = PassageTable(
        runs.first_start[heads],
        np.maximum.reduceat(runs.first_end, heads),
        np.minimum.reduceat(runs.second_start, heads),
        np.maximum.reduceat(runs.second_end, heads),
        runs.first_text[heads],
        runs.second_text[heads],
        np.maximum.reduceat(runs.longest, heads),
        np.add.reduceat(runs.matched, heads),
    )
    return joined.take((joined.longest >= LEAST_RUN) | (joined.matched >= LEAST_PIECES))


def extend(sides: Sides, passages: PassageTable) -> PassageTable:
    """Return the passages with both ends moved out over what is equal but for some edits."""
    for direction in (1, -1):
        columns = [np.array(getattr(passages, name)) for name in _MOVED]
        live = np.arange(len(passages))
        for _ in range(_STEPS):
            parts = [
                _extend_once(sides, passages, columns, live[at : at + _ROWS_AT_ONCE], direction)
                for at in range(0, len(live), _ROWS_AT_ONCE)
            ]
            live = np.concatenate(parts) if parts else live
            if not len(live):
                break
        passages = passages.change(**dict(zip(_MOVED, columns, strict=True)))
    return passages


_MOVED: Final = ("first_start", "first_end", "second_start", "second_end", "matched")


def _extend_once(
    sides: Sides, passages: PassageTable, columns: list[Array], rows: Array, direction: int
) -> Array:
    """Move one end of the rows; return those that may go on."""
    first_start, first_end, second_start, second_end, matched = columns
    ahead = direction > 0
    first = first_end[rows] if ahead else first_start[rows] - 1
    second = second_end[rows] if ahead else second_start[rows] - 1
    one = first[:, None] + direction * np.arange(_REACH)
    other = second[:, None] + direction * np.arange(-_BAND, _REACH + _BAND)
    # Places outside a text equal nothing, those of the other text either.
    left = _read(sides.first, passages.first_text[rows], one, 1)
    right = _read(sides.second, passages.second_text[rows], other, 2)
    hit, shift = _match_band(left, right)
    score = np.cumsum(np.where(hit, 1.0, _MISS), axis=1)
    best = score.argmax(axis=1)
    row = (score[np.arange(len(rows)), best] >= _LEAST_SCORE).nonzero()[0]
    rows, best = rows[row], best[row]
    size = best + 1
    size_second = size + shift[row, best]
    if ahead:
        first_end[rows] += size
        second_end[rows] = np.maximum(second_end[rows] + size_second, second_start[rows] + 1)
    else:
        first_start[rows] -= size
        second_start[rows] = np.minimum(second_start[rows] - size_second, second_end[rows] - 1)
    matched[rows] += hit[row].cumsum(axis=1)[np.arange(len(row)), best]
    going: Array = rows[size > _REACH // 2]
    return going


def _match_band(left: Array, right: Array) -> tuple[Mask, Array]:
    """Return which characters stand in three equal ones in a row, and how far off in the other."""
    hit = np.zeros(left.shape, dtype=np.bool_)
    shift = np.zeros(left.shape, dtype=np.int8)
    for at in sorted(range(2 * _BAND + 1), key=lambda at: -abs(at - _BAND)):
        same = left == right[:, at : at + left.shape[1]]
        three = same[:, :-2] & same[:, 1:-1] & same[:, 2:]
        wide = np.zeros_like(hit)
        for back in range(_TRIPLE):
            wide[:, back : left.shape[1] - _TRIPLE + 1 + back] |= three
        hit |= wide
        shift[wide] = at - _BAND
    return hit, shift


def _read(side: Side, texts: Array, places: Array, nothing: int) -> Array:
    low, high = side.starts[texts][:, None], side.starts[texts + 1][:, None]
    inside = (places >= low) & (places < high)
    if not len(side.content):
        return np.full(places.shape, nothing, dtype=np.uint16)
    content = side.content[np.clip(places, 0, len(side.content) - 1)]
    return np.where(inside, content, np.uint16(nothing))
