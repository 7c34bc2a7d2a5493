"""How close every unit comes to a query by its characters: BM25 over grams, exact for all.

The arrays hold the places of every pair of characters, so nothing is sampled and no unit left
out. A section counts by its own characters and, a little, by those of its speech; a speech by
its own and by the best of its sections, for what answers stands near together. How rare a gram
is and how long texts are is taken from what whoever asks may see.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Final

import numpy as np

from corpus_app.catalog.bounded_cache import BoundedCache
from search.arrays.segment import Segment
from search.arrays.store import LiveSegment
from search.arrays.tables import Array, Mask
from search.matching.hits import HitTable
from search.matching.spans import find_deepest
from search.ranking.grams import Gram, GramWeights, list_grams

# A character of more than so many of the sections says nothing.
COMMON: Final = 0.25

# Of all segments and threads; a question's characters are other questions' too.
COUNTS: Final = BoundedCache(16 * 1024 * 1024, attrgetter("nbytes"))


@dataclass(frozen=True, slots=True)
class Manner:
    """What counts how much, tuned on families of questions (docs/decisions/0026-questions.md).

    saturation and length are BM25's k1 and b. speech is what the whole speech adds to a section,
    section what the best section adds to a speech, words what the scores of words count.
    """

    saturation: float
    length: float
    speech: float
    section: float
    words: float
    weights: GramWeights


# A question's words need stand but once where it is answered, and few of them do: its single
# characters tell much. What is about a named topic speaks of it again and again.
QUESTION: Final = Manner(1.0, 0.4, 0.4, 2.0, 0.2, GramWeights(1.0, 0.5, 0.8))
TOPIC: Final = Manner(3.0, 0.9, 0.2, 2.0, 1.0, GramWeights(1.0, 0.7, 0.3))


@dataclass(frozen=True, slots=True)
class GramCounts:
    """The deepest nodes around a gram's places and the speeches, rising, each with how many."""

    nodes: Array
    times: Array
    speeches: Array
    speech_times: Array

    @property
    def nbytes(self) -> int:
        """Return the memory taken."""
        arrays = (self.nodes, self.times, self.speeches, self.speech_times)
        return sum(int(array.nbytes) for array in arrays)


def count_gram(segment: Segment, gram: Gram) -> GramCounts:
    """Return where a gram stands in a segment and how often; kept."""
    pattern = tuple(gram.pattern)
    found: GramCounts = COUNTS.get((segment.key, pattern), lambda: _count(segment, gram))
    return found


def _count(segment: Segment, gram: Gram) -> GramCounts:
    places = segment.find_gram(gram.pattern)
    deepest = find_deepest(segment, places, places + len(gram.pattern))
    if len(deepest) * 16 < segment.node_count:
        nodes, times = np.unique(deepest[deepest >= 0], return_counts=True)
    else:
        every = np.bincount(deepest + 1, minlength=segment.node_count + 1)[1:]
        nodes = every.nonzero()[0]
        times = every[nodes]
    of_speeches = np.bincount(segment.node_speech[nodes], weights=times)
    speeches = of_speeches.nonzero()[0]
    return GramCounts(
        nodes.astype(np.int32),
        times.astype(np.float32),
        speeches.astype(np.int32),
        of_speeches[speeches].astype(np.float32),
    )


@dataclass(frozen=True, slots=True)
class _Corpus:
    """How many visible leaves and speeches there are, and their mean lengths."""

    leaves: int
    speeches: int
    leaf_length: float
    speech_length: float


