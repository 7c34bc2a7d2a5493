"""Words beside the characters: where each begins, which word it is, and lines that come again.

A speech's characters are parted into steps, each from the start of a word to the start of the
next: what follows a word without being one (marks, the border of a text) belongs to its step.
A step without a word has the number 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Final

import numpy as np
import numpy.typing as npt

from corpus_app.text.chars import Codes
from corpus_app.text.equality import SENTINEL
from corpus_app.text.folding import fold_codes, fold_with_offsets
from search.arrays.seeds import find_content
from search.arrays.tables import ZONES, Array, Tables

LONGEST_STEP: Final = 255
# A line of so many letters, digits and characters counts once wherever it is repeated.
LEAST_LINE: Final = 12
# Characters and steps worked on at a time: what it takes in memory grows less than the corpus.
_AT_ONCE: Final = 1 << 20
_SMALL: Final = 1 << 16
_BASE: Final = 0x9E3779B97F4A7C15
_WORD: Final = 1 << 64
_INVERSE: Final = pow(_BASE, -1, _WORD)
_LINE_ENDS: Final = "，。！？；：…"
_DIGITS: Final = (ord("0"), ord("9"))
_DATE_UNITS: Final = "年月日"


@dataclass(frozen=True, slots=True)
class SegmentWords:
    """A segment's words by number: numbers[i] is that of step i; the rest are two tables.

    The vocabulary, rising by key: a word's key (a hash of its characters), one place where it
    stands, its size in characters and how often it stands. Row 0 is no word. The lines that
    count once where repeated: a line's key, its first step and how many steps it has.
    """

    numbers: Array
    keys: npt.NDArray[np.uint64]
    places: npt.NDArray[np.uint32]
    sizes: npt.NDArray[np.uint8]
    counts: npt.NDArray[np.uint32]
    line_keys: npt.NDArray[np.uint64]
    line_firsts: npt.NDArray[np.uint32]
    line_steps: npt.NDArray[np.uint32]

    @classmethod
    def build(
        cls, codes: Codes, steps: Array, titles: Array, texts: Array, ends: Array
    ) -> SegmentWords:
        """Return the words of the steps, which cover the codes.

        titles, texts and ends say where each speech's title and text start and its text ends:
        what stands behind, names of sources and speakers, is no word of a speech.
        """
        begins = np.cumsum(steps, dtype=np.int64) - steps
        content = find_content(codes)
        sizes = _measure_words(begins, steps, content, titles, ends)
        keys = _hash_stretches(codes, begins, sizes)
        known, numbers = np.unique(np.append(keys, np.uint64(0)), return_inverse=True)
        counts = np.bincount(numbers, minlength=len(known)).astype(np.uint32)
        counts[0] -= 1
        numbers = numbers[:-1].astype(np.uint16 if len(known) <= _SMALL else np.uint32)
        places = np.zeros(len(known), dtype=np.uint32)
        places[numbers[::-1]] = begins[::-1]
        word_sizes = np.zeros(len(known), dtype=np.uint8)
        word_sizes[numbers] = sizes
        lines = _find_lines(codes, content, (titles, texts, ends))
        firsts, lasts = begins.searchsorted(lines)
        return cls(
            numbers,
            known,
            places,
            word_sizes,
            counts,
            _hash_stretches(codes, lines[0], lines[1] - lines[0]),
            firsts.astype(np.uint32),
            (lasts - firsts).astype(np.uint32),
        )

    @property
    def is_whole(self) -> bool:
        """Return whether the arrays fit together."""
        rows = {len(getattr(self, field.name)) for field in fields(self)[1:5]}
        return len(rows) == 1 and int(self.counts.sum()) == len(self.numbers)


def find_word_starts(text: str, pieces: list[str]) -> Array:
    """Return where the pieces that a text was cut into begin among its folded characters."""
    sizes = np.array([len(piece) for piece in pieces], dtype=np.int64)
    spaced = fold_with_offsets(text, with_space=True).offsets
    starts: Array = fold_with_offsets(text).offsets.searchsorted(spaced[np.cumsum(sizes) - sizes])
    return starts


def lay_steps(codes: Codes, starts: Array, units: Array, end: int) -> npt.NDArray[np.uint8]:
    """Return the steps of one speech; starts are those of its words, units expressions (rows of
    start, end) that are one word each, and end is where its text does.

    A year, month or day is one word with its number.
    """
    begins = np.zeros(len(codes) + 1, dtype=np.bool_)
    content = np.append(find_content(codes), len(codes))
    begins[content[content.searchsorted(starts)]] = True
    for low, high in _keep_longest(units):
        begins[low + 1 : high] = False
        begins[content[content.searchsorted([low, high])]] = True
    # After the units: 2024年 stays whole unless an expression parts it.
    begins[:-1][_follow_numbers(codes)] = False
    begins[end:] = False
    begins[[0, end, len(codes)]] = True
    steps = np.diff(np.flatnonzero(begins))
    many = -(-steps // LONGEST_STEP)
    if (many > 1).any():
        parts = np.repeat(np.full(len(steps), LONGEST_STEP), many)
        parts[np.cumsum(many) - 1] = steps - (many - 1) * LONGEST_STEP
        steps = parts
    return steps[steps > 0].astype(np.uint8)


def _keep_longest(units: Array) -> Iterator[tuple[int, int]]:
    """Yield the expressions of those that cross or hold each other the longest, first the first."""
    taken: list[tuple[int, int]] = []
    rows = [(low, high) for low, high in units.tolist() if 1 < high - low <= LONGEST_STEP]
    for low, high in sorted(rows, key=lambda row: (row[0] - row[1], row[0])):
        if all(high <= other[0] or other[1] <= low for other in taken):
            taken.append((low, high))
            yield low, high


def _follow_numbers(codes: Codes) -> Array:
    """Return the places of 年, 月 and 日 right behind a digit."""
    digits = (codes[:-1] >= _DIGITS[0]) & (codes[:-1] <= _DIGITS[1])
    return np.flatnonzero(digits & np.isin(codes[1:], fold_codes(_DATE_UNITS))) + 1


def _measure_words(
    begins: Array, steps: Array, content: Array, starts: Array, ends: Array
) -> npt.NDArray[np.uint8]:
    """Return the characters of each step's word, 0 where it has none."""
    found = []
    for at in range(0, len(steps), _AT_ONCE):
        low = begins[at : at + _AT_ONCE]
        high = low + steps[at : at + _AT_ONCE]
        first, last = content.searchsorted(low), content.searchsorted(high)
        speeches = starts.searchsorted(low, side="right") - 1
        is_word = (first < last) & (low < np.append(ends, 0)[speeches])
        edges = np.append(content, -1)
        is_word &= edges[first] == low
        found.append(np.where(is_word, edges[last - 1] + 1 - low, 0).astype(np.uint8))
    return np.concatenate(found) if found else np.zeros(0, dtype=np.uint8)


