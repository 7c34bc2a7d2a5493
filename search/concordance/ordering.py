"""Which lines of a concordance are sampled, and how they are sorted."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from corpus_app.text.chars import write_text
from search.arrays.store import ArrayIndex
from search.arrays.tables import Array
from search.concordance.collation import RANK_BITS, Ranks, rank_characters, sort_texts
from search.concordance.request import Collation, ConcordanceRequest
from search.study.places import Places

Side = Literal["left", "right"]
_PACKED: Final = 3
_UNDATED: Final = np.iinfo(np.int64).max
_WEB_ADDRESS: Final = "http"


def draw_sample(places: Places, size: int, seed: int) -> Places:
    """Return size of the places in their order, or all where there are no more.

    Each place has a fixed number for each seed and the lowest are drawn; so a growing corpus
    replaces single lines of a sample, and sorting has no influence on it.
    """
    if size >= len(places):
        return places
    numbers = _scatter(np.full(len(places), seed, dtype=np.uint64))
    columns = (
        places.speech_ids,
        places.zones,
        places.starts - places.lows,
        places.ends - places.starts,
    )
    for column in columns:
        numbers = _scatter(numbers ^ column.astype(np.uint64))
    return places.take(np.sort(np.argsort(numbers, kind="stable")[:size]))


def _scatter(numbers: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Return well-mixed numbers (the finaliser of SplitMix64); equal ones stay equal."""
    mixed = numbers + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def order_places(
    index: ArrayIndex, places: Places, request: ConcordanceRequest, window: range
) -> Array:
    """Return the rows of places in the order asked for; what is alike stays as it was.

    Only the rows of the window are sure to stand where they belong.
    """
    if request.sort == "left" or request.sort == "right":
        ranks = rank_characters(request.collation)
        return order_by_neighbours(index, places, request.sort, request.context, ranks, window)
    if request.sort == "source":
        return np.argsort(_rank_sources(index, places, request.collation), kind="stable")
    dates = places.dates.astype(np.int64)
    keys = -dates if request.sort == "-date" else dates
    return np.argsort(np.where(dates == 0, _UNDATED, keys), kind="stable")


def order_by_neighbours(
    index: ArrayIndex, places: Places, side: Side, depth: int, ranks: Ranks, window: range
) -> Array:
    """Return the rows by the depth characters before (read backwards) or after the places.

    Only what is still alike and may belong into the window is compared further, three
    characters at a time.
    """
    window = range(*slice(window.start, window.stop).indices(len(places)))
    if not window:
        return np.arange(len(places))
    order = np.arange(len(places))
    groups = np.zeros(len(places), dtype=np.int64)
    tied = np.arange(len(places))
    for first in range(0, depth, _PACKED):
        if not len(tied):
            break
        width = min(_PACKED, depth - first)
        keys = _read_keys(index, places, order[tied], side, first, width, ranks)
        sorting = np.lexsort((keys, groups[tied]))
        order[tied] = order[tied][sorting]
        keys = keys[sorting]
        opens = np.ones(len(tied), dtype=np.bool_)
        opens[1:] = (np.diff(groups[tied]) != 0) | (keys[1:] != keys[:-1])
        # A group is known by its first place, which keeps groups in order.
        groups[tied] = np.maximum.accumulate(np.where(opens, tied, -1))
        tied = tied[~opens | np.append(~opens[1:], False)]
        lowest, highest = groups[window[0]], groups[window[-1]]
        tied = tied[(groups[tied] >= lowest) & (groups[tied] <= highest)]
    return order


def _read_keys(
    index: ArrayIndex,
    places: Places,
    rows: Array,
    side: Side,
    first: int,
    width: int,
    ranks: Ranks,
) -> npt.NDArray[np.uint64]:
    """Return the ranks of neighbours first, first + 1 … packed into one number for each row."""
    keys = np.zeros(len(rows), dtype=np.uint64)
    for number, live in enumerate(index.segments):
        here = np.flatnonzero(places.segments[rows] == number)
        own = rows[here]
        packed = np.zeros(len(own), dtype=np.uint64)
        for distance in range(first, first + width):
            if side == "right":
                at = places.ends[own] + distance
                inside = at < places.highs[own]
            else:
                at = places.starts[own] - 1 - distance
                inside = at >= places.lows[own]
            neighbours = live.segment.codes[np.where(inside, at, places.starts[own])]
            rank = np.where(inside, ranks[neighbours], 0).astype(np.uint64)
            packed = (packed << np.uint64(RANK_BITS)) | rank
        keys[here] = packed
    return keys


def _rank_sources(index: ArrayIndex, places: Places, collation: Collation) -> Array:
    """Return for each row the rank of its source's name; those without a name come last."""
    speeches, inverse = np.unique(places.speech_ids, return_inverse=True)
    names = _read_sources(index, speeches)
    ordered = sort_texts(set(names.values()) - {""}, collation)
    rank_of = {name: at for at, name in enumerate(ordered)}
    ranks = [rank_of.get(names[speech], len(ordered)) for speech in speeches.tolist()]
    return np.array(ranks, dtype=np.int64)[inverse]


def _read_sources(index: ArrayIndex, wanted: Array) -> dict[int, str]:
    names = {}
    for live in index.segments:
        speech_ids = live.segment.speech_ids
        starts, ends = live.segment.zone("source")
        for at in np.flatnonzero(live.alive & np.isin(speech_ids, wanted)):
            text = write_text(live.segment.codes[int(starts[at]) : int(ends[at])])
            # The zone holds the name and then the web address.
            names[int(speech_ids[at])] = text.partition(_WEB_ADDRESS)[0]
    return names
