"""Which characters may be meant for one that was typed, and which words of the same sound."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus_app.proofreading.slips.characters import Numbers


class LikenessKind(IntEnum):
    """Why one character is taken for another; the last two are of a word and of a shift."""

    SAME_TONE = 0
    SAME_SOUND = 1
    NEAR_SOUND = 2
    SHAPE = 3
    WORD = 4


@dataclass(frozen=True, slots=True)
class Proposals:
    """What may stand instead of characters of a text, a row each.

    place is where the typed characters begin, width how many they are (1 or 2), meant the code
    points that may stand there (0 beyond the width), kind a LikenessKind, shape the likeness of the
    drawn characters, 0 to 255.
    """

    place: Numbers
    width: Numbers
    meant: Numbers
    kind: Numbers
    shape: Numbers

    def __len__(self) -> int:
        return len(self.place)

    def take(self, rows: Numbers | NDArray[np.bool_]) -> Proposals:
        """Return these rows."""
        return Proposals(
            self.place[rows], self.width[rows], self.meant[rows], self.kind[rows], self.shape[rows]
        )


class LikeCharacters:
    """The table of likeness: meant characters by the typed one, and words by their sound."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        typed = arrays["typed"]
        self._row: Numbers = np.full(0x10000, len(typed), np.int64)
        self._row[typed] = np.arange(len(typed))
        # A row more, of nothing, for characters that are not listed.
        starts = arrays["typed_starts"].astype(np.int64)
        self._starts = np.append(starts, starts[-1])
        self._meant, self._kinds = arrays["meant"], arrays["meant_kinds"]
        self._shapes = arrays["meant_shapes"]
        self._sound: Numbers = np.zeros(0x10000, np.int64)
        self._sound[typed] = arrays["typed_sounds"]
        self._word_keys = arrays["word_keys"]
        self._words = arrays["words"]

    def propose_characters(self, points: Numbers, places: Numbers) -> Proposals:
        """Return what may be meant for each of the characters at these places."""
        rows = self._row[points[places]]
        at, owner = _spread(self._starts[rows], self._starts[rows + 1])
        meant = np.zeros((len(at), 2), np.int64)
        meant[:, 0] = self._meant[at]
        ones = np.ones(len(at), np.int64)
        kinds = self._kinds[at].astype(np.int64)
        return Proposals(places[owner], ones, meant, kinds, self._shapes[at].astype(np.int64))

    def propose_words(self, points: Numbers, places: Numbers) -> Proposals:
        """Return words of the same sound for the two characters from each of these places on."""
        places = places[places + 1 < len(points)]
        sounds = self._sound[points]
        key = (sounds[places] << 16) | sounds[places + 1]
        low = np.searchsorted(self._word_keys, key)
        high = np.searchsorted(self._word_keys, key, "right")
        high = np.where((sounds[places] > 0) & (sounds[places + 1] > 0), high, low)
        at, owner = _spread(low, high)
        meant, place = self._words[at].astype(np.int64), places[owner]
        # Where one character is the same the other is proposed alone.
        other = (meant[:, 0] != points[place]) & (meant[:, 1] != points[place + 1])
        place, meant = place[other], meant[other]
        size = len(place)
        kinds = np.full(size, int(LikenessKind.WORD))
        return Proposals(place, np.full(size, 2), meant, kinds, np.zeros(size, np.int64))


def join_proposals(several: list[Proposals]) -> Proposals:
    """Return the rows of several in one."""
    return Proposals(
        *(
            np.concatenate([getattr(one, name) for one in several])
            for name in ("place", "width", "meant", "kind", "shape")
        )
    )


def _spread(low: Numbers, high: Numbers) -> tuple[Numbers, Numbers]:
    """Return all numbers of the ranges, and of which range each is."""
    sizes = high - low
    owner = np.repeat(np.arange(len(low)), sizes)
    begin = np.repeat(low - np.concatenate(([0], np.cumsum(sizes)[:-1])), sizes)
    return begin + np.arange(len(owner)), owner
