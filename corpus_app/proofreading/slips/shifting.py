"""Characters that may be doubled, left over, swapped or missing, with what judges each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from corpus_app.proofreading.slips.characters import BITS, EDGE, CharacterNumbers, Numbers
from corpus_app.proofreading.slips.codes import Reals
from corpus_app.proofreading.slips.counts import CharacterCounts, join_runs
from corpus_app.proofreading.slips.likeness import Proposals, join_proposals
from corpus_app.proofreading.slips.replacing import (
    AROUND,
    FLOOR,
    ReadText,
    average_sentences,
    is_han,
    look_around,
    rank_places,
)
from corpus_app.proofreading.slips.words import MEASURES, ListedWords


class Shift(IntEnum):
    """What happened to the characters of a place."""

    DOUBLED = 5
    SURPLUS = 6
    SWAPPED = 7
    DROPPED = 8


# Runs of three and of four that are counted less (log1p) let something be wrong.
_RARE3: Final = 1.2
_RARE4: Final = 1.0
# What may be missing stands so often (log1p) with its neighbours; so many of a place are weighed.
_OFTEN3: Final = 1.3
_MISSING: Final = 4
# Words that are left out or typed twice without anybody seeing it.
_SMALL: Final = np.array([ord(char) for char in "的了和与及等在对为"])
_WIDTHS: Final = {
    Shift.DOUBLED: (2, 1),
    Shift.SURPLUS: (1, 0),
    Shift.SWAPPED: (2, 2),
    Shift.DROPPED: (0, 1),
}


class ShiftProposer:
    """Proposes to take out, to swap, and to put in characters."""

    def __init__(
        self,
        counts: CharacterCounts,
        words: ListedWords,
        characters: CharacterNumbers,
        arrays: Mapping[str, NDArray[Any]],
    ) -> None:
        self._counts, self._words, self._characters = counts, words, characters
        self._next_starts = arrays["next_starts"].astype(np.int64)
        self._next = arrays["next"]
        known = [ord(char) for char in characters.known]
        self._points = np.array([0, 0, 0, 0, *known], np.int64)

    def propose(self, read: ReadText) -> tuple[Proposals, Reals]:
        """Return proposals and a row of FEATURES for each."""
        rare, gaps = self._find_weak(read)
        points, han = read.points, is_han(read.points)
        weak = np.flatnonzero(rare & han)
        after = np.append(points, [0])[1:]
        same = np.flatnonzero(han & (points == after))
        swapped = weak[(after[weak] != points[weak]) & is_han(after[weak])]
        none = np.zeros(len(weak), np.int64)
        several = [
            _propose(same, Shift.DOUBLED, points[same]),
            _propose(weak, Shift.SURPLUS, none),
            _propose(swapped, Shift.SWAPPED, after[swapped], points[swapped]),
            self._propose_missing(read, np.flatnonzero(gaps)),
        ]
        return self._weigh(read, several)

    def _find_weak(self, read: ReadText) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Say of each place whether the runs there are rare, and whether one may be missing."""
        at = read.at
        three = self._counts.count_runs(join_runs(read.numbers, 3), 3) < _RARE3
        four = self._counts.count_runs(join_runs(read.numbers, 4), 4) < _RARE4
        # The runs that end with the character and with the one after it.
        rare3, rare4 = three[at - 2] | three[at - 1], four[at - 3] | four[at - 2]
        first = read.numbers[at - 1] == EDGE
        return rare3 | rare4, rare3 & is_han(read.points) & ~first

    def _propose_missing(self, read: ReadText, places: Numbers) -> Proposals:
        at = read.at[places]
        low = self._next_starts[read.numbers[at - 1]]
        sizes = self._next_starts[read.numbers[at - 1] + 1] - low
        owner = np.repeat(np.arange(len(at)), sizes)
        begin = np.repeat(low - np.concatenate(([0], np.cumsum(sizes)[:-1])), sizes)
        new = self._next[begin + np.arange(len(owner))].astype(np.int64)
        place, at, around = places[owner], at[owner], read.numbers
        before, after = around[at - 1], around[at]
        two = 2 * BITS
        count = self._counts.count_runs
        middle = count((before << two) | (new << BITS) | after, 3)
        some = np.flatnonzero(middle >= _OFTEN3)
        place, at, new, middle, before, after = (
            place[some],
            at[some],
            new[some],
            middle[some],
            before[some],
            after[some],
        )
        left = count((around[at - 2] << two) | (before << BITS) | new, 3)
        right = count((new << two) | (after << BITS) | around[at + 1], 3)
        worth = left + right + middle
        fits = (left >= _OFTEN3) | (right >= _OFTEN3)
        place, new, worth = place[fits], new[fits], worth[fits]
        order = np.lexsort((-worth, place))
        place, new = place[order], new[order]
        best = np.arange(len(place)) - np.searchsorted(place, place) < _MISSING
        return _propose(place[best], Shift.DROPPED, self._points[new[best]])

    def _weigh(self, read: ReadText, several: list[Proposals]) -> tuple[Proposals, Reals]:
        several = [part for part in several if len(part)]
        if not several:
            return _propose(np.zeros(0, np.int64), Shift.DROPPED), _no_rows()
        rows = [self._compare(read, part) for part in several]
        proposals, table = join_proposals(several), np.concatenate(rows)
        gain = table[:, 0]
        rank, _ = rank_places(proposals.place, gain)
        near, _ = look_around(proposals.place, np.ones(len(gain), np.int64), gain, len(read.points))
        typed = np.where(
            proposals.meant[:, 0] > 0, proposals.meant[:, 0], read.points[proposals.place]
        )
        logs = self._counts.score_text(read.numbers)[read.at - AROUND]
        known = average_sentences(read.points, logs)[proposals.place]
        stand = (
            proposals.kind,
            rank,
            near,
            read.find_ends()[proposals.place],
            np.isin(typed, _SMALL),
        )
        table = np.column_stack((table, *stand, known)).astype(np.float32)
        enough = gain > FLOOR
        return proposals.take(enough), table[enough]

    def _compare(self, read: ReadText, part: Proposals) -> Reals:
        width, size = _WIDTHS[Shift(int(part.kind[0]))]
        old = read.cut_windows(part.place, width)
        meant = self._characters.table[part.meant[:, :size]]
        new = np.concatenate((old[:, :AROUND], meant, old[:, AROUND + width :]), 1)
        before = self._counts.score_windows(old, width)
        after = self._counts.score_windows(new, size)
        gain = after.likely - before.likely
        columns = [gain[4], gain[2], gain[1]]
        for scores, span in ((before, width), (after, size)):
            mean = scores.likely / (span + AROUND)
            columns += [mean[4], mean[4] - mean[0]]
            columns += [scores.counts[n].min(1) for n in range(1, 5)]
            columns += [scores.counts[2].max(1)]
        listed = [self._words.measure(old, width), self._words.measure(new, size)]
        gained = (listed[1] - listed[0])[:, -2:]
        return np.column_stack((*columns, *listed, gained)).astype(np.float32)


def _propose(
    place: Numbers, kind: Shift, first: Numbers | int = 0, last: Numbers | int = 0
) -> Proposals:
    size = len(place)
    meant = np.zeros((size, 2), np.int64)
    meant[:, 0], meant[:, 1] = first, last
    width = np.full(size, _WIDTHS[kind][0])
    return Proposals(place, width, meant, np.full(size, int(kind)), np.zeros(size, np.int64))


def _no_rows() -> Reals:
    return np.zeros((0, len(FEATURES)), np.float32)


FEATURES: Final = (
    *("gain5", "gain3", "gain2"),
    *(
        f"{side}_{name}"
        for side in ("old", "new")
        for name in ("mean", "over_single", "runs2", "runs3", "runs4", "runs5", "best3")
    ),
    *(f"{side}_word{name}" for side in ("old", "new") for name in MEASURES),
    *("words_gain", "divided_gain", "kind", "rank", "near", "ends", "small", "known"),
)
KIND: Final = FEATURES.index("kind")
