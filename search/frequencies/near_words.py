"""The words within a window around occurrences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from search.arrays.segment import Segment
from search.arrays.steps import (
    find_step_speeches,
    find_steps,
    list_ranges,
)
from search.arrays.tables import Array
from search.frequencies.corpus_words import CorpusWords, load_corpus_words
from search.frequencies.measures import count_distinct
from search.study.opening import Study
from search.study.places import Places


@dataclass(frozen=True)
class Neighbourhood:
    """What stands near: parallel rows of counts, near and in all.

    near_size and size are how many there are in all, near and altogether. write gives the
    characters of a row, count_speeches tells for rows in how many speeches they stand near.
    """

    counts: Array
    totals: Array
    near_size: int
    size: int
    write: Callable[[int], str]
    count_speeches: Callable[[Array], Array]
    skipped: int = 0


def count_near_words(study: Study, window: int, side: str, least: int, _size: int) -> Neighbourhood:
    """Return the words that stand at least so often within a window of words.

    A window ends where title, subtitle or text does; a word in two windows counts once, and one
    that belongs to an occurrence does not count.
    """
    words = load_corpus_words(study.index)
    steps = [
        _find_near(live.segment, _take(study.places, number), window, side)
        for number, live in enumerate(study.index.segments)
    ]
    near = np.zeros(len(words), dtype=np.int64)
    for live, own, found in zip(study.index.segments, words.maps, steps, strict=True):
        numbers = live.segment.words.numbers[found]
        near[own] += np.bincount(numbers, minlength=len(own))
    near[0] = 0
    totals = words.count(study.limited)
    rows = np.flatnonzero(near >= least)
    return Neighbourhood(
        counts=near[rows],
        totals=totals[rows],
        near_size=int(near.sum()),
        size=int(totals.sum()),
        write=lambda row: words.write(int(rows[row])),
        count_speeches=lambda asked: _count_speeches(words, steps, rows[asked]),
    )


def _take(places: Places, number: int) -> Places:
    return places.take(np.flatnonzero(places.segments == number))


def _find_near(segment: Segment, places: Places, window: int, side: str) -> Array:
    """Return the steps near the places, each once, without those of the places themselves."""
    if not len(places):
        return np.zeros(0, dtype=np.int64)
    sizes = segment.words.sizes
    first, start = find_steps(segment, places.starts)
    last, _ = find_steps(segment, places.ends - 1)
    # A place that begins behind a word, with marks, does not hold that word.
    first = first + (places.starts >= start + sizes[segment.words.numbers[first]])
    last = np.maximum(last + 1, first)
    lowest, highest = _find_zones(segment, places)
    marked = np.zeros(len(segment.words.numbers), dtype=np.bool_)
    if side != "right":
        low = np.maximum(first - window, lowest)
        marked[list_ranges(low, np.maximum(first - low, 0))] = True
    if side != "left":
        high = np.minimum(last + window, highest)
        marked[list_ranges(last, np.maximum(high - last, 0))] = True
    marked[list_ranges(first, last - first)] = False
    return np.flatnonzero(marked)


def _find_zones(segment: Segment, places: Places) -> tuple[Array, Array]:
    """Return the first step, and the one after the last, of each place's title or text."""
    # Most places share their title or text with the one before.
    fresh = np.append(True, places.lows[1:] != places.lows[:-1])
    rows = np.cumsum(fresh) - 1
    found = []
    for edges in (places.lows[fresh], places.highs[fresh]):
        # Marks at the start of a text, and its border, belong to a step from before.
        steps, starts = find_steps(segment, edges)
        found.append((steps + (starts < edges))[rows])
    return found[0], found[1]


def _count_speeches(words: CorpusWords, steps: list[Array], numbers: Array) -> Array:
    counts = np.zeros(len(numbers), dtype=np.int64)
    place = np.full(len(words), -1, dtype=np.int32)
    place[numbers] = np.arange(len(numbers))
    for live, own, found in zip(words.index.segments, words.maps, steps, strict=True):
        rows = place[own][live.segment.words.numbers[found]]
        told = rows >= 0
        speeches = find_step_speeches(live.segment, found[told])
        counts += count_distinct(rows[told], speeches, len(numbers))
    return counts
