"""One pair of texts looked at in depth: what was edited so much that no long seed is left."""

from __future__ import annotations

from typing import Final

import numpy as np

from search.arrays.seeds import LEAST_RUN, SEED, Content, choose_seeds
from search.arrays.tables import Array
from search.reuse.chains import LEAST_PIECES, extend, join_runs
from search.reuse.runs import find_runs, keep_equal, sort_pairs, spread
from search.reuse.table import PassageTable, Side, Sides

_SHORT_SEED: Final = 4
# Strings of four that stand more often in the other text say nothing.
_OFTEN: Final = 6
_GAP: Final = 24
_DRIFT: Final = 10
# Runs before one that its passage may go on from; what a skipped and a shifted character cost.
_LOOK_BACK: Final = 60
_SKIPPED: Final = 0.15
_SHIFTED: Final = 0.5
_LEAST_MEMBERS: Final = 3


def compare_pair(first: Content, second: Content) -> PassageTable:
    """Return all passages that two texts share, heavily edited ones and moved ones too."""
    sides = Sides(Side.of_text(first), Side.of_text(second))
    short, long = _pair_grams(first, second), _pair_seeds(first, second)
    pairs = [np.concatenate(both) for both in zip(short, long, strict=True)]
    runs = find_runs(sides, *sort_pairs(pairs), size=_SHORT_SEED)
    return join_runs(extend(sides, _chain(runs)))


def _pair_grams(first: Content, second: Content) -> tuple[Array, Array]:
    """Return the places of equal strings of four characters."""
    ours, theirs = _read_grams(first), _read_grams(second)
    order = np.argsort(theirs, kind="stable")
    theirs = theirs[order]
    low = theirs.searchsorted(ours, side="left")
    counts = theirs.searchsorted(ours, side="right") - low
    counts[counts > _OFTEN] = 0
    places = np.repeat(np.arange(len(ours)), counts)
    return places, order[spread(low, counts)]


def _pair_seeds(first: Content, second: Content) -> tuple[Array, Array]:
    """Return the places of equal seeds, however often they stand: no long run is passed over."""
    (ours, places), (theirs, others) = choose_seeds(first), choose_seeds(second)
    order = np.argsort(theirs, kind="stable")
    low = theirs[order].searchsorted(ours, side="left")
    counts = theirs[order].searchsorted(ours, side="right") - low
    pairs = np.repeat(places, counts), others[order[spread(low, counts)]]
    return keep_equal(Sides(Side.of_text(first), Side.of_text(second)), *pairs)


def _read_grams(content: Content) -> Array:
    count = max(0, len(content) - _SHORT_SEED + 1)
    grams = np.zeros(count, dtype=np.uint64)
    for at in range(_SHORT_SEED):
        grams = (grams << np.uint64(16)) | content[at : at + count]
    return grams


def _chain(runs: PassageTable) -> PassageTable:
    """Return the best chains of runs by dynamic programming, each run in one of them at most."""
    runs = runs.take(np.lexsort((runs.second_start, runs.first_start)))
    score, back = _score_chains(runs)
    used = np.zeros(len(runs), dtype=np.bool_)
    chains = []
    for end in np.argsort(-score, kind="stable"):
        if score[end] < LEAST_RUN:
            break
        members = []
        at = int(end)
        while at >= 0 and not used[at]:
            members.append(at)
            used[at] = True
            at = int(back[at])
        if members and _is_passage(runs, members):
            chains.append(_join(runs, np.array(members)))
    return PassageTable.join(chains)


def _score_chains(runs: PassageTable) -> tuple[Array, Array]:
    """Return for each run what the best chain that ends with it is worth, and the run before."""
    score = runs.longest.astype(np.float64)
    back = np.full(len(runs), -1)
    first, second = (runs.first_start, runs.first_end), (runs.second_start, runs.second_end)
    for at in range(1, len(runs)):
        low = max(0, at - _LOOK_BACK)
        gap = first[0][at] - first[1][low:at]
        other = second[0][at] - second[1][low:at]
        over = np.maximum(0, -np.minimum(gap, other))
        wide = np.maximum(gap, other)
        shift = np.abs(gap - other)
        fits = (wide <= _GAP) & (shift <= _DRIFT) & (over < runs.longest[at])
        fits &= (first[0][low:at] < first[0][at]) & (second[0][low:at] < second[0][at])
        if fits.any():
            cost = _SKIPPED * np.maximum(0, wide) + _SHIFTED * shift + over
            gain = np.where(fits, score[low:at] - cost, -1.0)
            best = int(gain.argmax())
            if gain[best] > 0:
                score[at] = runs.longest[at] + gain[best]
                back[at] = low + best
    return score, back


def _is_passage(runs: PassageTable, members: list[int]) -> bool:
    longest = int(runs.longest[members].max())
    if longest >= LEAST_RUN:
        return True
    matched = int(runs.longest[members].sum())
    return matched >= LEAST_PIECES and (len(members) >= _LEAST_MEMBERS or longest >= SEED)


def _join(runs: PassageTable, members: Array) -> PassageTable:
    one = runs.take(members)
    columns = (
        one.first_start.min(),
        one.first_end.max(),
        one.second_start.min(),
        one.second_end.max(),
        0,
        0,
        one.longest.max(),
        one.longest.sum(),
    )
    return PassageTable(*(np.array([value], dtype=np.int64) for value in columns))
