"""The corpus over this host's arrays, which hold all of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from search.arrays.store import ArrayIndex
from search.arrays.tables import Array
from search.counting.corpus import SpeechDays
from search.matching.limits import Limit
from search.matching.names import DatabaseNames
from search.matching.periods import number_days
from search.matching.reading import QueryReading, read_query
from search.matching.selection import select_speeches
from search.presentation.coverage import measure_corpus, measure_coverage
from search.query.nodes import Node
from search.request import Match
from search.result import Coverage


class ArrayCorpus:
    """Arrays as they were opened for whoever asks."""

    def __init__(self, index: ArrayIndex, *, is_stale: bool) -> None:
        self._index, self._is_stale = index, is_stale
        self._names = DatabaseNames()

    @property
    def is_stale(self) -> bool:
        """Tell whether they may not be all that is published, or are made by older rules."""
        return self._is_stale

    def read(self, text: str, match: Match) -> QueryReading:
        """Return what a query text asks of the corpus."""
        return read_query(text, match, self._index)

    def gather(self, tree: Node, limits: Sequence[Limit], unit: str) -> ArrayIndex:
        """Return all of them."""
        return self._index

    def gather_all(self) -> ArrayIndex:
        """Return all of them."""
        return self._index

    def gather_speech(self, speech_id: int) -> ArrayIndex:
        """Return all of them."""
        return self._index

    def list_days(self, limits: Sequence[Limit]) -> SpeechDays:
        """Return a row for each speech."""
        chosen = select_speeches(self._index, limits, self._names)
        pairs = list(zip(self._index.segments, chosen, strict=True))
        first, last = (
            _join([live.segment.tables.columns[name][mask] for live, mask in pairs])
            for name in ("date_first", "date_last")
        )
        sizes = _join([live.sizes[mask] for live, mask in pairs])
        return SpeechDays(first, last, np.ones_like(sizes), sizes)

    def measure(self, limits: Sequence[Limit] = ()) -> Coverage:
        """Return the size of what the limits leave."""
        if not limits:
            return measure_corpus(self._index)
        return measure_coverage(self._index, select_speeches(self._index, limits, self._names))

    def count_years(self) -> dict[int, int]:
        """Return how many speeches begin in each year; counted once."""
        kept: dict[int, int] | None = self._index.notes.get("years")
        if kept is None:
            days = self.list_days(()).first
            years, counts = np.unique(number_days(days[days > 0], "year"), return_counts=True)
            kept = dict(zip(years.tolist(), counts.tolist(), strict=True))
            self._index.notes["years"] = kept
        return kept

    def count_characters(self) -> tuple[int, int]:
        """Return the number of speeches and of their characters; counted once."""
        kept: tuple[int, int] | None = self._index.notes.get("characters")
        if kept is None:
            sizes = self.list_days(()).characters
            kept = self._index.notes["characters"] = len(sizes), int(sizes.sum())
        return kept


def _join(parts: Sequence[Array]) -> Array:
    return np.concatenate([np.zeros(0, dtype=np.int64), *parts])
