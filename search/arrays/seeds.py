"""Seeds of shared passages: short strings of each text, chosen so that equal runs share one.

Only letters, digits and characters count, marks are what editors change first. Of the hashes of
every eight of them in a row those are kept that are the least of five neighbours: a run of twelve
that two texts share bears a seed that both have, and two thirds need no room (winnowing).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from corpus_app.text.chars import Codes
from corpus_app.text.equality import SENTINEL
from search.arrays.letters import Letters
from search.arrays.small_numbers import SortedHashes, SplitNumbers
from search.arrays.tables import Array, Mask

SEED: Final = 8
WINDOW: Final = 5
# Every common run of so many characters is found.
LEAST_RUN: Final = SEED + WINDOW - 1
# Characters hashed at a time: what it takes in memory does not grow with the corpus.
_AT_ONCE: Final = 1 << 21
# Characters beyond the first plane share the room that no writing uses.
_FIRST_PLANE: Final = 0x10000
_PRIVATE, _PRIVATE_SIZE = 0xE000, 0x1900
_BASE: Final = 0x9E3779B97F4A7C15
_WORD: Final = 1 << 64
_NONE: Final = np.uint64(_WORD - 1)

Content = npt.NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class TextContents:
    """The content of texts codes[begins[i]:ends[i]] in a row, made when it is asked for.

    Text i is self[starts[i]:starts[i + 1]]; what is asked for are whole texts.
    """

    codes: Letters
    begins: Array
    ends: Array
    starts: Array

    def __len__(self) -> int:
        return int(self.starts[-1])

    def __getitem__(self, part: slice) -> Content:
        first, last = self.starts.searchsorted((part.start or 0, len(self)))
        if part.stop is not None:
            last = self.starts.searchsorted(part.stop)
        texts = [
            take_content(self.codes[int(self.begins[at]) : int(self.ends[at])])
            for at in range(int(first), int(last))
        ]
        return np.concatenate([np.zeros(0, dtype=np.uint16), *texts])


@dataclass(frozen=True, slots=True)
class SeedPlaces:
    """The content of all texts in a row, and where each seed stands in it.

    Text i is content[starts[i]:starts[i + 1]]; hashes rise, places say where each one stands,
    rising within equal ones.
    """

    content: Content | TextContents
    starts: npt.NDArray[np.int64]
    hashes: SortedHashes
    places: SplitNumbers

    @classmethod
    def build(cls, codes: Codes, starts: Array, ends: Array) -> SeedPlaces:
        """Return the seeds of the texts codes[starts[i]:ends[i]], folded characters."""
        borders = np.zeros(len(codes) + 1, dtype=np.int8)
        np.add.at(borders, starts, 1)
        np.subtract.at(borders, ends, 1)
        inside = np.cumsum(borders, dtype=np.int8)[:-1] > 0
        at = (_load_table()[codes] & inside).nonzero()[0]
        return cls.seed(_narrow(codes[at]), np.append(np.searchsorted(at, starts), len(at)))

    @classmethod
    def seed(cls, content: Content, starts: Array) -> SeedPlaces:
        """Return the seeds of texts given by their content; starts has the end as its last."""
        keys = [_list_keys(content, starts, part) for part in _cut(starts)]
        packed = np.concatenate(keys) if keys else np.zeros(0, dtype=np.uint64)
        packed.sort()
        hashes = (packed >> np.uint64(32)).astype(np.uint32)
        places = (packed & np.uint64(0xFFFFFFFF)).astype(np.uint32)
        starts = starts.astype(np.int64)
        return cls(content, starts, SortedHashes.pack(hashes), SplitNumbers.split(places))

    @property
    def is_whole(self) -> bool:
        """Return whether the arrays fit together."""
        return len(self.hashes) == len(self.places) and int(self.starts[-1]) == len(self.content)


def find_content(codes: Codes) -> Array:
    """Return which folded characters count, by their places in the text."""
    return _load_table()[codes].nonzero()[0]


def take_content(codes: Codes) -> Content:
    """Return the content of one text given as folded characters."""
    return _narrow(codes[find_content(codes)])


def choose_seeds(content: Content) -> tuple[Array, Array]:
    """Return the hashes of one text's seeds and where they stand, in their order."""
    starts = np.array([0, len(content)], dtype=np.int64)
    keys = _list_keys(content, starts, (0, 1))
    return (keys >> np.uint64(32)).astype(np.uint32), (keys & np.uint64(0xFFFFFFFF)).astype(
        np.int64
    )


@cache
def _load_table() -> Mask:
    """Return for every code point whether it is a letter, a digit or a character."""
    table = np.zeros(SENTINEL + 1, dtype=np.bool_)
    table[[code for code in range(SENTINEL) if chr(code).isalnum()]] = True
    return table


def _narrow(codes: Codes) -> Content:
    beyond = codes >= _FIRST_PLANE
    if beyond.any():
        codes = np.where(beyond, _PRIVATE + codes % _PRIVATE_SIZE, codes)
    return codes.astype(np.uint16)


def _cut(starts: Array) -> Iterator[tuple[int, int]]:
    """Yield ranges of texts that are hashed together."""
    first, count = 0, len(starts) - 1
    while first < count:
        last = int(np.searchsorted(starts, starts[first] + _AT_ONCE, side="right")) - 1
        last = min(count, max(first + 1, last))
        yield first, last
        first = last


def _list_keys(content: Content, starts: Array, texts: tuple[int, int]) -> Array:
    """Return hash and place of the seeds of some texts, packed, in order of place."""
    first, last = texts
    low, high = int(starts[first]), int(starts[last])
    hashes = _hash(content[low:high], starts[first : last + 1] - low)
    at = _winnow(hashes)
    keys: Array = (hashes[at] >> np.uint64(32) << np.uint64(32)) | (at + low).astype(np.uint64)
    return keys


def _hash(content: Content, starts: Array) -> Array:
    """Return the hash of the eight characters from each place on, _NONE where a text ends."""
    hashes = content.astype(np.uint64) + np.uint64(1)
    size = 1
    while size < min(SEED, len(hashes)):
        factor = np.uint64(pow(_BASE, size, _WORD))
        hashes[:-size] = hashes[:-size] * factor + hashes[size:]
        size *= 2
    hashes ^= hashes >> np.uint64(31)
    hashes *= np.uint64(0xBF58476D1CE4E5B9)
    hashes ^= hashes >> np.uint64(29)
    for back in range(1, SEED):
        at = starts[1:] - back
        hashes[at[at >= 0]] = _NONE
    return hashes


def _winnow(hashes: Array) -> Array:
    """Return the places that are the least of some WINDOW neighbours."""
    count = len(hashes) - WINDOW + 1
    if count < 1:
        return (hashes != _NONE).nonzero()[0]
    least = hashes[:count].copy()
    for at in range(1, WINDOW):
        np.minimum(least, hashes[at : at + count], out=least)
    chosen = np.zeros(len(hashes), dtype=np.bool_)
    for at in range(WINDOW):
        chosen[at : at + count] |= least == hashes[at : at + count]
    chosen &= hashes != _NONE
    return chosen.nonzero()[0]