def _find_lines(codes: Codes, content: Array, zones: tuple[Array, Array, Array]) -> Array:
    """Return where lines that count once start and end: long ones, and a text's first and last."""
    titles, texts, ends = zones
    marks = np.append(fold_codes(_LINE_ENDS), np.uint32(SENTINEL))
    borders = np.flatnonzero(np.isin(codes, marks))
    low, high = np.append(0, borders + 1), np.append(borders, len(codes))
    inside = content.searchsorted(high) - content.searchsorted(low)
    speeches = titles.searchsorted(low, side="right") - 1
    speech_ends = np.append(ends, 0)[speeches]
    at_end = high == speech_ends
    at_end[:-1] |= (low[1:] == speech_ends[:-1]) & (inside[1:] == 0)
    at_start = np.isin(low, texts)
    kept = (inside > 0) & (high <= speech_ends) & (at_start | at_end | (inside >= LEAST_LINE))
    return np.stack([low[kept], high[kept]])


def _hash_stretches(codes: Codes, begins: Array, sizes: Array) -> npt.NDArray[np.uint64]:
    """Return a number for each stretch of characters, equal for equal ones, 0 for an empty one.

    The stretches rise. A polynomial in 64 bits, by running sums: two of a million different
    words have the same with a chance of one in tens of millions.
    """
    found = []
    at = 0
    while at < len(begins):
        low = int(begins[at])
        stop = max(at + 1, int(begins.searchsorted(low + _AT_ONCE)))
        part, size = begins[at:stop] - low, sizes[at:stop].astype(np.int64)
        found.append(_hash(codes[low : low + int((part + size).max())], part, size))
        at = stop
    return np.concatenate(found) if found else np.zeros(0, dtype=np.uint64)


def _hash(codes: Codes, begins: Array, sizes: Array) -> npt.NDArray[np.uint64]:
    powers = np.multiply.accumulate(np.full(len(codes) + 1, _BASE, dtype=np.uint64))
    back = np.multiply.accumulate(np.full(len(codes) + 1, _INVERSE, dtype=np.uint64))
    sums = np.zeros(len(codes) + 1, dtype=np.uint64)
    np.cumsum((codes.astype(np.uint64) + np.uint64(1)) * powers[:-1], out=sums[1:])
    mixed = (sums[begins + sizes] - sums[begins]) * back[begins] + sizes.astype(np.uint64)
    mixed ^= mixed >> np.uint64(31)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(29)
    mixed[mixed == 0] = 1
    mixed[sizes == 0] = 0
    keys: npt.NDArray[np.uint64] = mixed
    return keys


def build_words(tables: Tables) -> SegmentWords:
    """Return the words of a segment's speeches."""
    title, text = ZONES.index("title"), ZONES.index("text")
    starts, ends = tables.columns["zone_start"], tables.columns["zone_end"]
    return SegmentWords.build(
        tables.columns["codes"],
        tables.columns["word_step"],
        starts[:, title],
        starts[:, text],
        ends[:, text],
    )
