"""Words of texts as numbers, neighbours that belong together made one: 营商 环境 is 营商环境."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from search.analysis.words import load_segmenter, split_runs
from search.arrays.tables import Array

# Fewer places say too little of how a word is used.
LEAST: Final = 20
# From this normalised pointwise mutual information on two neighbours are one expression.
_TOGETHER: Final = 0.5
_ROUNDS: Final = 2
_LONGEST: Final = 12
# No window reaches from one text into the next.
GAP: Final = 8
# Characters cut at a time.
_BATCH: Final = 1_000_000
_BORDER: Final = "\n"


@dataclass(frozen=True)
class UnitRun:
    """All texts as numbers of units in a row, -1 for what is none; names and counts by number."""

    numbers: Array
    names: list[str]
    counts: Array


def read_units(texts: Iterable[str]) -> UnitRun:
    """Return the units of the texts that stand in LEAST places or more, the most frequent first."""
    run = _keep_frequent(*_number_words(texts))
    for _ in range(_ROUNDS):
        run = _join_neighbours(run)
    return _keep_frequent(run.numbers, run.names)


def _number_words(texts: Iterable[str]) -> tuple[Array, list[str]]:
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    border = [numbers[_BORDER]] * GAP
    parts: list[Array] = []
    runs: list[str] = []
    size = 0

    def cut() -> None:
        found: list[int] = []
        for pieces in load_segmenter().cut_runs(runs):
            found.extend(map(numbers.__getitem__, pieces) if pieces else border)
        parts.append(np.array(found, dtype=np.int32))
        runs.clear()

    for text in texts:
        runs += [*split_runs(text), ""]
        size += len(text)
        if size > _BATCH:
            cut()
            size = 0
    cut()
    return np.concatenate(parts), list(numbers)


def _keep_frequent(numbers: Array, names: list[str]) -> UnitRun:
    """Return the run with rare units and what is no word as -1, numbered by frequency."""
    counts = np.bincount(numbers[numbers >= 0], minlength=len(names))
    words = np.array([_is_word(name) for name in names], dtype=np.bool_)
    kept = np.flatnonzero(words & (counts >= LEAST))
    # By name among equals: the order in which texts are read does not matter.
    order = sorted(kept.tolist(), key=lambda at: (-int(counts[at]), names[at]))
    new = np.full(len(names) + 1, -1, dtype=np.int32)
    new[order] = np.arange(len(order))
    return UnitRun(new[numbers], [names[at] for at in order], counts[order])


def _is_word(name: str) -> bool:
    return any(not char.isascii() and char.isalpha() for char in name)


def _join_neighbours(run: UnitRun) -> UnitRun:
    """Return the run with pairs of neighbours that mostly stand together as units of their own."""
    first, second = run.numbers[:-1], run.numbers[1:]
    at = np.flatnonzero((first >= 0) & (second >= 0))
    keys = first[at].astype(np.int64) * len(run.names) + second[at]
    pairs, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
    total = max(1, len(at))
    one, other = pairs // len(run.names), pairs % len(run.names)
    share = counts / total
    expected = run.counts[one] / total * (run.counts[other] / total)
    with np.errstate(divide="ignore", invalid="ignore"):
        together = np.log(share / expected) / -np.log(share)
    sizes = np.array([len(name) for name in run.names], dtype=np.int64)
    chosen = (counts >= LEAST) & (together > _TOGETHER) & (sizes[one] + sizes[other] <= _LONGEST)
    numbers = np.cumsum(chosen) - 1 + len(run.names)
    hit = chosen[inverse]
    places = _part(at[hit])
    joined = run.numbers.copy()
    joined[at[hit][places]] = numbers[inverse[hit][places]]
    left = np.ones(len(joined), dtype=np.bool_)
    left[at[hit][places] + 1] = False
    names = [*run.names]
    rows = np.flatnonzero(chosen).tolist()
    names += [run.names[int(one[row])] + run.names[int(other[row])] for row in rows]
    return _merge_names(joined[left], names)


def _part(at: Array) -> Array:
    """Return which of rising places are taken: of some in a row every other one."""
    starts = np.append(True, np.diff(at) != 1)[: len(at)]
    begin = np.maximum.accumulate(np.where(starts, np.arange(len(at)), 0))
    rows: Array = (np.arange(len(at)) - begin) % 2 == 0
    return rows


def _merge_names(numbers: Array, names: list[str]) -> UnitRun:
    """Return the run with units of one name as one: 高质量 发展 and 高 质量发展."""
    known: dict[str, int] = {}
    new = np.array([known.setdefault(name, len(known)) for name in names] + [-1], dtype=np.int32)
    merged = new[numbers]
    counts = np.bincount(merged[merged >= 0], minlength=len(known))
    return UnitRun(merged, list(known), counts)
