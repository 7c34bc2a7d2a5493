"""What a shared passage is: a borrowing, from a common source, a short parallel or a formula.

The rule: a place is formula where its eight characters, or passages over it, come from five
independent sources or more (the text's own is one of them). What is left of a passage decides: 24
characters or more are a borrowing, 12 a short parallel, fewer a formula. A borrowing of which an
older third text has nearly all is from a common source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from search.arrays.seeds import LEAST_RUN
from search.arrays.tables import Array, Mask
from search.reuse.corpus import ReuseCorpus
from search.reuse.table import PassageTable

Label = Literal["borrowing", "common_source", "short_parallel", "formula"]
LABELS: Final[tuple[Label, ...]] = ("borrowing", "common_source", "short_parallel", "formula")
# What is told of pairs of texts; a formula is listed by its words, for many have it.
TOLD: Final[tuple[Label, ...]] = LABELS[:-1]

FORMULA_SOURCES: Final = 5
BORROWED: Final = 24
# So much of a passage a third text must have for it to be where both have it from.
_NEARLY_ALL: Final = 0.8


@dataclass(frozen=True)
class TextOrigin:
    """First and last day of a text (0: unknown), and the numbers of its independent sources."""

    days: tuple[int, int]
    sources: Array


def count_depth(passages: PassageTable, size: int, sources: Array, own: Array) -> Array:
    """Return for each character of a text in how many independent sources passages over it stand.

    sources are those of the passages' other texts; the text's own ones count as one.
    """
    keep = ~np.isin(sources, own)
    start, end, source = passages.first_start[keep], passages.first_end[keep], sources[keep]
    order = np.lexsort((start, source))
    # Each source on a stretch of its own, so that its overlapping passages count once.
    shift = source[order] * (size + 1)
    start, end = start[order] + shift, end[order] + shift
    reach = np.maximum.accumulate(np.append(0, end)[:-1])
    start = np.minimum(np.maximum(start, reach), end) - shift
    steps = np.bincount(start, minlength=size + 1) - np.bincount(end - shift, minlength=size + 1)
    depth: Array = np.cumsum(steps)[:size]
    return depth + 1


def measure_own(passages: PassageTable, formula: Mask) -> Array:
    """Return the characters of each passage that are matched and that no formula covers."""
    before = np.append(0, np.cumsum(formula))
    said = before[passages.first_end] - before[passages.first_start]
    sizes = passages.first_end - passages.first_start
    others = passages.second_end - passages.second_start
    own: Array = np.minimum(passages.matched, np.minimum(sizes, others)) - said
    return np.maximum(own, 0)


@dataclass(frozen=True)
class LabelledPassages:
    """Passages in reading order with their labels.

    own are the characters that no formula covers; common the number of the text that both have a
    passage from, -1 where there is none.
    """

    passages: PassageTable
    labels: tuple[Label, ...]
    own: Array
    common: Array


def label_passages(
    passages: PassageTable, formula: Mask, corpus: ReuseCorpus, text: TextOrigin
) -> LabelledPassages:
    """Return the passages of a text with their labels, in the order in which they begin."""
    order = np.lexsort((passages.second_text, -passages.first_end, passages.first_start))
    passages = passages.take(order)
    own = measure_own(passages, formula)
    rows = _find_common(passages, corpus, text)
    rows[own < BORROWED] = -1
    labels = tuple(
        _label(chars, common=row >= 0)
        for chars, row in zip(own.tolist(), rows.tolist(), strict=True)
    )
    common = np.where(rows >= 0, passages.second_text[rows], -1) if len(rows) else rows
    return LabelledPassages(passages, labels, own, common)


def _label(own: int, *, common: bool) -> Label:
    if own >= BORROWED:
        return "common_source" if common else "borrowing"
    return "short_parallel" if own >= LEAST_RUN else "formula"


def _find_common(passages: PassageTable, corpus: ReuseCorpus, text: TextOrigin) -> Array:
    """Return for each passage the row of an older text's that has nearly all of it, or -1.

    Older than both texts, and of neither's source; of several the oldest.
    """
    common = np.full(len(passages), -1)
    last, first = corpus.last_days[passages.second_text], corpus.first_days[passages.second_text]
    source = corpus.sources[passages.second_text]
    older = (last > 0) & (last < text.days[0]) & ~np.isin(source, text.sources)
    candidates = older.nonzero()[0]
    sizes = passages.first_end - passages.first_start
    # The oldest last: it has the final word.
    for row in candidates[np.argsort(-last[candidates], kind="stable")].tolist():
        start = np.maximum(passages.first_start, passages.first_start[row])
        end = np.minimum(passages.first_end, passages.first_end[row])
        held = (end - start >= _NEARLY_ALL * sizes) & (first > last[row]) & (source != source[row])
        common[held] = row
    return common


def find_direction(days: tuple[int, int], others: tuple[int, int]) -> Literal["from", "to", ""]:
    """Return whether a text had it "from" the other or the other from it ("to"), by their days.

    "" where the days are the same, overlap or are not known.
    """
    if 0 < others[1] < days[0]:
        return "from"
    return "to" if 0 < days[1] < others[0] else ""
