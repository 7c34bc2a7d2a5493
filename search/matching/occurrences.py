"""Where the things a query asks for stand, in the units that satisfy it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from search.arrays.segment import Segment
from search.arrays.store import LiveSegment
from search.arrays.tables import Array, Mask
from search.matching.evaluation import Names, list_mentions, select_holding
from search.matching.selection import Judged, Selection, judge
from search.matching.spans import find_deepest, find_near, find_spans
from search.query.nodes import (
    FieldText,
    Leaf,
    Near,
    Node,
    Phrase,
    Prefix,
    Regex,
    SloganNamed,
    Words,
    walk_leaves,
)
from search.query.patterns import read_field_patterns, read_patterns

Pairs = tuple[Array, Array]
_NONE: Final = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Places in a segment's characters in their order, each with the deepest node around it."""

    starts: Array
    ends: Array
    nodes: Array


def names_text(query: Node) -> bool:
    """Tell whether the query has terms that stand in texts, not fields or dates alone."""
    return any(_is_textual(leaf) for leaf in walk_leaves(query, positive_only=True))


def find_occurrences(live: LiveSegment, selection: Selection, names: Names) -> Occurrences:
    """Return every place of the query's positive terms that stands in a unit that satisfies it.

    With unit "speech" that is the whole speech. With unit "section" it is the place's own
    section or a hit around it: a heading counts though the hits are the sections below it, and
    in the sections of a hit on several words each of the words does. Two terms that give the
    same place count once.
    """
    return keep_judged(live, selection, judge(live, selection, names), names)


def keep_judged(
    live: LiveSegment, selection: Selection, judged: Judged, names: Names
) -> Occurrences:
    """Return what find_occurrences does, from a verdict that is there already."""
    within = select_holding(live.segment, judged.holds)
    starts, ends = find_places(live.segment, selection.node, names, within)
    nodes = find_deepest(live.segment, starts, ends)
    kept = nodes >= 0
    if selection.unit == "speech":
        kept &= judged.holds[live.segment.roots[live.segment.node_speech[nodes]]]
    else:
        kept &= judged.holds[nodes] | _stand_in_hits(live.segment, judged.hits, nodes)
    return Occurrences(starts[kept], ends[kept], nodes[kept])


def find_places(segment: Segment, query: Node, names: Names, within: Mask | None = None) -> Pairs:
    """Return the starts and ends of all the query's positive terms, each pair once, in order.

    Complete for the speeches within (None: all).
    """
    found = [
        pair
        for leaf in dict.fromkeys(walk_leaves(query, positive_only=True))
        for pair in _find_leaf(segment, leaf, names, within)
    ]
    if not found:
        return _NONE, _NONE
    starts = np.concatenate([pair[0] for pair in found])
    ends = np.concatenate([pair[1] for pair in found])
    order = np.lexsort((ends, starts))
    starts, ends = starts[order], ends[order]
    fresh = np.ones(len(starts), dtype=np.bool_)
    fresh[1:] = (np.diff(starts) != 0) | (np.diff(ends) != 0)
    return starts[fresh], ends[fresh]


def _is_textual(leaf: Leaf) -> bool:
    if isinstance(leaf, FieldText):
        return leaf.field == "title"
    return isinstance(leaf, Phrase | Words | Prefix | Near | Regex | SloganNamed)


def _find_leaf(segment: Segment, leaf: Leaf, names: Names, within: Mask | None) -> Iterator[Pairs]:
    if isinstance(leaf, Phrase | Words | Prefix):
        for pattern in read_patterns(leaf):
            spans = find_spans(segment, pattern)
            yield spans.starts, spans.ends
    elif isinstance(leaf, Near):
        spans = find_near(segment, leaf)
        yield spans.starts, spans.ends
    elif isinstance(leaf, SloganNamed):
        yield _find_mentions(segment, leaf, names)
    elif isinstance(leaf, Regex):
        spans = names.find_expression(segment, leaf, within)
        yield spans.starts, spans.ends
    elif isinstance(leaf, FieldText) and leaf.field == "title":
        yield from _find_in_titles(segment, leaf)


def _find_mentions(segment: Segment, leaf: SloganNamed, names: Names) -> Pairs:
    spans = list_mentions(segment, names.find_slogans(leaf.text))
    # A mention of nothing but white space has no place among the folded characters.
    solid = spans.ends > spans.starts
    return spans.starts[solid], spans.ends[solid]


def _find_in_titles(segment: Segment, leaf: FieldText) -> Iterator[Pairs]:
    zone_starts, zone_ends = segment.zone("title")
    for pattern in read_field_patterns(leaf):
        spans = find_spans(segment, pattern)
        at = np.searchsorted(zone_starts, spans.starts, side="right") - 1
        inside = (at >= 0) & (spans.ends <= np.asarray(zone_ends)[at])
        yield spans.starts[inside], spans.ends[inside]


def _stand_in_hits(segment: Segment, hits: Array, nodes: Array) -> npt.NDArray[np.bool_]:
    """Tell for each node whether it is a hit or lies in one; hits may hold one another."""
    depth = np.zeros(segment.node_count + 1, dtype=np.int64)
    np.add.at(depth, hits, 1)
    np.add.at(depth, segment.node_last[hits], -1)
    inside: npt.NDArray[np.bool_] = np.cumsum(depth) > 0
    return inside[nodes]
