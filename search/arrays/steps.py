"""From characters to the steps of their words and back, without a place kept for each word."""

from __future__ import annotations

from typing import Final

import numpy as np

from search.arrays.segment import Segment
from search.arrays.tables import Array, Mask

# Steps in a block: the end of each block is kept, what lies inside is summed when asked for.
_BLOCK: Final = 16
_NOTE: Final = "step blocks"


def find_steps(segment: Segment, places: Array) -> tuple[Array, Array]:
    """Return the step in which each character stands, and where that step starts."""
    ends, blocks = _load_blocks(segment)
    at = ends.searchsorted(places, side="right")
    inside = np.zeros((len(places), _BLOCK + 1), dtype=np.int16)
    np.cumsum(blocks[at], axis=1, out=inside[:, 1:])
    bases = np.where(at > 0, ends[at - 1], 0)
    before = (places - bases).astype(np.int16)
    within = (inside[:, 1:] <= before[:, np.newaxis]).sum(axis=1)
    starts: Array = bases + inside[np.arange(len(places)), within]
    return at * _BLOCK + within, starts


def find_step_starts(segment: Segment, steps: Array) -> Array:
    """Return where each step starts."""
    ends, blocks = _load_blocks(segment)
    at, inside = np.divmod(steps, _BLOCK)
    earlier = np.arange(_BLOCK) < inside[:, np.newaxis]
    starts: Array = np.where(at > 0, ends[at - 1], 0) + (blocks[at] * earlier).sum(axis=1)
    return starts


def spread_speeches(segment: Segment, chosen: Mask) -> Mask:
    """Return for each step whether its speech is chosen."""
    return np.repeat(chosen, segment.tables.lengths("words"))


def find_step_speeches(segment: Segment, steps: Array) -> Array:
    """Return the speech of each step, by its place in the segment."""
    speeches: Array = segment.tables.ends["words"].searchsorted(steps, side="right")
    return speeches


def list_ranges(firsts: Array, lengths: Array) -> Array:
    """Return all numbers of ranges that start at firsts and are so long, one after the other."""
    ends = np.cumsum(lengths)
    return np.repeat(firsts - (ends - lengths), lengths) + np.arange(int(lengths.sum()))


def _load_blocks(segment: Segment) -> tuple[Array, Array]:
    """Return where each block of steps ends, and the steps as rows of blocks."""
    kept = segment.notes.get(_NOTE)
    if kept is None:
        steps = segment.tables.columns["word_step"]
        lacking = -len(steps) % _BLOCK
        rows = steps if not lacking else np.append(steps, np.zeros(lacking, dtype=np.uint8))
        rows = rows.reshape(-1, _BLOCK)
        kept = np.cumsum(rows.sum(axis=1, dtype=np.int64)), rows
        segment.notes[_NOTE] = kept
    return kept
