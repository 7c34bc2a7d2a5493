"""One text against the whole corpus: the passages it shares, and where it speaks in formulas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from search.arrays.seeds import SEED, Content, choose_seeds
from search.arrays.tables import Array, Mask
from search.reuse.chains import find_passages
from search.reuse.corpus import ReuseCorpus
from search.reuse.labels import FORMULA_SOURCES, count_depth
from search.reuse.runs import find_runs, keep_equal, sort_pairs, spread
from search.reuse.table import PassageTable, Side, Sides

# A seed in more places is a formula whoever has it, and leads to no single text.
MOST_PLACES: Final = 400
# Of all seeds together so many places are looked at, those of the rarest: a text of any length
# takes no more memory.
_MOST_PAIRS: Final = 3_000_000
# Texts compared: those that share most seeds that are no formula.
MOST_PARTNERS: Final = 300
# Places of a frequent seed that are looked at first: most formulas are known by these.
_SAMPLED: Final = 64


@dataclass(frozen=True)
class FoundPassages:
    """What one text shares with the others.

    Of the passages, first counts in the text's content, second in that of the other text, whose
    number in the corpus is second_text. formula tells for each character of the content whether
    a formula covers it; left_out is how many further texts share something with it.
    """

    passages: PassageTable
    formula: Mask
    left_out: int = 0


@dataclass(frozen=True)
class _Seeds:
    """The seeds of the text: where they stand, and where in the lists of each segment."""

    places: Array
    low: list[Array]
    counts: list[Array]

    @property
    def total(self) -> Array:
        """Return how many places of the corpus bear each seed."""
        return np.sum(self.counts, axis=0) if self.counts else np.zeros(len(self.places), np.int64)


def find_in_corpus(content: Content, corpus: ReuseCorpus, own: Sequence[int] = ()) -> FoundPassages:
    """Return what a text shares with the corpus.

    own are the numbers of the texts that are the same speech: with them and their versions it is
    not compared, and their sources are its own.
    """
    texts = np.array(own, dtype=np.int64)
    seeds = _look_up(content, corpus)
    # A text that is not in the corpus is one source more.
    frequent = _mark_frequent(seeds, corpus, FORMULA_SOURCES - (not own))
    formula = np.zeros(len(content) + 1, dtype=np.int32)
    np.add.at(formula, seeds.places[frequent], 1)
    np.subtract.at(formula, seeds.places[frequent] + SEED, 1)
    said = np.cumsum(formula)[:-1] > 0
    strange = corpus.alive & ~corpus.list_versions(texts)
    pairs, left_out = _pair_seeds(seeds, corpus, frequent, strange)
    parts = [
        _compare(content, corpus, segment, pair) for segment, pair in enumerate(pairs) if len(pair)
    ]
    passages = PassageTable.join(parts)
    sources = corpus.sources[passages.second_text]
    depth = count_depth(passages, len(content), sources, corpus.sources[texts])
    said |= depth >= FORMULA_SOURCES
    return FoundPassages(passages, said, left_out)


def _look_up(content: Content, corpus: ReuseCorpus) -> _Seeds:
    hashes, places = choose_seeds(content)
    low = [each.hashes.searchsorted(hashes, side="left") for each in corpus.segments]
    high = [each.hashes.searchsorted(hashes, side="right") for each in corpus.segments]
    return _Seeds(places, low, [one - other for one, other in zip(high, low, strict=True)])


def _mark_frequent(seeds: _Seeds, corpus: ReuseCorpus, needed: int) -> Mask:
    """Return which seeds stand in so many independent sources, or in too many places."""
    total = seeds.total
    frequent: Mask = total > MOST_PLACES
    for most in (_SAMPLED, MOST_PLACES):
        open_ = (~frequent & (total >= needed)).nonzero()[0]
        open_ = open_ if most == _SAMPLED else open_[total[open_] > _SAMPLED]
        known = [_list_sources(seeds, corpus, open_, at, most) for at in range(len(seeds.low))]
        if not known or not len(open_):
            break
        distinct = np.unique(np.concatenate(known))
        rows, counts = np.unique(distinct >> 32, return_counts=True)
        frequent[rows[counts >= needed]] = True
    return frequent


def _list_sources(
    seeds: _Seeds, corpus: ReuseCorpus, rows: Array, segment: int, most: int
) -> Array:
    """Return seed << 32 | source for at most so many places of each seed, evenly drawn."""
    low, counts = seeds.low[segment][rows], seeds.counts[segment][rows]
    drawn = np.minimum(counts, most)
    steps = spread(np.zeros(len(rows), dtype=np.int64), drawn)
    at = np.repeat(low, drawn) + steps * np.repeat(counts, drawn) // np.repeat(drawn, drawn)
    places = corpus.segments[segment].places[at].astype(np.int64)
    texts = corpus.find_texts(segment, places)
    seen = corpus.alive[texts]
    packed: Array = (np.repeat(rows, drawn) << 32 | corpus.sources[texts])[seen]
    return packed


@dataclass(frozen=True)
class _Pairs:
    """Places of equal seeds: in the text, and in a segment."""

    first: Array
    second: Array
    texts: Array
    frequent: Mask

    def __len__(self) -> int:
        return len(self.first)

    def take(self, rows: Array) -> _Pairs:
        return _Pairs(self.first[rows], self.second[rows], self.texts[rows], self.frequent[rows])


def _pair_seeds(
    seeds: _Seeds, corpus: ReuseCorpus, frequent: Mask, strange: Mask
) -> tuple[list[_Pairs], int]:
    """Return the pairs of each segment, and how many texts that share something are left out."""
    use = _choose_usable(seeds)
    pairs = [
        _pair_in_segment(seeds, corpus, use, segment, frequent, strange)
        for segment in range(len(corpus.segments))
    ]
    weight = np.zeros(len(corpus.alive), dtype=np.int64)
    for each in pairs:
        np.add.at(weight, each.texts[~each.frequent], 1)
    partners = weight > 0
    left_out = int(partners.sum()) - MOST_PARTNERS
    if left_out > 0:
        order = np.argsort(-weight, kind="stable")[:MOST_PARTNERS]
        partners = np.zeros(len(weight), dtype=np.bool_)
        partners[order] = True
    return [each.take(partners[each.texts]) for each in pairs], max(0, left_out)


def _choose_usable(seeds: _Seeds) -> Array:
    """Return the seeds whose places are looked at, in the order of the text."""
    total = seeds.total
    rarest = np.argsort(total, kind="stable")
    affordable = rarest[np.cumsum(total[rarest]) <= _MOST_PAIRS]
    chosen: Array = np.sort(affordable[total[affordable] <= MOST_PLACES])
    return chosen


def _pair_in_segment(
    seeds: _Seeds, corpus: ReuseCorpus, use: Array, segment: int, frequent: Mask, strange: Mask
) -> _Pairs:
    counts = seeds.counts[segment][use]
    at = spread(seeds.low[segment][use], counts)
    second = corpus.segments[segment].places[at].astype(np.int64)
    texts = corpus.find_texts(segment, second)
    found = _Pairs(
        np.repeat(seeds.places[use], counts), second, texts, np.repeat(frequent[use], counts)
    )
    return found.take(strange[texts])


def _compare(content: Content, corpus: ReuseCorpus, segment: int, pairs: _Pairs) -> PassageTable:
    """Return the passages with the texts of a segment, their places counted in each text."""
    texts, at = np.unique(pairs.texts, return_inverse=True)
    side = Side.of_texts([corpus.read_content(text) for text in texts.tolist()])
    sides = Sides(Side.of_text(content), side)
    begins = corpus.segments[segment].starts[texts - corpus.bases[segment]]
    moved = pairs.second - begins[at] + side.starts[at]
    first, second = sort_pairs(keep_equal(sides, pairs.first, moved))
    found = find_passages(sides, find_runs(sides, first, second))
    begins = side.starts[found.second_text]
    return found.change(
        second_start=found.second_start - begins,
        second_end=found.second_end - begins,
        second_text=texts[found.second_text],
    )


def list_stretches(marks: Mask, least: int = 1) -> Iterator[tuple[int, int]]:
    """Yield where each row of marked characters begins and ends, if it is long enough."""
    steps = np.diff(np.concatenate([[0], marks.astype(np.int8), [0]]))
    starts, ends = (steps > 0).nonzero()[0], (steps < 0).nonzero()[0]
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        if end - start >= least:
            yield start, end
