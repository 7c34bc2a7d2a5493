"""The strings of a few characters within a window around occurrences, without any segmenter."""

from __future__ import annotations

from typing import Final

import numpy as np

from corpus_app.text.chars import write_text
from search.arrays.seeds import find_content
from search.arrays.segment import Segment
from search.arrays.steps import list_ranges
from search.arrays.store import LiveSegment
from search.arrays.tables import Array, Mask
from search.frequencies.measures import count_distinct
from search.frequencies.near_words import Neighbourhood
from search.study.opening import Study
from search.study.places import Places

# More strings are not looked for in the whole corpus: the rarest are left out, and it is said.
MOST_STRINGS: Final = 300
_BITS: Final = 16
# Characters whose places the arrays hold without a search.
_PAIR: Final = 2


def count_near_strings(
    study: Study, window: int, side: str, least: int, size: int
) -> Neighbourhood:
    """Return the strings of so many characters that stand at least so often within a window.

    They hold letters, digits and characters alone, lie in the window whole, and none crosses an
    occurrence; one that lies in two windows counts once.
    """
    found = [
        _find_near(live.segment, _take(study.places, number), window, side, size)
        for number, live in enumerate(study.index.segments)
    ]
    near = [
        live.segment.codes[starts[:, np.newaxis] + np.arange(size)]
        for live, starts in zip(study.index.segments, found, strict=True)
    ]
    grams, rows, counts = _count_rows(near, size)
    often = np.flatnonzero(counts >= least)
    kept = often[np.argsort(-counts[often], kind="stable")[:MOST_STRINGS]]
    owners = _list_owners(study, found)

    def count_speeches(asked: Array) -> Array:
        place = np.full(len(grams) + 1, -1)
        place[kept[asked]] = np.arange(len(asked))
        told = place[rows]
        return count_distinct(told[told >= 0], owners[told >= 0], len(asked))

    return Neighbourhood(
        counts=counts[kept],
        totals=_count_totals(study, grams[kept]),
        near_size=int(counts.sum()),
        size=_measure_size(study, size),
        write=lambda row: write_text(grams[kept[row]]),
        count_speeches=count_speeches,
        skipped=len(often) - len(kept),
    )


def _list_owners(study: Study, found: list[Array]) -> Array:
    """Return the speeches' ids of the strings found in each segment."""
    owners = [
        live.segment.speech_ids[_find_speeches(live.segment, starts)]
        for live, starts in zip(study.index.segments, found, strict=True)
    ]
    return np.concatenate([np.zeros(0, dtype=np.int64), *owners])


def _count_totals(study: Study, grams: Array) -> Array:
    """Return how often each string stands in what was looked through."""
    pairs = list(zip(study.index.segments, study.limited, strict=True))
    totals = [sum(_count(live, mask, gram) for live, mask in pairs) for gram in grams.tolist()]
    return np.array(totals, dtype=np.int64)


def _measure_size(study: Study, size: int) -> int:
    pairs = zip(study.index.segments, study.limited, strict=True)
    return sum(_count_all(live.segment, mask, size) for live, mask in pairs)


def _take(places: Places, number: int) -> Places:
    return places.take(np.flatnonzero(places.segments == number))


def _find_near(segment: Segment, places: Places, window: int, side: str, size: int) -> Array:
    """Return where the strings near the places start, each once."""
    if not len(places):
        return np.zeros(0, dtype=np.int64)
    marked = np.zeros(len(segment.codes) + 1, dtype=np.bool_)
    if side != "right":
        low = np.maximum(places.starts - window, places.lows)
        marked[list_ranges(low, np.maximum(places.starts - size + 1 - low, 0))] = True
    if side != "left":
        high = np.minimum(places.ends + window, places.highs) - size + 1
        marked[list_ranges(places.ends, np.maximum(high - places.ends, 0))] = True
    # What touches an occurrence does not stand near it.
    low = np.maximum(places.starts - size + 1, 0)
    marked[list_ranges(low, places.ends - low)] = False
    starts = np.flatnonzero(marked)
    return starts[_is_content(segment, starts, size)]


def _is_content(segment: Segment, starts: Array, size: int) -> Mask:
    around = segment.codes[starts[:, np.newaxis] + np.arange(size)]
    flat = np.zeros(around.size, dtype=np.bool_)
    flat[find_content(around.reshape(-1))] = True
    whole: Mask = np.asarray(flat.reshape(around.shape).all(axis=1))
    return whole


def _count_rows(near: list[Array], size: int) -> tuple[Array, Array, Array]:
    """Return the distinct rows, for each row which it is, and how many are like it."""
    rows = np.concatenate([np.zeros((0, size), dtype=np.uint32), *near])
    chars, places = np.unique(rows, return_inverse=True)
    flat = places.reshape(rows.shape).astype(np.uint64)
    keys = np.zeros(len(rows), dtype=np.uint64)
    for at in range(size):
        keys = (keys << np.uint64(_BITS)) | flat[:, at]
    known, numbers, counts = np.unique(keys, return_inverse=True, return_counts=True)
    grams = np.zeros((len(known), size), dtype=np.uint32)
    grams[numbers] = chars[flat.astype(np.int64)] if len(rows) else rows
    return grams, numbers, counts


def _count(live: LiveSegment, mask: Mask, gram: list[int]) -> int:
    """Return how often a string stands in the titles and texts of the chosen speeches."""
    segment = live.segment
    pattern = tuple((code,) for code in gram)
    few = len(gram) <= _PAIR
    places = segment.find_gram(pattern) if few else segment.find(pattern)
    speeches = _find_speeches(segment, places)
    inside = places < segment.zone("text")[1][speeches]
    return int((inside & mask[speeches]).sum())


def _count_all(segment: Segment, mask: Mask, size: int) -> int:
    """Return how many strings of so many characters the chosen speeches have."""
    starts, ends = segment.zone("title")[0][mask], segment.zone("text")[1][mask]
    whole = mask.all() and int((ends - starts).sum()) * 2 > len(segment.codes)
    if not whole:
        return _count_in(segment, starts, ends, size)
    kept = segment.notes.get(f"strings {size}")
    if kept is None:
        kept = np.array([_count_in(segment, starts, ends, size)]), starts[:0]
        segment.notes[f"strings {size}"] = kept
    return int(kept[0][0])


def _count_in(segment: Segment, starts: Array, ends: Array, size: int) -> int:
    # With the border behind each, which no string crosses.
    at = find_content(segment.codes[list_ranges(starts, ends - starts + 1)])
    return int((at[size - 1 :] - at[: len(at) - size + 1] == size - 1).sum()) if len(at) else 0


def _find_speeches(segment: Segment, places: Array) -> Array:
    speeches: Array = segment.tables.ends["codes"].searchsorted(places, side="right")
    return speeches
