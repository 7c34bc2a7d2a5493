"""Which stretches of symbols stand several times, by sorting the places by what follows them.

Symbols are numbers, characters or words, 0 is a border that no stretch crosses. Equal stretches
then stand side by side in the order, so that counting them is a matter of differences.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from search.arrays.tables import Array

# A stretch is part of a longer one where in so large a share of its places that stands around it.
FOLDED_SHARE: Final = 0.9
_BITS: Final = 63


@dataclass(frozen=True, slots=True)
class Repeats:
    """Stretches that stand several times: one place of each, its size, how often it stands.

    All its places stand in order, from lows on.
    """

    places: Array
    sizes: Array
    counts: Array
    lows: Array
    order: Array

    def list_places(self, row: int) -> Array:
        """Return all places of a stretch, in no order."""
        low = int(self.lows[row])
        return self.order[low : low + int(self.counts[row])]


def find_repeats(
    symbols: Array, sizes: range, least: int, *, look: int, fold: bool = True
) -> Repeats:
    """Return the stretches of the sizes that stand at least so often.

    fold leaves out one that in nine of ten of its places is part of one and the same stretch of
    one symbol more that itself stands at least so often; stretches up to look symbols count.
    """
    order, common = _order_places(symbols, look)
    ranks = np.empty(len(order), dtype=np.int64)
    ranks[order] = np.arange(len(order))
    clear = _measure_clear(symbols)
    found: list[tuple[Array, ...]] = []
    longer: tuple[Array, Array] | None = None
    for size in range(look if fold else sizes[-1], sizes[0] - 1, -1):
        firsts = np.flatnonzero(common < size)
        counts = np.diff(np.append(firsts, len(order)))
        often = np.flatnonzero((counts >= least) & (clear[order[firsts]] >= size))
        kept = often
        if fold and longer is not None:
            around = _find_around(order, ranks, firsts, *longer)
            kept = often[around[often] < FOLDED_SHARE * counts[often]]
        if size in sizes:
            lows = firsts[kept]
            found.append((order[lows], np.full(len(kept), size), counts[kept], lows))
        longer = firsts[often], counts[often]
    columns = [np.concatenate([np.zeros(0, np.int64), *each]) for each in zip(*found, strict=True)]
    places, all_sizes, counts, lows = columns
    return Repeats(places, all_sizes, counts, lows, order)


def _find_around(order: Array, ranks: Array, firsts: Array, longer: Array, counts: Array) -> Array:
    """Return for each stretch how often the most frequent one stands that is a symbol longer."""
    most = np.zeros(len(firsts), dtype=np.int64)
    # That which begins with it, and that which ends with it.
    for at in (longer, ranks[order[longer] + 1]):
        np.maximum.at(most, firsts.searchsorted(at, side="right") - 1, counts)
    return most


def _order_places(symbols: Array, look: int) -> tuple[Array, Array]:
    """Return the places by the symbols from them on, and how many each shares with the last."""
    count = len(symbols)
    clear = _measure_clear(symbols)
    bits, place_bits = int(symbols.max(initial=0)).bit_length(), max(count, 1).bit_length()
    size = max(1, min(look, (_BITS - place_bits) // max(bits, 1)))
    padded = np.append(symbols, np.zeros(look + 1, dtype=symbols.dtype)).astype(np.int64)
    keys = np.zeros(count, dtype=np.int64)
    for at in range(size):
        # What lies behind a border is of no interest.
        keys = (keys << bits) | np.where(clear > at, padded[at : at + count], 0)
    order, ranks = _rank(keys, place_bits, bits * size)
    while size < look:
        step = min(size, look - size)
        after = np.append(ranks, np.zeros(step, dtype=np.int64))[step:] + 1
        keys = (ranks << place_bits) | np.where(clear > step, after, 0)
        order, ranks = _rank(keys, place_bits, 2 * place_bits)
        size += step
    return order, _measure_common(padded, order, look)


def _rank(keys: Array, place_bits: int, key_bits: int) -> tuple[Array, Array]:
    """Return the order of the places by key, and the number of each one's key among all."""
    if place_bits + key_bits <= _BITS:  # sorting numbers takes less time than sorting by them
        packed = (keys << place_bits) | np.arange(len(keys))
        packed.sort()
        order = packed & ((1 << place_bits) - 1)
        packed >>= place_bits
    else:
        order = np.argsort(keys, kind="stable")
        packed = keys[order]
    ranks = np.zeros(len(keys), dtype=np.int64)
    ranks[order[1:]] = np.cumsum(packed[1:] != packed[:-1])
    return order, ranks


def _measure_clear(symbols: Array) -> Array:
    """Return how many symbols from each place on there are before the next border."""
    borders = np.append(np.flatnonzero(symbols == 0), len(symbols))
    ahead = np.repeat(borders, np.diff(borders, prepend=-1))[: len(symbols)]
    return ahead - np.arange(len(symbols))


def _measure_common(padded: Array, order: Array, look: int) -> Array:
    """Return how many symbols, at most look, each place shares with the last one in the order."""
    common = np.zeros(len(order), dtype=np.int8)
    here, before, rows = order[1:], order[:-1], np.arange(1, len(order))
    for at in range(look):
        symbols = padded[here + at]
        same = np.flatnonzero((symbols == padded[before + at]) & (symbols > 0))
        here, before, rows = here[same], before[same], rows[same]
        common[rows] = at + 1
    return common
