"""The matched units of all segments as one table, and which of the sections are shown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, reduce

import numpy as np

from search.arrays.segment import Segment
from search.arrays.store import ArrayIndex, LiveSegment
from search.arrays.tables import Array, Mask
from search.matching.evaluation import Names, NodeVerdict, evaluate, list_mentions
from search.matching.spans import Spans, list_deepest, list_pattern_nodes, mark_nodes
from search.query.nodes import And, Leaf, Node, Not, Or, Phrase, Prefix, Regex, SloganNamed, Words
from search.query.patterns import read_patterns


def choose_hits(
    segment: Segment, query: Node, verdict: NodeVerdict, names: Names, alive: Mask, unit: str
) -> Array:
    """Return the nodes that are hits, in reading order.

    For unit "speech" the roots that hold. For unit "section" the deepest nodes that hold, and
    every section above them that holds by words of its own: a match in a heading is not hidden
    by one in a point below. A section hit bears a match wherever any node of its speech that
    holds bears one.
    """
    if unit == "speech":
        return segment.roots[verdict.holds[segment.roots] & alive[segment.roots]]
    nodes = _list_candidates(segment, verdict, alive).nonzero()[0]
    following = np.append(nodes[1:], segment.node_count)
    chosen = following >= segment.node_last[nodes]
    own = _hold_by_own_words(segment, query, names)
    if own is not None:
        chosen |= own[nodes] & (segment.node_parent[nodes] >= 0)
    return nodes[chosen]


def _list_candidates(segment: Segment, verdict: NodeVerdict, alive: Mask) -> Mask:
    """Return the nodes that hold; those without a match only in speeches that have none."""
    holds = verdict.holds & alive
    if verdict.anchored is verdict.holds:
        return holds
    anchored = verdict.anchored & holds
    has_anchor = np.zeros(segment.tables.speech_count, dtype=np.bool_)
    has_anchor[segment.node_speech[anchored.nonzero()[0]]] = True
    return np.where(has_anchor[segment.node_speech], anchored, holds)


def _hold_by_own_words(segment: Segment, query: Node, names: Names) -> Mask | None:
    """Tell which nodes satisfy the query's words by their own; None if it asks for no words."""
    if isinstance(query, Not):
        return None
    if isinstance(query, And | Or):
        parts = [_hold_by_own_words(segment, child, names) for child in query.children]
        worded = [part for part in parts if part is not None]
        if not worded:
            return None
        return reduce(np.logical_and if isinstance(query, And) else np.logical_or, worded)
    found = _find_words(segment, query, names)
    if found is None:
        return None
    masks = [mark_nodes(segment, nodes) for nodes in found]
    return reduce(np.logical_and, masks)


def _find_words(segment: Segment, leaf: Leaf, names: Names) -> list[Array] | None:
    """Return the deepest nodes around each word that the leaf asks for; None for a field.

    Words near each other count for the deepest section that holds both, and for no other.
    """
    if isinstance(leaf, Phrase | Words | Prefix):
        found = [list_pattern_nodes(segment, pattern) for pattern in read_patterns(leaf)]
        any_word = isinstance(leaf, Words) and leaf.any_word
        return [np.concatenate(found)] if any_word else found
    if isinstance(leaf, SloganNamed):
        return [list_deepest(segment, list_mentions(segment, names.find_slogans(leaf.text)))]
    if isinstance(leaf, Regex):
        # Read already for the verdict, where it mattered.
        nowhere = np.zeros(segment.tables.speech_count, dtype=np.bool_)
        return [list_deepest(segment, names.find_expression(segment, leaf, nowhere))]
    return None


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
