"""Stretches of a segment's characters, and which nodes hold one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

from corpus_app.text.chars import Offsets
from corpus_app.text.equality import SENTINEL
from search.arrays.segment import PLACES, Segment
from search.arrays.tables import Array, Mask
from search.query.nodes import Near
from search.query.patterns import Pattern, read_near_patterns

_FAR: Final = np.iinfo(np.int64).max


class Text(Protocol):
    """Something patterns are found in: a segment, or one folded text."""

    def find(self, pattern: Pattern) -> Offsets:
        """Return the sorted places where a pattern starts."""


@dataclass(frozen=True, slots=True)
class Spans:
    """Spans from starts to ends, sorted by start."""

    starts: Array
    ends: Array

    @classmethod
    def sort(cls, starts: Array, ends: Array) -> Spans:
        """Return spans in the order of their starts."""
        order = np.argsort(starts, kind="stable")
        return cls(starts[order], ends[order])

    def lie_inside(self, starts: Array, ends: Array) -> npt.NDArray[np.bool_]:
        """Return for each stretch start..end whether one of the spans lies wholly inside it."""
        # The nearest end among all spans that start here or later.
        nearest = np.minimum.accumulate(self.ends[::-1])[::-1]
        nearest = np.append(nearest, _FAR)
        return nearest[np.searchsorted(self.starts, starts)] <= ends

    def count_inside(self, starts: Array, ends: Array) -> Array:
        """Return for each stretch how many spans lie inside; spans must be of one length."""
        first = np.searchsorted(self.starts, starts)
        return np.maximum(np.searchsorted(self.ends, ends, side="right") - first, 0)


def find_spans(text: Text, pattern: Pattern) -> Spans:
    """Return every occurrence of a pattern."""
    starts = text.find(pattern)
    return Spans(starts, starts + len(pattern))


def find_near(text: Text, near: Near) -> Spans:
    """Return the shortest stretches that join both strings, in either order."""
    left, right = read_near_patterns(near)
    one, other = find_spans(text, left), find_spans(text, right)
    parts = [_join(one, other, near.distance), _join(other, one, near.distance)]
    joined = Spans.sort(
        np.concatenate([part.starts for part in parts]),
        np.concatenate([part.ends for part in parts]),
    )
    return _drop_crossing(joined, text.find([(SENTINEL,)]))


def _drop_crossing(spans: Spans, borders: Offsets) -> Spans:
    """Return the spans that do not run from one text into the next."""
    whole = np.searchsorted(borders, spans.starts) == np.searchsorted(borders, spans.ends)
    return Spans(spans.starts[whole], spans.ends[whole])


def _join(first: Spans, second: Spans, distance: int) -> Spans:
    """Return the spans from each first to the next second after it that is near enough."""
    at = np.searchsorted(second.starts, first.ends)
    starts = np.append(second.starts, _FAR)[at]
    close = starts - first.ends <= distance
    return Spans(first.starts[close], np.append(second.ends, _FAR)[at][close])


def find_deepest(segment: Segment, starts: Array, ends: Array) -> Array:
    """Return the deepest node that holds each place, -1 outside of all.

    The last node that starts in time is the one or lies inside it, as nodes stand in reading
    order; so going up from there meets the deepest one first.
    """
    if not segment.node_count:
        return np.full(len(starts), -1, dtype=np.int64)
    nodes = segment.find_nodes(starts)
    # A place before the first node is outside; -1 would read the last one.
    outside = ((nodes >= 0) & (segment.node_end[nodes] < ends)).nonzero()[0]
    while len(outside):
        above = segment.node_parent[nodes[outside]]
        nodes[outside] = above
        outside = outside[(above >= 0) & (segment.node_end[above] < ends[outside])]
    return nodes


def list_deepest(segment: Segment, spans: Spans) -> Array:
    """Return the nodes that are the deepest around a span with characters, rising, each once."""
    starts, ends = spans.starts, spans.ends
    solid = ends > starts
    if not solid.all():
        starts, ends = starts[solid], ends[solid]
    nodes = find_deepest(segment, starts, ends)
    if len(nodes) * 16 < segment.node_count:
        found = np.unique(nodes)
        return found[1:] if len(found) and found[0] < 0 else found
    mask = np.zeros(segment.node_count + 1, dtype=np.bool_)
    mask[nodes] = True  # -1 is the one place too many
    return mask[:-1].nonzero()[0]


def list_pattern_nodes(segment: Segment, pattern: Pattern) -> Array:
    """Return the deepest nodes around a pattern's places, rising; kept as the places are."""
    key = (segment.key, "nodes", tuple(pattern))
    found: Array = PLACES.get(key, lambda: list_deepest(segment, find_spans(segment, pattern)))
    return found


def mark_nodes(segment: Segment, nodes: Array) -> Mask:
    """Return the mask of nodes."""
    mask = np.zeros(segment.node_count, dtype=np.bool_)
    mask[nodes] = True
    return mask


def mark_above(segment: Segment, nodes: Array) -> Mask:
    """Return the mask of nodes and of all above them."""
    mask = mark_nodes(segment, nodes)
    while len(nodes):
        nodes = segment.node_parent[nodes]
        nodes = nodes[nodes >= 0]
        nodes = nodes[~mask[nodes]]
        mask[nodes] = True
    return mask
