"""The matched units of all segments as one table of arrays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from search.arrays.store import ArrayIndex, LiveSegment
from search.arrays.tables import Array
from search.matching.evaluation import Names, evaluate
from search.matching.section_hits import choose_hits
from search.matching.spans import Spans
from search.query.nodes import Node


@dataclass(frozen=True)
class HitTable:
    """Row by row: the segment's number, the node and its speech's place in the segment."""

    segments: tuple[LiveSegment, ...]
    segment: Array
    node: Array
    speech: Array

    def __len__(self) -> int:
        return len(self.node)

    def take(self, rows: Array) -> HitTable:
        """Return the rows, given as numbers or as a mask."""
        return HitTable(self.segments, self.segment[rows], self.node[rows], self.speech[rows])

    def read_speech_column(self, name: str) -> Array:
        """Return a speech column's value for each row."""
        return self._gather(name, by_node=False)

    def read_node_column(self, name: str) -> Array:
        """Return a node column's value for each row."""
        return self._gather(name, by_node=True)

    def _gather(self, name: str, *, by_node: bool) -> Array:
        places = self.node if by_node else self.speech
        if len(self.segments) == 1:
            return self.segments[0].segment.tables.columns[name][places].astype(np.int64)
        values = np.zeros(len(self), dtype=np.int64)
        for number, live in enumerate(self.segments):
            rows = (self.segment == number).nonzero()[0]
            if len(rows):
                values[rows] = live.segment.tables.columns[name][places[rows]]
        return values

    @cached_property
    def speech_id(self) -> Array:
        """Return each row's speech id."""
        return self.read_speech_column("speech_id")

    @cached_property
    def date_first(self) -> Array:
        """Return the first day of each row's date as an ordinal, 0 where unknown."""
        return self.read_speech_column("date_first")

    @cached_property
    def is_root(self) -> Array:
        """Return for each row whether it is the whole speech."""
        return self.read_node_column("node_pk") == 0

    @cached_property
    def speech_number(self) -> Array:
        """Return each row's speech, numbered through all segments."""
        if len(self.segments) == 1:
            return self.speech
        sizes = [live.segment.tables.speech_count for live in self.segments]
        return self.speech + np.cumsum([0, *sizes])[self.segment]

    def encode_speeches(self, name: str) -> tuple[list[str], Array]:
        """Return the distinct strings of a speech column, and of every speech the number of its.

        The speeches are those of all segments, whether a row has them or not.
        """
        own = [live.segment.encode(name) for live in self.segments]
        if len(own) == 1:
            return own[0]
        values: dict[str, int] = {}
        codes = [np.zeros(0, dtype=np.int64)]
        for strings, numbers in own:
            shared = [values.setdefault(value, len(values)) for value in strings]
            codes.append(np.array(shared, dtype=np.int64)[numbers])
        return list(values), np.concatenate(codes)

    def count_spans(self, spans: list[Spans]) -> Array:
        """Return how many of the spans (one list per segment) lie in each row's node."""
        counts = np.zeros(len(self), dtype=np.int64)
        for number, live in enumerate(self.segments):
            if not len(spans[number].starts):
                continue
            rows = (self.segment == number).nonzero()[0]
            nodes = self.node[rows]
            counts[rows] = spans[number].count_inside(
                live.segment.node_start[nodes], live.segment.node_end[nodes]
            )
        return counts


def collect_hits(arrays: ArrayIndex, tree: Node, names: Names, unit: str) -> HitTable:
    """Return the units that satisfy a query, in the order of segments and nodes."""
    none = np.zeros(0, dtype=np.int64)
    nodes, segments, speeches = [none], [none], [none]
    for number, live in enumerate(arrays.segments):
        verdict = evaluate(live.segment, tree, names)
        found = choose_hits(live.segment, tree, verdict, names, live.node_alive, unit)
        nodes.append(found)
        segments.append(np.full(len(found), number))
        speeches.append(live.segment.node_speech[found])
    return HitTable(arrays.segments, *map(np.concatenate, (segments, nodes, speeches)))
