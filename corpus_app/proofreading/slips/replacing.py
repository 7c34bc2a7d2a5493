"""Characters that may have been chosen wrongly, with what the trees judge each by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus_app.proofreading.slips.characters import (
    BITS,
    EDGE,
    CharacterNumbers,
    Numbers,
    read_points,
)
from corpus_app.proofreading.slips.codes import Reals
from corpus_app.proofreading.slips.companions import MEASURES as COMPANY, Companions
from corpus_app.proofreading.slips.counts import (
    LONGEST,
    CharacterCounts,
    WindowScores,
    join_runs,
)
from corpus_app.proofreading.slips.likeness import LikeCharacters, Proposals, join_proposals
from corpus_app.proofreading.slips.words import MEASURES, ListedWords

AROUND: Final = 4
_RUN: Final = 4
_BREAK: Final = ord("\n")
# The runs of four over a character stand so often (log1p) that nothing is proposed for it.
_ATTESTED: Final = float(np.log1p(400))
# So many proposals of one place are weighed, the best by the runs of two and three around it.
_KEPT: Final = 8
# A word of the dictionary that a proposal makes counts for so much among those (logarithm).
_WORD: Final = 2.0
# Proposals that make the text less likely than this (logarithm) are not weighed further.
FLOOR: Final = -1.0
_NEAR: Final = 4
_NOTHING_NEAR: Final = 30.0
_ALONE: Final = 20.0


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text as the counts see it, each line by itself.

    points are its code points; numbers those of its characters with four edges before and after
    each line; at says where in numbers each character is.
    """

    points: Numbers
    numbers: Numbers
    at: Numbers

    @classmethod
    def read(cls, text: str, characters: CharacterNumbers) -> ReadText:
        """Return a text of one or more lines read."""
        points = read_points(text)
        breaks = np.cumsum(points == _BREAK) - (points == _BREAK)
        at = np.arange(len(points)) + AROUND + (AROUND - 1) * breaks
        ends = AROUND * (2 + int((points == _BREAK).sum()))
        numbers = np.full(len(points) - int((points == _BREAK).sum()) + ends, EDGE)
        numbers[at] = characters.table[points]
        return cls(points, numbers, at)

    def cut_windows(self, places: Numbers, width: int) -> Numbers:
        """Return the windows around stretches of this width, a row each."""
        return self.numbers[self.at[places][:, None] + np.arange(-AROUND, width + AROUND)]

    def find_ends(self) -> Numbers:
        """Return how far each character is from the nearer end of its line, at most five."""
        places = np.arange(len(self.points))
        breaks = np.concatenate(([-1], np.flatnonzero(self.points == _BREAK), [len(self.points)]))
        behind = np.searchsorted(breaks, places, "right")
        left = places - breaks[behind - 1] - 1
        right = breaks[np.minimum(behind, len(breaks) - 1)] - places - 1
        return np.minimum(np.minimum(left, right), 5)


def is_han(points: Numbers) -> NDArray[np.bool_]:
    """Say of each code point whether it is a common ideograph."""
    return (points >= 0x4E00) & (points <= 0x9FFF)


def find_weak(read: ReadText, counts: CharacterCounts, attested: float = _ATTESTED) -> Numbers:
    """Return the places of ideographs that some run of four over them is seldom counted of.

    Runs over the end of a line are rare by nature and say nothing.
    """
    runs = counts.count_runs(join_runs(read.numbers, _RUN), _RUN)
    edges = np.lib.stride_tricks.sliding_window_view(read.numbers == EDGE, _RUN).any(1)
    runs = np.where(edges, np.inf, runs)
    least = np.min([runs[read.at - before] for before in range(_RUN)], 0)
    weak = (least < attested) | np.isinf(least)
    return np.flatnonzero(is_han(read.points) & weak)


