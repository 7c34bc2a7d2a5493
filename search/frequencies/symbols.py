"""The texts of chosen speeches as numbers in a row: one for each character, or each word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from corpus_app.text.chars import write_text
from search.arrays.seeds import find_content
from search.arrays.steps import (
    find_step_speeches,
    find_step_starts,
    list_ranges,
    spread_speeches,
)
from search.arrays.store import ArrayIndex, LiveSegment
from search.arrays.tables import Array, Mask
from search.frequencies.corpus_words import load_corpus_words


@dataclass(frozen=True)
class Symbols:
    """numbers are equal for equal characters (words); 0 is a mark, or the border of a text.

    segments, starts and ends say where the characters of each stand, speeches is a number that
    those of one speech share.
    """

    index: ArrayIndex
    numbers: Array
    segments: Array
    starts: Array
    speeches: Array
    lengths: Array

    def write(self, place: int, size: int) -> str:
        """Return the characters of some symbols in a row, folded."""
        last = place + size - 1
        segment = self.index.segments[int(self.segments[place])].segment
        end = int(self.starts[last] + self.lengths[last])
        return write_text(segment.codes[int(self.starts[place]) : end])


def read_characters(index: ArrayIndex, chosen: Sequence[Mask]) -> Symbols:
    """Return the titles and texts of the chosen speeches, letters, digits and characters."""

    def read(_at: int, live: LiveSegment, mask: Mask) -> tuple[Array, ...]:
        segment = live.segment
        starts, ends = segment.zone("title")[0][mask], segment.zone("text")[1][mask]
        places = list_ranges(starts, ends - starts + 1)
        codes = segment.codes[places]
        numbers = np.zeros(len(codes), dtype=np.int64)
        content = find_content(codes)
        numbers[content] = codes[content]
        speeches = np.repeat(np.flatnonzero(mask), ends - starts + 1)
        return numbers, places, np.ones(len(codes), dtype=np.int64), speeches

    return _join(index, chosen, read)


def read_words(index: ArrayIndex, chosen: Sequence[Mask]) -> Symbols:
    """Return the words of the chosen speeches' titles and texts; a mark parts them."""
    words = load_corpus_words(index)

    def read(at: int, live: LiveSegment, mask: Mask) -> tuple[Array, ...]:
        segment = live.segment
        steps = np.flatnonzero(spread_speeches(segment, mask))
        own = segment.words.numbers[steps]
        sizes = segment.words.sizes[own].astype(np.int64)
        parted = sizes < segment.tables.columns["word_step"][steps]
        after = np.arange(len(steps)) + np.cumsum(parted) - parted
        columns = (words.maps[at][own], find_step_starts(segment, steps), sizes)
        speeches = find_step_speeches(segment, steps)
        rows = []
        for column in (*columns, speeches):
            row = np.zeros(len(steps) + int(parted.sum()), dtype=np.int64)
            row[after] = column
            rows.append(row)
        return tuple(rows)

    return _join(index, chosen, read)


def _join(
    index: ArrayIndex,
    chosen: Sequence[Mask],
    read: Callable[[int, LiveSegment, Mask], tuple[Array, ...]],
) -> Symbols:
    """Return the symbols of all segments, numbered without gaps: small numbers sort faster."""
    rows: list[tuple[Array, ...]] = [(np.zeros(0, dtype=np.int64),) * 5]
    before = 0
    for at, (live, mask) in enumerate(zip(index.segments, chosen, strict=True)):
        numbers, starts, lengths, speeches = read(at, live, mask)
        rows.append((numbers, np.full(len(numbers), at), starts, speeches + before, lengths))
        before += live.segment.tables.speech_count
    numbers, *others = (np.concatenate(column) for column in zip(*rows, strict=True))
    used = np.zeros(int(numbers.max(initial=0)) + 1, dtype=np.int64)
    used[numbers] = 1
    used[0] = 0
    return Symbols(index, (np.cumsum(used) * used)[numbers], *others)
