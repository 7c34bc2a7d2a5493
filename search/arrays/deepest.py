"""The deepest section around a place, and the sections that satisfy a query by words of their own.

A section's own words are those that stand in none of the sections below it: its heading, and
what follows before the first point.
"""

from __future__ import annotations

from functools import reduce

import numpy as np

from search.arrays.evaluation import Mask, Names, Verdict, list_mentions
from search.arrays.segment import Segment
from search.arrays.spans import Spans, find_spans
from search.arrays.tables import Array
from search.query.nodes import And, Leaf, Node, Not, Or, Phrase, Prefix, Regex, SloganNamed, Words
from search.query.patterns import read_patterns


def find_deepest(segment: Segment, starts: Array, ends: Array) -> Array:
    """Return the deepest node that holds each place, -1 outside of all.

    The last node that starts in time is the one or lies inside it, as nodes stand in reading
    order; so going up from there meets the deepest one first.
    """
    if not segment.node_count:
        return np.full(len(starts), -1, dtype=np.int64)
    parents = segment.tables.columns["node_parent"]
    nodes = np.searchsorted(segment.node_start, starts, side="right") - 1
    while True:
        outside = (nodes >= 0) & (segment.node_end[nodes] < ends)
        if not outside.any():
            return nodes
        nodes[outside] = parents[nodes[outside]]


def choose_hits(
    segment: Segment, query: Node, verdict: Verdict, names: Names, alive: Mask, unit: str
) -> Array:
    """Return the nodes that are hits, in reading order.

    For unit "speech" the roots that hold. For unit "section" the deepest nodes that hold, and
    every section above them that holds by words of its own: a match in a heading is not hidden
    by one in a point below. A section hit bears a match wherever any node of its speech that
    holds bears one.
    """
    holds = verdict.holds & alive
    if unit == "speech":
        return segment.roots[holds[segment.roots]]
    anchored = verdict.anchored & holds
    has_anchor = np.zeros(segment.tables.speech_count, dtype=np.bool_)
    has_anchor[segment.node_speech[anchored]] = True
    candidates = np.where(has_anchor[segment.node_speech], anchored, holds)
    counts = np.concatenate([[0], np.cumsum(candidates)])
    nodes = np.flatnonzero(candidates)
    deepest = counts[segment.node_last[nodes]] == counts[nodes + 1]
    own = _hold_by_own_words(segment, query, names)
    if own is None:
        return nodes[deepest]
    own[segment.roots] = False
    return nodes[deepest | own[nodes]]


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
    masks = [_mark_deepest(segment, spans) for spans in found]
    return reduce(np.logical_and, masks)


def _find_words(segment: Segment, leaf: Leaf, names: Names) -> list[Spans] | None:
    """Return the places of each word that the leaf asks for; None for a field and the like.

    Words near each other count for the deepest section that holds both, and for no other.
    """
    if isinstance(leaf, Phrase | Words | Prefix):
        return [find_spans(segment, pattern) for pattern in read_patterns(leaf)]
    if isinstance(leaf, SloganNamed):
        return [list_mentions(segment, names.find_slogans(leaf.text))]
    if isinstance(leaf, Regex):
        # Read already for the verdict, where it mattered.
        nowhere = np.zeros(segment.tables.speech_count, dtype=np.bool_)
        return [names.find_expression(segment, leaf, nowhere)]
    return None


def _mark_deepest(segment: Segment, spans: Spans) -> Mask:
    mask = np.zeros(segment.node_count, dtype=np.bool_)
    solid = spans.ends > spans.starts
    nodes = find_deepest(segment, spans.starts[solid], spans.ends[solid])
    mask[nodes[nodes >= 0]] = True
    return mask