class ReplacementProposer:
    """Proposes characters and words for those of a text."""

    def __init__(
        self,
        counts: CharacterCounts,
        words: ListedWords,
        likes: LikeCharacters,
        companions: Companions,
        characters: CharacterNumbers,
    ) -> None:
        self._counts, self._words = counts, words
        self._likes, self._companions = likes, companions
        self._characters = characters

    def propose(self, read: ReadText) -> tuple[Proposals, Reals]:
        """Return proposals and a row of FEATURES for each; see weigh for those."""
        weak = find_weak(read, self._counts)
        several = [
            self._sift(read, self._likes.propose_characters(read.points, weak)),
            self._likes.propose_words(read.points, weak),
        ]
        return self._weigh(read, join_proposals(several))

    def _sift(self, read: ReadText, all_of_them: Proposals) -> Proposals:
        """Return the best proposals of each place by the runs of two and three around it."""
        at = read.at[all_of_them.place]
        new = self._characters.table[all_of_them.meant[:, 0]]
        around = read.numbers
        left = self._counts.count_runs((around[at - 1] << BITS) | new, 2)
        right = self._counts.count_runs((new << BITS) | around[at + 1], 2)
        word = self._words.has_pairs((around[at - 1] << BITS) | new)
        word |= self._words.has_pairs((new << BITS) | around[at + 1])
        some = np.flatnonzero((left > 0) | (right > 0) | word)
        at, new, left, right, word = at[some], new[some], left[some], right[some], word[some]
        before, after = around[at - 1], around[at + 1]
        two = 2 * BITS
        before3 = self._counts.count_runs((around[at - 2] << two) | (before << BITS) | new, 3)
        after3 = self._counts.count_runs((new << two) | (after << BITS) | around[at + 2], 3)
        middle3 = self._counts.count_runs((before << two) | (new << BITS) | after, 3)
        worth = left + right + 1.5 * (before3 + after3 + middle3) + _WORD * word
        fits = ((left > 0) & (right > 0)) | (before3 > 0) | (after3 > 0) | word
        some, worth = some[fits], worth[fits]
        place = all_of_them.place[some]
        order = np.lexsort((-worth, place))
        place = place[order]
        first = np.searchsorted(place, place)
        return all_of_them.take(some[order][np.arange(len(place)) - first < _KEPT])

    def _weigh(self, read: ReadText, proposals: Proposals) -> tuple[Proposals, Reals]:
        parts, rows = [], []
        for width in (1, 2):
            part = proposals.take(proposals.width == width)
            if not len(part):
                continue
            # Several are proposed for one place: what stands there is looked at once.
            places, back = np.unique(part.place, return_inverse=True)
            old = read.cut_windows(places, width)
            new = old[back]
            new[:, AROUND : AROUND + width] = self._characters.table[part.meant[:, :width]]
            before = _take(self._counts.score_windows(old, width), back)
            after = self._counts.score_windows(new, width)
            parts.append(part)
            listed = self._words.measure(old, width)[back], self._words.measure(new, width)
            at, meant = read.at[part.place], new[:, AROUND]
            company = self._companions.measure(read.numbers, at, part.width, meant)
            gained = (listed[1] - listed[0])[:, -2:]
            rows.append(np.column_stack((_compare(before, after, width), *listed, gained, company)))
        if not parts:
            return proposals, np.zeros((0, len(FEATURES)), np.float32)
        proposals, table = join_proposals(parts), np.concatenate(rows)
        table = np.column_stack((table, self._stand(read, proposals, table[:, 0])))
        enough = table[:, 0] > FLOOR
        return proposals.take(enough), table[enough].astype(np.float32)

    def _stand(self, read: ReadText, proposals: Proposals, gain: Reals) -> Reals:
        """Return columns: kind, shape, width, rank, margin, near, distance, ends, known."""
        rank, margin = rank_places(proposals.place, gain)
        near, distance = look_around(proposals.place, proposals.width, gain, len(read.points))
        logs = self._counts.score_text(read.numbers)[read.at - AROUND]
        return np.column_stack(
            (
                proposals.kind,
                proposals.shape,
                proposals.width,
                rank,
                margin,
                near,
                distance,
                read.find_ends()[proposals.place],
                average_sentences(read.points, logs)[proposals.place],
            )
        ).astype(np.float32)


