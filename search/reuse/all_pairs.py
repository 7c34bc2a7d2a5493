"""All passages that any two texts of the corpus share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from search.arrays.tables import Array, Mask
from search.reuse.chains import find_passages
from search.reuse.corpus import ReuseCorpus
from search.reuse.finding import MOST_PLACES
from search.reuse.runs import find_runs, keep_equal, spread
from search.reuse.table import PassageTable, Side, Sides

# A seed in more places leads from its first text to each other one, not from each to each.
_CLIQUE: Final = 24
_PLACE: Final = np.uint64(32)
_LOW: Final = np.uint64(0xFFFFFFFF)
# Pairs of columns of one size made at a time.
_COLUMNS: Final = 32


def find_all_pairs(corpus: ReuseCorpus) -> PassageTable:
    """Return the passages of all pairs of texts, each pair once, the one with the lower number.

    Places count in each text. Of a seed in more than 24 places only pairs with its first text
    are looked at, of one in more than 400 none: it is a formula.
    """
    side, keys = _join(corpus)
    packed = np.concatenate([np.zeros(0, dtype=np.uint64), *_pair_keys(corpus, side, keys)])
    del keys
    packed.sort()
    first = (packed & _LOW).astype(np.int64)
    second = (packed >> _PLACE).astype(np.int64) + first
    del packed
    sides = Sides(side, side)
    runs = find_runs(sides, first, second)
    del first, second
    found = find_passages(sides, runs)
    ours, theirs = side.starts[found.first_text], side.starts[found.second_text]
    return found.change(
        first_start=found.first_start - ours,
        first_end=found.first_end - ours,
        second_start=found.second_start - theirs,
        second_end=found.second_end - theirs,
    )


def _join(corpus: ReuseCorpus) -> tuple[Side, Array]:
    """Return all texts in a row, and the sorted hashes << 32 | place of their seeds."""
    contents, starts, keys, at = [], [np.zeros(1, dtype=np.int64)], [], 0
    for seeds in corpus.segments:
        contents.append(seeds.content[:])
        starts.append(seeds.starts[1:] + at)
        places = seeds.places[:].astype(np.uint64) + np.uint64(at)
        keys.append((seeds.hashes[:].astype(np.uint64) << _PLACE) | places)
        at += len(seeds.content)
    none = np.zeros(0, dtype=np.uint64)
    joined = np.concatenate(keys) if keys else none
    if len(keys) > 1:
        joined.sort()
    content = np.concatenate([none.astype(np.uint16), *contents])
    return Side(content, np.concatenate(starts)), joined


def _pair_keys(corpus: ReuseCorpus, side: Side, keys: Array) -> Iterator[Array]:
    """Yield pairs of places of equal seeds, packed as their distance << 32 | the first one."""
    hashes = (keys >> _PLACE).astype(np.uint32)
    heads = np.append(True, hashes[1:] != hashes[:-1]).nonzero()[0] if len(keys) else hashes
    del hashes
    sizes = np.diff(np.append(heads, len(keys)))
    for size in range(2, _CLIQUE + 1):
        rows = heads[sizes == size]
        places = (keys[rows[:, None] + np.arange(size)] & _LOW).astype(np.int64)
        one, other = np.triu_indices(size, 1)
        for at in range(0, len(one), _COLUMNS):
            part = slice(at, at + _COLUMNS)
            pair = places[:, one[part]].ravel(), places[:, other[part]].ravel()
            yield _pack(corpus, side, *pair)
    many = (sizes > _CLIQUE) & (sizes <= MOST_PLACES)
    counts = sizes[many] - 1
    star = np.repeat(heads[many], counts), spread(heads[many] + 1, counts)
    yield _pack(corpus, side, *((keys[at] & _LOW).astype(np.int64) for at in star))


def _pack(corpus: ReuseCorpus, side: Side, first: Array, second: Array) -> Array:
    ours, theirs = side.find_texts(first), side.find_texts(second)
    told: Mask = corpus.versions[ours] != corpus.versions[theirs]
    told &= corpus.alive[ours] & corpus.alive[theirs]
    first, second = keep_equal(Sides(side, side), first[told], second[told])
    packed: Array = ((second - first).astype(np.uint64) << _PLACE) | first.astype(np.uint64)
    return packed