class _Scores:
    """The scores of one segment's nodes while grams are added."""

    def __init__(self, live: LiveSegment, wanted: Array) -> None:
        """Take the nodes that are wanted; all leaves and speeches are scored anyhow."""
        self.live, self.segment = live, live.segment
        self.leaf_alive: Mask = self.segment.leaves & live.node_alive
        self.inner = wanted[~self.segment.leaves[wanted]]
        self.by_leaf = np.zeros(self.segment.node_count)
        self.by_inner = np.zeros(len(self.inner))
        self.by_speech = np.zeros(self.segment.tables.speech_count)

    @cached_property
    def lengths(self) -> Array:
        """Return the nodes' lengths in characters."""
        return self.segment.node_end - self.segment.node_start

    def count_inner(self, counts: GramCounts) -> Array:
        """Return how often a gram stands in each wanted node that has nodes in it."""
        sums = np.append(0.0, np.cumsum(counts.times, dtype=np.float64))
        first = counts.nodes.searchsorted(self.inner)
        return sums[counts.nodes.searchsorted(self.segment.node_last[self.inner])] - sums[first]

    def slacken(self, corpus: _Corpus, manner: Manner) -> None:
        """Set BM25's term of length for nodes, by the mean leaf, and for speeches."""
        self.manner = manner
        for_speeches = self.lengths[self.segment.roots] / max(1.0, corpus.speech_length)
        for_nodes = self.lengths / max(1.0, corpus.leaf_length)
        k1, b = manner.saturation, manner.length
        self.node_slack = k1 * (1 - b + b * for_nodes)
        self.speech_slack = k1 * (1 - b + b * for_speeches)

    def add(self, counts: GramCounts, rarity: float, speech_rarity: float) -> None:
        """Add a gram, given its weight by its rarity among leaves and among speeches."""
        nodes, times = counts.nodes, counts.times
        self.by_leaf[nodes] += rarity * self._saturate(times, self.node_slack[nodes])
        if len(self.inner):
            inner = self._saturate(self.count_inner(counts), self.node_slack[self.inner])
            self.by_inner += rarity * inner
        slack = self.speech_slack[counts.speeches]
        self.by_speech[counts.speeches] += speech_rarity * self._saturate(
            counts.speech_times, slack
        )

    def _saturate(self, times: Array, slack: Array) -> Array:
        return times * (self.manner.saturation + 1) / (times + slack)

    def read(self, nodes: Array, *, whole: bool) -> Array:
        """Return the scores of the wanted nodes; whole: they are speeches, found as such."""
        speeches = self.segment.node_speech[nodes]
        if whole:
            leaves = np.where(self.segment.leaves, self.by_leaf, 0.0)
            best = np.maximum.reduceat(leaves, self.segment.roots)
            return self.by_speech[speeches] + self.manner.section * best[speeches]
        scores = self.by_leaf[nodes]
        scores[~self.segment.leaves[nodes]] = self.by_inner
        return scores + self.manner.speech * self.by_speech[speeches]

    def hold(self, counts: GramCounts) -> int:
        """Return in how many visible leaves a gram stands."""
        return int(np.count_nonzero(self.leaf_alive[counts.nodes]))

    def tell(self, counts: GramCounts) -> int:
        """Return in how many visible speeches a gram stands."""
        return int(np.count_nonzero(self.live.alive[counts.speeches]))


def score_closeness(table: HitTable, texts: Sequence[str], manner: Manner) -> Array:
    """Return each row's score by the grams of a query's texts, 0 where it has none of them."""
    parts = [
        _Scores(live, table.node[table.segment == number])
        for number, live in enumerate(table.segments)
    ]
    corpus = _measure(parts)
    for part in parts:
        part.slacken(corpus, manner)
    for gram in list_grams(texts, manner.weights):
        _add(parts, gram, corpus)
    closeness = np.zeros(len(table))
    whole = bool(table.is_root.all())
    for number, part in enumerate(parts):
        rows = (table.segment == number).nonzero()[0]
        if len(rows):
            closeness[rows] = part.read(table.node[rows], whole=whole)
    return closeness


def _measure(parts: Sequence[_Scores]) -> _Corpus:
    leaves = sum(int(np.count_nonzero(part.leaf_alive)) for part in parts)
    speeches = sum(int(np.count_nonzero(part.live.alive)) for part in parts)
    in_leaves = sum(int(part.lengths[part.leaf_alive].sum()) for part in parts)
    in_speeches = sum(
        int(part.lengths[part.segment.roots][part.live.alive].sum()) for part in parts
    )
    return _Corpus(leaves, speeches, in_leaves / max(1, leaves), in_speeches / max(1, speeches))


def _add(parts: Sequence[_Scores], gram: Gram, corpus: _Corpus) -> None:
    """Add a gram to the scores of all segments."""
    counts = [count_gram(part.segment, gram) for part in parts]
    held = sum(part.hold(each) for part, each in zip(parts, counts, strict=True))
    if len(gram.pattern) == 1 and held > COMMON * corpus.leaves:
        return
    told = sum(part.tell(each) for part, each in zip(parts, counts, strict=True))
    rarity = gram.weight * _weigh_rarity(held, corpus.leaves)
    speech_rarity = gram.weight * _weigh_rarity(told, corpus.speeches)
    for part, each in zip(parts, counts, strict=True):
        part.add(each, rarity, speech_rarity)


def _weigh_rarity(held: int, total: int) -> float:
    return float(np.log(1 + (total - held + 0.5) / (held + 0.5)))
