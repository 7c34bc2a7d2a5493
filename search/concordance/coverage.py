"""How much text was looked through, so that a count, or none, can be cited."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import numpy as np

from search.arrays.evaluation import Mask, Names
from search.arrays.store import ArrayIndex
from search.concordance.selection import Limit, judge_limits
from search.result import Coverage


def select_speeches(index: ArrayIndex, limits: Sequence[Limit], names: Names) -> list[Mask]:
    """Return for each segment which of its speeches count and satisfy the limits."""
    return [
        judge_limits(live, limits, names)[live.segment.roots] if limits else live.alive
        for live in index.segments
    ]


def measure_coverage(index: ArrayIndex, chosen: Sequence[Mask]) -> Coverage:
    """Return the size of the chosen speeches of every segment; characters are those of texts."""
    speeches = sections = characters = 0
    days: list[int] = []
    for live, mask in zip(index.segments, chosen, strict=True):
        tables = live.segment.tables
        speeches += int(mask.sum())
        sections += int((tables.lengths("nodes")[mask] - 1).sum())
        characters += int(tables.columns["characters"][mask].sum(dtype=np.int64))
        first = tables.columns["date_first"][mask]
        if (first > 0).any():
            days += [int(first[first > 0].min()), int(first.max())]
    years = [datetime.date.fromordinal(day).year for day in days]
    return Coverage(
        speeches, sections, characters, min(years, default=None), max(years, default=None)
    )
