"""Which sentence of one text became which of another, and which of them moved.

Pairs are taken in four steps, each among what the ones before left: equal sentences in a row that
rises in both texts; the heaviest rising row of pairs that are alike and that neither side has a
much better partner for; equal and alike sentences elsewhere, which have moved; and sentences that
were cut in two or put together. A pair beside a sure one needs less likeness.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
from rapidfuzz.distance import Indel

from corpus_app.text.likeness import LikePairs, find_like

# From so much likeness on two sentences in order are one reworded; where both stand elsewhere.
IN_ORDER: Final = 0.3
MOVED: Final = 0.45
# Beside a pair so much less is enough.
_BESIDE: Final = 0.12
# A pair whose sentences are that much more alike to others does not stand in order.
_WORSE: Final = 0.2
# So much of a sentence stands in a neighbour's partner where the two were one.
_HELD: Final = 0.6
# Sentences of the one times sentences of the other that are compared in full: 8 MB of bits.
_MOST_COMPARED: Final = 64_000_000
# Shorter ones, in characters, are held by anything.
_LEAST_HELD: Final = 5


@dataclass(frozen=True, slots=True)
class SentencePair:
    """Sentences of two texts by number; each stretch is of one sentence, or of some in a row."""

    first: range
    second: range
    likeness: float
    moved: bool = False


@dataclass
class _Pairing:
    """The pairs so far, from both sides."""

    partner: dict[int, int] = field(default_factory=dict)
    back: dict[int, int] = field(default_factory=dict)
    likeness: dict[int, float] = field(default_factory=dict)

    def add(self, first: int, second: int, likeness: float) -> None:
        self.partner[first], self.back[second] = second, first
        self.likeness[first] = likeness

    def is_free(self, first: int, second: int) -> bool:
        return first not in self.partner and second not in self.back

    def is_beside(self, first: int, second: int) -> bool:
        """Tell whether a neighbour's partner is a neighbour, or the next but one."""
        return any(
            abs(self.partner.get(first + step, -9) - (second + step)) <= 1 for step in (-1, 1)
        )


def pair_sentences(first: Sequence[str], second: Sequence[str]) -> list[SentencePair]:
    """Return the pairs of two lists of forms (see list_forms), in the order of the first.

    No sentence stands in two pairs. moved tells those that are not on the heaviest row of pairs
    that rises in both texts.
    """
    pairing = _Pairing()
    for one, other in _match_equal(first, second):
        pairing.add(one, other, 1.0)
    free = [at for at in range(len(first)) if at not in pairing.partner and first[at]]
    other_free = [at for at in range(len(second)) if at not in pairing.back and second[at]]
    like = find_like([first[at] for at in free], [second[at] for at in other_free])
    like = LikePairs(
        np.array(free, dtype=np.int64)[like.first],
        np.array(other_free, dtype=np.int64)[like.second],
        like.likeness,
        like.held,
    )
    _take_rising(pairing, like, first)
    _take_others(pairing, like)
    stretches = _join_neighbours(pairing, like, first, second)
    return _mark_moved(stretches, first)


