"""Which nodes hold the places of a string: the deepest around each, and all above those.

The work grows with the places found and not with the nodes there are, so that a rare string
costs next to nothing in a large corpus.
"""

from __future__ import annotations

import numpy as np

from search.arrays.segment import PLACES, Segment
from search.arrays.tables import Array, Mask
from search.matching.spans import Spans, find_spans
from search.query.patterns import Pattern


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
