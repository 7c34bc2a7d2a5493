"""The words of all segments under numbers of their own, counted in chosen speeches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from corpus_app.text.chars import write_text
from search.arrays.segment import Segment
from search.arrays.steps import find_step_speeches, list_ranges, spread_speeches
from search.arrays.store import ArrayIndex
from search.arrays.tables import Array, Mask

_NOTE: Final = "corpus words"
_LINES_NOTE: Final = "repeated lines"


@dataclass(frozen=True)
class CorpusWords:
    """keys are those of all words, rising, that of none first; maps lead from a segment's numbers.

    lines are, for each segment, the rows of the lines that stand more than once in the corpus,
    and a number that equal ones share.
    """

    index: ArrayIndex
    keys: Array
    maps: tuple[Array, ...]

    def __len__(self) -> int:
        return len(self.keys)

    def write(self, number: int) -> str:
        """Return a word's characters, folded."""
        for live, numbers in zip(self.index.segments, self.maps, strict=True):
            at = int(numbers.searchsorted(number))
            if at < len(numbers) and numbers[at] == number:
                words = live.segment.words
                start = int(words.places[at])
                return write_text(live.segment.codes[start : start + int(words.sizes[at])])
        return ""

    def count(self, chosen: Sequence[Mask]) -> Array:
        """Return how often each word stands in the chosen speeches; 0 for no word."""
        counts = np.zeros(len(self), dtype=np.int64)
        for live, numbers, mask in zip(self.index.segments, self.maps, chosen, strict=True):
            counts[numbers] += _count_in_segment(live.segment, mask)
        counts[0] = 0
        return counts

    def count_once(self, chosen: Sequence[Mask]) -> Array:
        """Return how often each word stands in the chosen speeches, repeated lines once.

        Once for the chosen speeches together: its first place in the speech of the lowest id.
        """
        counts = self.count(chosen)
        for at, steps in enumerate(self._list_repeats(chosen)):
            numbers = self.index.segments[at].segment.words.numbers[steps]
            counts[self.maps[at]] -= np.bincount(numbers, minlength=len(self.maps[at]))
        counts[0] = 0
        return counts

    def find(self, chosen: Sequence[Mask], numbers: Array) -> tuple[Array, Array]:
        """Return for each place of the words in the chosen speeches which word, and which speech.

        Words by their row in numbers, speeches counted through all segments.
        """
        rows, speeches, before = [], [], 0
        place = np.full(len(self), -1, dtype=np.int32)
        place[numbers] = np.arange(len(numbers))
        for live, own, mask in zip(self.index.segments, self.maps, chosen, strict=True):
            found = place[own][live.segment.words.numbers]
            steps = np.flatnonzero((found >= 0) & spread_speeches(live.segment, mask))
            rows.append(found[steps])
            speeches.append(before + find_step_speeches(live.segment, steps))
            before += live.segment.tables.speech_count
        none = np.zeros(0, dtype=np.int64)
        return np.concatenate([none, *rows]), np.concatenate([none, *speeches])

    def measure(self, chosen: Sequence[Mask]) -> Array:
        """Return the steps of each speech of all segments, 0 for one that is not chosen."""
        none = np.zeros(0, dtype=np.int64)
        pairs = zip(self.index.segments, chosen, strict=True)
        return np.concatenate(
            [none, *(live.segment.tables.lengths("words") * mask for live, mask in pairs)]
        )

    def _list_repeats(self, chosen: Sequence[Mask]) -> list[Array]:
        """Return for each segment the steps of lines that stand once more in the chosen ones."""
        owners, rows, groups, ids = [], [], [], []
        for at, (lines, equal) in enumerate(_load_repeated(self.index)):
            segment = self.index.segments[at].segment
            speeches = find_step_speeches(segment, segment.words.line_firsts[lines])
            inside = chosen[at][speeches]
            owners.append(np.full(int(inside.sum()), at))
            rows.append(lines[inside])
            groups.append(equal[inside])
            ids.append(segment.speech_ids[speeches[inside]])
        if not owners:
            return []
        columns = [np.concatenate(each) for each in (owners, rows, groups, ids)]
        order = np.lexsort((columns[1], columns[3], columns[2]))
        owner, row, group, _ = (column[order] for column in columns)
        again = np.append(False, group[1:] == group[:-1])[: len(group)]
        return [
            _list_steps(live.segment, row[again & (owner == at)])
            for at, live in enumerate(self.index.segments)
        ]


def load_corpus_words(index: ArrayIndex) -> CorpusWords:
    """Return the words of an index, kept with it."""
    kept: CorpusWords | None = index.notes.get(_NOTE)
    if kept is None:
        own = [live.segment.words.keys for live in index.segments]
        keys = np.unique(np.concatenate([np.zeros(1, dtype=np.uint64), *own]))
        kept = CorpusWords(index, keys, tuple(keys.searchsorted(each) for each in own))
        index.notes[_NOTE] = kept
    return kept


def _load_repeated(index: ArrayIndex) -> list[tuple[Array, Array]]:
    """Return each segment's lines that stand more than once in all, and what equal ones share."""
    kept: list[tuple[Array, Array]] | None = index.notes.get(_LINES_NOTE)
    if kept is None:
        own = [live.segment.words.line_keys for live in index.segments]
        every = np.concatenate([np.zeros(0, dtype=np.uint64), *own])
        _, equal, counts = np.unique(every, return_inverse=True, return_counts=True)
        borders = np.cumsum([len(each) for each in own])[:-1]
        split = np.split(equal, borders) if own else []
        kept = []
        for groups in split:
            lines = np.flatnonzero(counts[groups] > 1)
            kept.append((lines, groups[lines]))
        index.notes[_LINES_NOTE] = kept
    return kept


def _list_steps(segment: Segment, lines: Array) -> Array:
    words = segment.words
    return list_ranges(
        words.line_firsts[lines].astype(np.int64), words.line_steps[lines].astype(np.int64)
    )


def _count_in_segment(segment: Segment, mask: Mask) -> Array:
    """Return how often each of a segment's words stands in its chosen speeches.

    All are counted already: where most speeches are chosen, the others are taken off.
    """
    words = segment.words
    lengths = segment.tables.lengths("words")
    mostly = int(lengths[mask].sum()) * 2 > int(lengths.sum())
    counted = ~mask if mostly else mask
    held = words.numbers[spread_speeches(segment, counted)] if counted.any() else words.numbers[:0]
    counts = np.bincount(held, minlength=len(words.keys))
    return words.counts - counts if mostly else counts
