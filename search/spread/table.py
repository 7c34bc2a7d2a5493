"""The speeches that a spread looks through, as columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np

from search.arrays.tables import Array
from search.study.opening import Study


@dataclass(frozen=True)
class DatedSpeeches:
    """One row for each speech that was looked through; first and last are 0 without a date."""

    ids: Array
    counts: Array
    sizes: Array
    first: Array
    last: Array
    # Their numbers through all segments.
    numbers: Array

    @cached_property
    def dated(self) -> Array:
        """Return which bear a date."""
        dated: Array = self.first > 0
        return dated

    @cached_property
    def has(self) -> Array:
        """Return which have the expression."""
        has: Array = self.counts > 0
        return has

    def take(self, rows: Array) -> DatedSpeeches:
        """Return the chosen rows, given as numbers or as a mask."""
        return DatedSpeeches(*(getattr(self, each.name)[rows] for each in fields(self)))

    def find_first(self) -> int | None:
        """Return the row of the first that has it, by its last possible day; None without one."""
        rows = np.flatnonzero(self.has & self.dated)
        if not len(rows):
            return None
        order = np.lexsort((self.ids[rows], self.first[rows], self.last[rows]))
        return int(rows[order[0]])

    def count_rivals(self, row: int) -> int:
        """Return how many others that have it may be as early as the one of a row."""
        early = self.has & self.dated & (self.first <= self.last[row])
        return int(early.sum()) - 1

    def count_earlier(self, row: int) -> int:
        """Return how many are surely from before the one of a row."""
        return int((self.dated & (self.last < self.first[row])).sum())


def read_speech_table(study: Study) -> DatedSpeeches:
    """Return the speeches that the facets leave, with what a query has in them."""
    masks = np.concatenate([np.zeros(0, dtype=np.bool_), *study.limited])
    columns = [live.segment.tables.columns for live in study.index.segments]
    rows = np.flatnonzero(masks)
    return DatedSpeeches(
        ids=_join([live.segment.speech_ids for live in study.index.segments])[rows],
        counts=_join(study.counts)[rows],
        sizes=_join([live.sizes for live in study.index.segments])[rows],
        first=_join([each["date_first"] for each in columns])[rows],
        last=_join([each["date_last"] for each in columns])[rows],
        numbers=rows,
    )


def _join(parts: Sequence[Array]) -> Array:
    return np.concatenate([np.zeros(0, dtype=np.int64), *parts])