def _take(scores: WindowScores, rows: Numbers) -> WindowScores:
    return WindowScores(
        scores.likely[:, rows],
        scores.here[rows],
        scores.least[rows],
        tuple(counts[rows] for counts in scores.counts),
    )


def _compare(old: WindowScores, new: WindowScores, width: int) -> Reals:
    """Return the columns of FEATURES that compare the windows before and after."""
    gain = new.likely - old.likely
    columns = [gain[4], gain[2], gain[1], old.likely[4], new.likely[4]]
    columns += [old.here, new.here, old.least]
    for scores in (old, new):
        columns += [scores.counts[length - 1].max(1) for length in range(2, LONGEST + 1)]
    for scores in (old, new):
        two, three = scores.counts[1], scores.counts[2]
        columns += [two[:, 0], two[:, -1], three[:, 0], three[:, -1], three[:, 1]]
        columns += [scores.counts[0].min(1)]
        columns += [np.sum([scores.counts[n].sum(1) for n in range(1, LONGEST)], 0)]
    return np.column_stack(columns).astype(np.float32)


def rank_places(place: Numbers, gain: Reals) -> tuple[Numbers, Reals]:
    """Return the rank of each proposal at its place, and its lead over the best other one."""
    order = np.lexsort((-gain, place))
    at, sorted_gain = place[order], gain[order]
    first = np.searchsorted(at, at)
    rank = np.arange(len(at)) - first
    best = sorted_gain[first]
    second = np.append(sorted_gain, 0)[first + 1]
    alone = np.searchsorted(at, at, "right") - first == 1
    best_lead = np.where(alone, sorted_gain + _ALONE, sorted_gain - second)
    lead = np.where(rank == 0, best_lead, sorted_gain - best)
    ranks, leads = np.zeros(len(at), np.int64), np.zeros(len(at), np.float32)
    ranks[order], leads[order] = rank, lead
    return ranks, leads


def look_around(place: Numbers, width: Numbers, gain: Reals, size: int) -> tuple[Reals, Numbers]:
    """Return the lead over the best proposal of places near by, and how far that is."""
    best = np.full(size + 2 * _NEAR + 2, -_NOTHING_NEAR, np.float32)
    np.maximum.at(best, place + _NEAR, gain)
    top = np.full(len(place), -_NOTHING_NEAR, np.float32)
    far = np.full(len(place), 9)
    for step in (-4, 4, -3, 3, -2, 2, -1, 1):
        value = best[place + _NEAR + step]
        value = np.where((step > 0) & (step < width), -_NOTHING_NEAR, value)
        better = (value >= top) & (value > -_NOTHING_NEAR)
        top, far = np.where(better, value, top), np.where(better, abs(step), far)
    return gain - top, far


def average_sentences(points: Numbers, logs: Reals) -> Reals:
    """Return for each character the average logarithm of its sentence."""
    ends = np.isin(points, _ENDS)
    sentence = np.concatenate(([0], np.cumsum(ends)[:-1]))
    total = np.bincount(sentence, logs)
    return np.asarray((total / np.maximum(np.bincount(sentence), 1))[sentence])


_ENDS: Final = np.array([ord(sign) for sign in "。！？；\n"])
FEATURES: Final = (
    *("gain5", "gain3", "gain2", "old", "new", "old_here", "new_here", "old_least"),
    *(f"{side}_runs{length}" for side in ("old", "new") for length in range(2, 6)),
    *(
        f"{side}_{name}"
        for side in ("old", "new")
        for name in ("left2", "right2", "left3", "right3", "middle3", "single", "all")
    ),
    *(f"{side}_word{name}" for side in ("old", "new") for name in MEASURES),
    *("words_gain", "divided_gain", *COMPANY),
    *("kind", "shape", "width", "rank", "margin", "near", "distance", "ends", "known"),
)
