"""Scores by pairs of neighbouring characters, which the segmenter's cuts miss; best hits only.

BM25 over character pairs finds what words miss: 代表履职 inside 人大代表履职能力. Counting all
pairs of a query in all texts would cost more than the search itself, so the best by words are
looked at, and how rare a pair is comes from a sample of the corpus.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from corpus_app.text.chars import Codes
from corpus_app.text.folding import fold_codes
from search.arrays.pairs import PAIR_SHIFT, make_pair_keys
from search.arrays.segment import Segment
from search.arrays.tables import Array
from search.matching.hits import HitTable

# The best by words, as many as a reader may look through, in no more characters than this.
BEST: Final = 300
MAX_CHARACTERS: Final = 400_000
# A pasted page must not ask for a thousand pairs.
MAX_PAIRS: Final = 60
# Characters from which the pairs' rarity is estimated.
SAMPLE: Final = 500_000
# BM25's k1 and b; a high k1, for a section that speaks of a thing throughout is about it.
_SATURATION: Final = 4.0
_LENGTH: Final = 0.75
_CODES: Final = 1 << PAIR_SHIFT
# A pair takes 42 bits of 63; more sections than fit the rest share a number, which is rare.
_ROW_BITS: Final = 20
_LAST_ROW: Final = (1 << _ROW_BITS) - 1


@dataclass(frozen=True)
class Stretches:
    """The characters of some rows one after the other, and where each row ends."""

    codes: Codes
    ends: Array

    @property
    def lengths(self) -> Array:
        """Return the rows' lengths in characters."""
        return np.diff(self.ends, prepend=0)


def score_pairs(table: HitTable, scores: Array, words: Sequence[str]) -> Array:
    """Return what the words' pairs of characters add to the best rows; 0 for all others.

    scores are the rows' scores by words; what is added never lifts a row over a better one
    that was not looked at.
    """
    added = np.zeros(len(table))
    wanted = list_pairs(words)
    if not len(wanted):
        return added
    best = _choose_best(table, scores)
    stretches = _read_stretches(table, best)
    counts = count_pairs(stretches, wanted)
    lengths = stretches.lengths
    norm = 1 - _LENGTH + _LENGTH * lengths / max(1.0, float(lengths.mean()))
    weights = counts * (_SATURATION + 1) / (counts + _SATURATION * norm[:, None])
    added[best] = weights @ weigh_pairs(table, wanted)
    return added


def list_pairs(words: Sequence[str]) -> Array:
    """Return the query's distinct pairs as sorted keys, at most MAX_PAIRS of them.

    Words that follow one another make a pair across their border, as in running text.
    """
    text = "".join(words)
    runs = "".join(sign if sign.isalnum() else " " for sign in text).split()
    keys = dict.fromkeys(key for run in runs for key in make_pairs(fold_codes(run)).tolist())
    return np.array(sorted(list(keys)[:MAX_PAIRS]), dtype=np.int64)


def make_pairs(codes: Codes) -> Array:
    """Return the key of each character together with the one after it."""
    return make_pair_keys(codes[:-1], codes[1:])


def count_pairs(stretches: Stretches, wanted: Array) -> Array:
    """Return how often each wanted pair (sorted keys) stands in each row: rows × pairs."""
    rows = len(stretches.ends)
    begins = np.zeros(_CODES, dtype=np.bool_)
    begins[wanted >> PAIR_SHIFT] = True
    # Most characters begin no wanted pair; only the others are looked up.
    places = np.flatnonzero(begins[stretches.codes[:-1]])
    keys = make_pair_keys(stretches.codes[places], stretches.codes[places + 1])
    at = np.minimum(np.searchsorted(wanted, keys), len(wanted) - 1)
    met = wanted[at] == keys
    places, at = places[met], at[met]
    row = np.searchsorted(stretches.ends, places, side="right")
    inside = places + 1 < stretches.ends[row]
    cells = row[inside] * len(wanted) + at[inside]
    return np.bincount(cells, minlength=rows * len(wanted)).reshape(rows, len(wanted))


def weigh_pairs(table: HitTable, wanted: Array) -> Array:
    """Return each wanted pair's inverse document frequency in the sampled sections."""
    largest = max((live.segment for live in table.segments), key=lambda one: one.node_count)
    if "pairs" not in largest.notes:
        largest.notes["pairs"] = _sample_pairs(largest)
    known, held = largest.notes["pairs"]
    sections = int(held[-1])
    at = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    found = np.where(known[at] == wanted, held[at], 0)
    return np.log(1 + (sections - found + 0.5) / (found + 0.5))


def _sample_pairs(segment: Segment) -> tuple[Array, Array]:
    """Return the sample's distinct pairs, and in how many of its sections each stands.

    One key above all pairs closes the lists; its count is that of the sampled sections.
    """
    leaves = np.flatnonzero(segment.node_last == np.arange(segment.node_count) + 1)
    lengths = (segment.node_end - segment.node_start)[leaves]
    step = max(1, -(-int(lengths.sum()) // SAMPLE))
    chosen = leaves[::step]
    stretches = _join_stretches(
        [segment.codes[segment.node_start[node] : segment.node_end[node]] for node in chosen]
    )
    keys = make_pairs(stretches.codes)
    row = np.repeat(np.arange(len(chosen)), stretches.lengths)[: len(keys)]
    # Pair and section in one number, which sorts many times faster than two, or than unique.
    met = np.sort((keys << _ROW_BITS) | (row & _LAST_ROW))
    met = met[_begins_run(met)] >> _ROW_BITS
    first = np.flatnonzero(_begins_run(met))
    known, held = met[first], np.diff(first, append=len(met))
    return np.append(known, np.iinfo(np.int64).max), np.append(held, len(chosen))


def _begins_run(values: Array) -> npt.NDArray[np.bool_]:
    """Return for each of the sorted values whether it differs from the one before it."""
    begins = np.ones(len(values), dtype=np.bool_)
    begins[1:] = values[1:] != values[:-1]
    return begins


def _choose_best(table: HitTable, scores: Array) -> Array:
    """Return the rows with the best scores, as many as the characters allow, one at least."""
    if len(scores) > BEST:
        best = np.argpartition(-scores, BEST - 1)[:BEST]
    else:
        best = np.arange(len(scores))
    best = best[np.lexsort((best, -scores[best]))]
    lengths = (table.read_node_column("node_end") - table.read_node_column("node_start"))[best]
    fits = int(np.searchsorted(np.cumsum(lengths), MAX_CHARACTERS, side="right"))
    return best[: max(1, fits)]


def _read_stretches(table: HitTable, rows: Array) -> Stretches:
    parts = []
    for row in rows.tolist():
        segment = table.segments[int(table.segment[row])].segment
        node = int(table.node[row])
        start, end = int(segment.node_start[node]), int(segment.node_end[node])
        parts.append(segment.codes[start:end])
    return _join_stretches(parts)


def _join_stretches(parts: list[Codes]) -> Stretches:
    ends = np.cumsum([len(part) for part in parts], dtype=np.int64)
    return Stretches(np.concatenate(parts) if parts else np.zeros(0, np.uint32), ends)
