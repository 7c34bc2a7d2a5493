"""Which of the nodes that a query holds for are hits: the deepest, and who has the words itself.

A section's own words are those that stand in none of the sections below it: its heading, and
what follows before the first point.
"""

from __future__ import annotations

from functools import reduce

import numpy as np

from search.arrays.segment import Segment
from search.arrays.tables import Array, Mask
from search.matching.evaluation import Names, NodeVerdict, list_mentions
from search.matching.nesting import list_deepest, list_pattern_nodes, mark_nodes
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
        return [list_pattern_nodes(segment, pattern) for pattern in read_patterns(leaf)]
    if isinstance(leaf, SloganNamed):
        return [list_deepest(segment, list_mentions(segment, names.find_slogans(leaf.text)))]
    if isinstance(leaf, Regex):
        # Read already for the verdict, where it mattered.
        nowhere = np.zeros(segment.tables.speech_count, dtype=np.bool_)
        return [list_deepest(segment, names.find_expression(segment, leaf, nowhere))]
    return None
