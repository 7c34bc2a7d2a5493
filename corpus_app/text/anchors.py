"""Stretches that are the same place in two texts: they stand equally often in both."""

from __future__ import annotations

from bisect import bisect_left
from functools import partial

import numpy as np
import numpy.typing as npt

from corpus_app.text.shingles import BASE, Shingles, roll_shingles
from corpus_app.text.spans import Block

Numbers = npt.NDArray[np.int64]


def find_anchors(first: str, second: str, size: int, most: int) -> list[Block]:
    """Return stretches of size or more characters that are the same place in both texts.

    They stand at most so often in either, and ascend in both.
    """
    if min(len(first), len(second)) < size:
        return []
    here, there = _pair_shingles(first, second, size, most)
    chosen: list[Block] = []
    for run in _keep_ascending(_collect_runs(here, there, size)):
        a, b, length = run
        if chosen:
            last = chosen[-1]
            cut = max(last.first + last.length - a, last.second + last.length - b, 0)
            a, b, length = a + cut, b + cut, length - cut
        # Equal numbers are not yet equal words.
        if length >= size and first[a : a + length] == second[b : b + length]:
            chosen.append(Block(a, b, length))
    return chosen


def _pair_shingles(first: str, second: str, size: int, most: int) -> tuple[Numbers, Numbers]:
    """Return the offsets of the shingles that stand equally often in both, sorted by the first."""
    take = _list_unique if most == 1 else partial(_rank_shingles, most=most)
    (mine, mine_at), (theirs, theirs_at) = take(first, size), take(second, size)
    order = np.searchsorted(theirs, mine)
    order[order == len(theirs)] = 0
    same = theirs[order] == mine if len(theirs) else np.zeros(len(mine), bool)
    here, there = mine_at[same], theirs_at[order[same]]
    by_place = np.argsort(here, kind="stable")
    return here[by_place], there[by_place]


def _list_unique(text: str, size: int) -> tuple[Shingles, Numbers]:
    """Return the sorted numbers of the shingles that stand once, and their offsets."""
    shingles = roll_shingles(text, size)
    order = np.argsort(shingles)
    ranked = shingles[order]
    new = np.concatenate(([True], ranked[1:] != ranked[:-1], [True]))
    once = new[1:] & new[:-1]
    return ranked[once], order[once]


def _rank_shingles(text: str, size: int, most: int) -> tuple[Shingles, Numbers]:
    """Return sorted numbers, each of one shingle and which of how many it is, and its offset."""
    shingles = roll_shingles(text, size)
    order = np.argsort(shingles, kind="stable")
    ranked = shingles[order]
    new = np.empty(len(ranked), bool)
    new[0], new[1:] = True, ranked[1:] != ranked[:-1]
    starts = np.flatnonzero(new)
    counts = np.diff(np.append(starts, len(ranked)))
    group = np.cumsum(new) - 1
    rank, count = np.arange(len(ranked)) - starts[group], counts[group]
    few = count <= most
    which = (count * (most + 1) + rank).astype(np.uint64)
    numbers = (ranked * BASE + which)[few]
    offsets = order[few]
    by_number = np.argsort(numbers, kind="stable")
    return numbers[by_number], offsets[by_number]


def _collect_runs(here: Numbers, there: Numbers, size: int) -> list[Block]:
    """Return the stretches that pairs of shingles make together where they go on unbroken."""
    if not len(here):
        return []
    breaks = np.flatnonzero((np.diff(here) > size) | (np.diff(there - here) != 0)) + 1
    starts = np.concatenate(([0], breaks))
    ends = np.concatenate((breaks, [len(here)])) - 1
    lengths = here[ends] - here[starts] + size
    triples = zip(here[starts].tolist(), there[starts].tolist(), lengths.tolist(), strict=True)
    return [Block(*triple) for triple in triples]


def _keep_ascending(runs: list[Block]) -> list[Block]:
    """Return the runs, sorted by their first place, that ascend in the second and are longest.

    The classic longest ascending chain, by length in characters: for each second place the best
    chain that ends before it stands in a tree of prefixes.
    """
    places = sorted({run.second for run in runs})
    best = [0] * (len(places) + 1)
    owner = [-1] * (len(places) + 1)
    chain = [-1] * len(runs)
    for number, run in enumerate(runs):
        rank = bisect_left(places, run.second)
        total, at = 0, rank
        while at > 0:
            if best[at] > total:
                total, chain[number] = best[at], owner[at]
            at -= at & -at
        total, at = total + run.length, rank + 1
        while at <= len(places):
            if best[at] < total:
                best[at], owner[at] = total, number
            at += at & -at
    top, at = max(zip(best, owner, strict=True)), len(places)
    kept, number = [], top[1] if at else -1
    while number >= 0:
        kept.append(runs[number])
        number = chain[number]
    return kept[::-1]
