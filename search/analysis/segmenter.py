"""Words as jieba cuts them, at many times its speed where there is much to cut.

jieba looks each character's words up in a dict and weighs the ways through a sentence in Python.
Here all places of a batch of sentences are looked up at once, and the ways are weighed for all
sentences in step, from their ends. The sums are made in the same order, so that they are equal
to the last bit: the words are jieba's (tests/search/test_segmenter.py). What the dictionary does
not know is left to jieba's own model of characters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

import jieba
import numpy as np
import numpy.typing as npt
from jieba import finalseg

from corpus_app.text.chars import read_codes
from search.analysis.lexicon import ROOT, Array, Lexicon

_BORDER: Final = "\n"
# Fewer characters are cut one by one before NumPy has begun.
_FEW: Final = 3_000
# So much is cut at once; more takes memory and no less time.
_BATCH: Final = 2_000_000
# A longer run would be a step of its own for each of its characters.
_LONGEST: Final = 1_000

Flags = npt.NDArray[np.bool_]


class Segmenter:
    """Cuts runs of text: what stands between punctuation marks."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._guess = lru_cache(maxsize=200_000)(self._guess_joints)

    def cut(self, text: str) -> Iterator[str]:
        """Yield the pieces of a text, punctuation and white space among them."""
        for run in jieba.re_han_default.split(text):
            if run:
                yield from self.cut_run(run)

    def cut_run(self, run: str) -> list[str]:
        """Return the pieces of a run."""
        if not jieba.re_han_default.match(run):
            return list(run)
        joints = self._find_joints(run, self._weigh_plainly(run))
        return [
            run[start:end] for start, end in zip([0, *joints], [*joints, len(run)], strict=True)
        ]

    def cut_runs(self, runs: Sequence[str]) -> list[list[str]]:
        """Return the pieces of each run."""
        found: list[list[str]] = [[] for _ in runs]
        batch: list[int] = []
        size = 0
        for at, run in enumerate(runs):
            if len(run) > _LONGEST or not jieba.re_han_default.match(run):
                found[at] = self.cut_run(run)
                continue
            batch.append(at)
            size += len(run)
            if size > _BATCH:
                self._cut_batch(runs, batch, found)
                batch, size = [], 0
        self._cut_batch(runs, batch, found, few=size < _FEW)
        return found

    def _cut_batch(
        self, runs: Sequence[str], batch: list[int], found: list[list[str]], *, few: bool = False
    ) -> None:
        if few or not batch:
            for at in batch:
                found[at] = self.cut_run(runs[at])
            return
        text = _BORDER.join(runs[at] for at in batch) + _BORDER
        starts = np.flatnonzero(self._find_starts(text)).tolist()
        pieces = [text[start:end] for start, end in pairwise(starts)]
        last = 0
        borders = (at for at, piece in enumerate(pieces) if piece == _BORDER)
        for at, border in zip(batch, [*borders, len(pieces)], strict=True):
            found[at] = pieces[last:border]
            last = border + 1

    def _find_starts(self, text: str) -> Flags:
        """Return where pieces start in runs with a border after each; borders are pieces too."""
        codes = read_codes(text).astype(np.int64)
        borders = np.flatnonzero(codes == ord(_BORDER))
        sizes = _weigh_batch(self.lexicon, codes, borders)
        starts = np.zeros(len(codes), dtype=np.bool_)
        starts[borders] = True
        at = np.append(0, borders[:-1] + 1)
        while len(at):
            starts[at] = True
            at = at + sizes[at]
            at = at[codes[at] != ord(_BORDER)]
        places = np.flatnonzero(starts)
        single = (np.diff(places, append=len(codes)) == 1) & (codes[places] != ord(_BORDER))
        edges = np.diff(np.concatenate([[False], single, [False]]).astype(np.int8))
        rows = zip(np.flatnonzero(edges == 1), np.flatnonzero(edges == -1), strict=True)
        dropped: list[int] = []
        for first, last in rows:
            if last - first > 1:
                place = int(places[first])
                joined = self._guess(text[place : place + int(last - first)])[1]
                dropped += [place + each for each in joined]
        starts[dropped] = False
        return starts

    def _weigh_plainly(self, run: str) -> list[int]:
        """Return for each place where the best word from there ends."""
        codes = [ord(char) for char in run]
        size, lexicon = len(codes), self.lexicon
        unknown = lexicon.weights.item(ROOT)
        scores, ends = [0.0] * (size + 1), [0] * size
        for start in range(size - 1, -1, -1):
            best, node = None, ROOT
            for at in range(start, size):
                node = lexicon.step(node, codes[at])
                if node == ROOT:
                    break
                weight = lexicon.weights.item(node)
                if weight == weight:  # NaN where no word ends
                    score = weight + scores[at + 1]
                    if best is None or score >= best:
                        best, ends[start] = score, at + 1
            if best is None:
                best, ends[start] = unknown + scores[start + 1], start + 1
            scores[start] = best
        return ends

    def _find_joints(self, run: str, ends: list[int]) -> list[int]:
        """Return where pieces meet, characters in a row that are no words put together."""
        joints: list[int] = []
        at = 0
        while at < len(run):
            last = at
            while last < len(run) and ends[last] == last + 1:
                last += 1
            if last > at + 1:
                joints += [at + each for each in self._guess(run[at:last])[0]]
            if last > at:
                joints.append(last)
            at = ends[last] if last < len(run) else last
            if last < at:
                joints.append(at)
        return joints[:-1]

    def _guess_joints(self, characters: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return where jieba parts characters in a row, and where it does not."""
        every = range(1, len(characters))
        if self.lexicon.holds(characters):
            return tuple(every), ()
        joints, at = set(), 0
        for piece in finalseg.cut(characters):
            at += len(piece)
            joints.add(at)
        return tuple(each for each in every if each in joints), tuple(
            each for each in every if each not in joints
        )


def _weigh_batch(lexicon: Lexicon, codes: Array, borders: Array) -> Array:
    """Return for each place the size of the best word from there, as jieba weighs it."""
    ahead = np.repeat(borders, np.diff(borders, prepend=-1)) - np.arange(len(codes))
    words = _list_words(lexicon, codes, ahead)
    scores = np.full(len(codes), -np.inf)
    scores[borders] = 0.0
    sizes = np.ones(len(codes), dtype=np.int64)
    for step in range(1, int(ahead.max(initial=0)) + 1):
        for size, (places, weights, ends) in enumerate(words, start=1):
            low, high = ends[step - 1 : step + 1].tolist()
            if low == high:
                continue
            here = places[low:high]
            score = weights[low:high] + scores[here + size]
            # Among equals jieba takes the longest, which comes last.
            better = score >= scores[here]
            here = here[better]
            scores[here] = score[better]
            sizes[here] = size
    return sizes


def _list_words(
    lexicon: Lexicon, codes: Array, ahead: Array
) -> list[tuple[Array, npt.NDArray[np.float64], Array]]:
    """Return for each size of words their places and weights, by how much of the run is ahead.

    The third array tells where the words with so much ahead end.
    """
    found = []
    places = np.flatnonzero(ahead)
    nodes = lexicon.firsts[np.where(codes < len(lexicon.firsts), codes, 0)][places]
    known = np.zeros(len(codes), dtype=np.bool_)
    while len(places):
        weights = lexicon.weights[nodes]
        words = (nodes != ROOT) & ~np.isnan(weights)
        known[places[words]] = True
        found.append((places[words], weights[words]))
        onward = nodes != ROOT
        places = places[onward]
        nodes = lexicon.step_all(nodes[onward], codes[places + len(found)])
    lonely = np.flatnonzero(~known & (ahead > 0))
    if len(lonely):
        unknown = np.full(len(lonely), lexicon.weights[ROOT])
        found[0] = np.append(found[0][0], lonely), np.append(found[0][1], unknown)
    return [_sort_words(*each, ahead) for each in found]


def _sort_words(
    places: Array, weights: npt.NDArray[np.float64], ahead: Array
) -> tuple[Array, npt.NDArray[np.float64], Array]:
    own = ahead[places]
    order = np.argsort(own.astype(np.uint16), kind="stable")
    ends = np.cumsum(np.bincount(own, minlength=int(ahead.max(initial=0)) + 1))
    return places[order], weights[order], ends