def _match_equal(first: Sequence[str], second: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the equal sentences of the longest row that rises in both.

    Of very long texts the first of several equal ones with the first, the second with the second.
    """
    if len(first) * len(second) > _MOST_COMPARED:
        there = {key: at for at, key in enumerate(_count_on(second))}
        pairs = [(at, there[key]) for at, key in enumerate(_count_on(first)) if key in there]
        rising = _choose_rising(pairs, [len(first[at]) for at, _ in pairs])
        yield from (pairs[at] for at in rising if first[pairs[at][0]])
        return
    for code in Indel.opcodes(first, second):
        if code.tag == "equal":
            step = code.dest_start - code.src_start
            rows = range(code.src_start, code.src_end)
            yield from ((at, at + step) for at in rows if first[at])


def _count_on(forms: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Yield each form with how often it stood before."""
    seen: Counter[str] = Counter()
    for form in forms:
        yield form, seen[form]
        seen[form] += 1


def _take_rising(pairing: _Pairing, like: LikePairs, first: Sequence[str]) -> None:
    """Take the heaviest rising row of alike pairs, between the equal ones and across them."""
    rows = _keep_best(like)
    values = like.likeness[rows]
    ones, others = like.first[rows].tolist(), like.second[rows].tolist()
    beside = [pairing.is_beside(*pair) for pair in zip(ones, others, strict=True)]
    enough = values + _BESIDE * np.array(beside, dtype=np.float64) >= IN_ORDER
    pairs = [
        (one, other, value)
        for one, other, value, fits in zip(ones, others, values.tolist(), enough, strict=True)
        if fits
    ]
    equal = [(one, other, 1.0) for one, other in pairing.partner.items()]
    every = sorted(pairs + equal)
    weights = [value * (len(first[one]) + 1) for one, _, value in every]
    for at in _choose_rising([(one, other) for one, other, _ in every], weights):
        one, other, value = every[at]
        if pairing.is_free(one, other):
            pairing.add(one, other, value)


def _keep_best(like: LikePairs) -> np.ndarray:
    """Return the rows whose sentences have no much better partner."""
    if not len(like):
        return np.zeros(0, dtype=np.int64)
    best = np.zeros(int(like.first.max()) + 1), np.zeros(int(like.second.max()) + 1)
    np.maximum.at(best[0], like.first, like.likeness)
    np.maximum.at(best[1], like.second, like.likeness)
    most = np.maximum(best[0][like.first], best[1][like.second])
    rows: np.ndarray = np.flatnonzero(like.likeness >= most - _WORSE)
    return rows


def _choose_rising(pairs: list[tuple[int, int]], weights: list[float]) -> list[int]:
    """Return the heaviest row of pairs that rises on both sides; pairs are sorted."""
    # Ends of the best rows so far: rising in the second side and in weight.
    ends: list[int] = []
    totals: list[float] = []
    rows: list[int] = []
    back = [-1] * len(pairs)
    at = 0
    while at < len(pairs):
        group = [at]
        while group[-1] + 1 < len(pairs) and pairs[group[-1] + 1][0] == pairs[at][0]:
            group.append(group[-1] + 1)
        found = []
        for one in group:
            place = bisect_left(ends, pairs[one][1])
            back[one] = rows[place - 1] if place else -1
            found.append((one, weights[one] + (totals[place - 1] if place else 0.0)))
        for one, total in found:
            place = bisect_left(ends, pairs[one][1])
            if place and totals[place - 1] >= total:
                continue
            stop = place
            while stop < len(ends) and totals[stop] <= total:
                stop += 1
            ends[place:stop] = [pairs[one][1]]
            totals[place:stop] = [total]
            rows[place:stop] = [one]
        at = group[-1] + 1
    chosen = []
    one = rows[-1] if rows else -1
    while one >= 0:
        chosen.append(one)
        one = back[one]
    return chosen[::-1]


def _take_others(pairing: _Pairing, like: LikePairs) -> None:
    """Take what is left, the most alike first; a neighbour of what was taken needs less."""
    pairs = list(
        zip(like.first.tolist(), like.second.tolist(), like.likeness.tolist(), strict=True)
    )
    for bonus in (0.0, _BESIDE):
        for one, other, value in sorted(pairs, key=lambda pair: (-pair[2], pair[0], pair[1])):
            if value + bonus < MOVED:
                break
            if pairing.is_free(one, other):
                beside = pairing.is_beside(one, other)
                if value + _BESIDE * beside >= MOVED:
                    pairing.add(one, other, value)


def _join_neighbours(
    pairing: _Pairing, like: LikePairs, first: Sequence[str], second: Sequence[str]
) -> list[SentencePair]:
    """Return the pairs as stretches, with sentences that stand in a neighbour's partner."""
    places = list(zip(like.first.tolist(), like.second.tolist(), strict=True))
    held = dict(zip(places, like.held[0].tolist(), strict=True))
    other_held = dict(zip(places, like.held[1].tolist(), strict=True))
    found = []
    for one, other in sorted(pairing.partner.items()):
        ones, others = [one], [other]
        likeness = pairing.likeness[one]
        if likeness < 1.0:
            for at in _list_beside(one, first, pairing.partner):
                if held.get((at, other), 0.0) >= _HELD:
                    ones.append(at)
                    pairing.partner[at] = other
            for at in _list_beside(other, second, pairing.back) if len(ones) == 1 else ():
                if other_held.get((one, at), 0.0) >= _HELD:
                    others.append(at)
                    pairing.back[at] = one
        found.append(SentencePair(_span(ones), _span(others), likeness))
    return found


def _list_beside(at: int, forms: Sequence[str], taken: dict[int, int]) -> Iterator[int]:
    """Yield the sentences right before and behind one that are free and not too short."""
    for beside in (at - 1, at + 1):
        inside = 0 <= beside < len(forms) and beside not in taken
        if inside and len(forms[beside]) >= _LEAST_HELD:
            yield beside


def _span(numbers: list[int]) -> range:
    return range(min(numbers), max(numbers) + 1)


def _mark_moved(pairs: list[SentencePair], first: Sequence[str]) -> list[SentencePair]:
    """Return the pairs, those moved that are not on the heaviest rising row."""
    places = [(pair.first.start, pair.second.start) for pair in pairs]
    sizes = [sum(len(first[at]) for at in pair.first) for pair in pairs]
    weights = [pair.likeness * size + 1 for pair, size in zip(pairs, sizes, strict=True)]
    kept = set(_choose_rising(places, weights))
    return [replace(pair, moved=at not in kept) for at, pair in enumerate(pairs)]
