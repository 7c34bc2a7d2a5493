"""Which nodes of a segment a query holds for, all nodes at once.

A text leaf holds for a node if an occurrence lies wholly inside it; a speech's field or date
holds for all its nodes; a theme for the tagged section, all above and all inside it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import reduce
from typing import Protocol

import numpy as np

from search.arrays.segment import Segment
from search.arrays.tables import Array, Mask
from search.matching.spans import Spans, find_near, find_spans, list_pattern_nodes, mark_above
from search.query.nodes import (
    And,
    DateRange,
    Everything,
    FieldCode,
    FieldText,
    InSubcorpus,
    Leaf,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Regex,
    SloganNamed,
    SpeechesPicked,
    ThemeNamed,
    Words,
    walk_leaves,
)
from search.query.patterns import read_field_patterns, read_patterns


class Names(Protocol):
    """What the names in a query stand for."""

    def find_themes(self, name: str) -> Collection[int]:
        """Return the ids of the theme and of all below it, none for an unknown name."""

    def find_slogans(self, text: str) -> Collection[int]:
        """Return the ids of the slogans of that wording, none for an unknown one."""

    def find_expression(self, segment: Segment, leaf: Regex, within: Mask | None) -> Spans:
        """Return the places of an expression, complete for the speeches within (None: all)."""


@dataclass(frozen=True, slots=True)
class NodeVerdict:
    """holds: the nodes that satisfy the query; anchored: those that also bear a match.

    They are one array where every node that holds bears a match. They differ where a node
    satisfies a speech's field or a theme from above: 标题:代表 holds for every section of the
    speech, but the match is in none of them.
    """

    holds: Mask
    anchored: Mask


def evaluate(segment: Segment, node: Node, names: Names, within: Mask | None = None) -> NodeVerdict:
    """Return for each node of the segment whether the query holds for it.

    Where within tells which speeches matter, the nodes of others may be judged anyhow: what is
    costly to look for is not looked for there.
    """
    if isinstance(node, Not):
        holds = ~evaluate(segment, node.child, names, within).holds
        return NodeVerdict(holds, holds)
    if isinstance(node, And):
        return _evaluate_and(segment, node, names, within)
    if isinstance(node, Or):
        parts = [evaluate(segment, child, names, within) for child in node.children]
        return _join_verdicts(reduce(np.logical_or, (part.holds for part in parts)), parts)
    return _evaluate_leaf(segment, node, names, within)


def _evaluate_and(segment: Segment, node: And, names: Names, within: Mask | None) -> NodeVerdict:
    """Judge expressions last, in the speeches that are left."""
    holds = np.ones(segment.node_count, dtype=np.bool_)
    parts: list[NodeVerdict] = []
    for child in sorted(node.children, key=_is_costly):
        if _is_costly(child):
            within = select_holding(segment, holds, within)
        parts.append(evaluate(segment, child, names, within))
        holds &= parts[-1].holds
    return _join_verdicts(holds, parts)


def _join_verdicts(holds: Mask, parts: list[NodeVerdict]) -> NodeVerdict:
    """Return the verdict of nodes that hold; those are anchored that are in any part."""
    if all(part.anchored is part.holds for part in parts):
        return NodeVerdict(holds, holds)
    anchored = reduce(np.logical_or, (part.anchored & part.holds for part in parts))
    return NodeVerdict(holds, anchored & holds)


def _is_costly(node: Node) -> bool:
    return any(isinstance(leaf, Regex) for leaf in walk_leaves(node))


def select_holding(segment: Segment, nodes: Mask, within: Mask | None = None) -> Mask:
    """Return the speeches (of those within) that own one of the nodes."""
    held = np.zeros(segment.tables.speech_count, dtype=np.bool_)
    held[segment.node_speech[nodes]] = True
    return held if within is None else held & within


def _evaluate_leaf(segment: Segment, leaf: Leaf, names: Names, within: Mask | None) -> NodeVerdict:
    if isinstance(leaf, ThemeNamed):
        return _evaluate_theme(segment, names.find_themes(leaf.name))
    if isinstance(leaf, FieldCode) and leaf.field == "theme":
        return _evaluate_bearing(segment, leaf, names)
    if isinstance(leaf, FieldText | FieldCode | DateRange):
        return _evaluate_field(segment, leaf)
    if isinstance(leaf, InSubcorpus):
        speeches = _match_subcorpus(segment, leaf, names)
        return NodeVerdict(speeches[segment.node_speech], np.zeros(segment.node_count, np.bool_))
    if isinstance(leaf, Regex):
        spans = names.find_expression(segment, leaf, within)
        holds = spans.lie_inside(segment.node_start, segment.node_end)
    else:
        holds = _evaluate_text(segment, leaf, names)
    return NodeVerdict(holds, holds)


def _evaluate_text(
    segment: Segment, leaf: Everything | Phrase | Words | Prefix | Near | SloganNamed, names: Names
) -> Mask:
    if isinstance(leaf, Everything):
        return np.ones(segment.node_count, dtype=np.bool_)
    if isinstance(leaf, Near):
        return find_near(segment, leaf).lie_inside(segment.node_start, segment.node_end)
    if isinstance(leaf, SloganNamed):
        spans = list_mentions(segment, names.find_slogans(leaf.text))
        return spans.lie_inside(segment.node_start, segment.node_end)
    masks = [
        mark_above(segment, list_pattern_nodes(segment, pattern)) for pattern in read_patterns(leaf)
    ]
    any_word = isinstance(leaf, Words) and leaf.any_word
    return reduce(np.logical_or if any_word else np.logical_and, masks)


def list_mentions(segment: Segment, slogans: Collection[int]) -> Spans:
    """Return the places of the slogans' mentions."""
    columns = segment.tables.columns
    chosen = np.isin(columns["mention_slogan"], sorted(slogans))
    return Spans.sort(columns["mention_start"][chosen], columns["mention_end"][chosen])


def _evaluate_theme(segment: Segment, themes: Collection[int]) -> NodeVerdict:
    columns = segment.tables.columns
    tagged = np.unique(columns["tag_node"][np.isin(columns["tag_theme"], sorted(themes))])
    counts = np.zeros(segment.node_count + 1, dtype=np.int64)
    counts[tagged + 1] = 1
    counts = np.cumsum(counts)
    nodes = np.arange(segment.node_count)
    contains = counts[segment.node_last] > counts[nodes]
    depth = np.zeros(segment.node_count + 1, dtype=np.int64)
    np.add.at(depth, tagged, 1)
    np.add.at(depth, segment.node_last[tagged], -1)
    return NodeVerdict(contains | (np.cumsum(depth)[:-1] > 0), contains)


def _evaluate_bearing(segment: Segment, leaf: FieldCode, names: Names) -> NodeVerdict:
    """Judge whole speeches by whether a section of theirs bears a theme, "" for any none at all."""
    columns = segment.tables.columns
    tagged = columns["tag_node"]
    if leaf.code:
        tagged = tagged[np.isin(columns["tag_theme"], sorted(names.find_themes(leaf.code)))]
    nodes = np.zeros(segment.node_count, dtype=np.bool_)
    nodes[tagged] = True
    bearing = select_holding(segment, nodes)
    holds = (bearing if leaf.code else ~bearing)[segment.node_speech]
    return NodeVerdict(holds, np.zeros(segment.node_count, dtype=np.bool_))


def _evaluate_field(segment: Segment, leaf: FieldText | FieldCode | DateRange) -> NodeVerdict:
    speeches = match_speeches(segment, leaf)
    anchored = np.zeros(segment.node_count, dtype=np.bool_)
    if isinstance(leaf, FieldText) and leaf.field == "title":
        anchored[segment.roots] = speeches
    return NodeVerdict(speeches[segment.node_speech], anchored)


def _match_subcorpus(segment: Segment, leaf: InSubcorpus, names: Names) -> Mask:
    if leaf.holds is None:
        return np.zeros(segment.tables.speech_count, dtype=np.bool_)
    if isinstance(leaf.holds, SpeechesPicked):
        return np.isin(segment.speech_ids, leaf.holds.ids)
    return evaluate(segment, leaf.holds, names).holds[segment.roots]


def match_speeches(segment: Segment, leaf: FieldText | FieldCode | DateRange) -> Mask:
    """Return which speeches of the segment have what a field asks for."""
    if isinstance(leaf, FieldCode):
        return _match_code(segment, leaf)
    if isinstance(leaf, DateRange):
        return _match_dates(segment, leaf)
    starts, ends = segment.zone(leaf.field)
    speeches = np.ones(segment.tables.speech_count, dtype=np.bool_)
    for pattern in read_field_patterns(leaf):
        speeches &= find_spans(segment, pattern).lie_inside(starts, ends)
    return speeches


def _match_code(segment: Segment, leaf: FieldCode) -> Mask:
    values, codes = segment.encode(leaf.field)
    if leaf.code not in values:
        return np.zeros(segment.tables.speech_count, dtype=np.bool_)
    return codes == values.index(leaf.code)


def _match_dates(segment: Segment, leaf: DateRange) -> Mask:
    """A speech known by month or year counts if its period overlaps the one asked for."""
    first: Array = segment.tables.columns["date_first"]
    last: Array = segment.tables.columns["date_last"]
    matched: Mask = np.asarray(first > 0)
    if leaf.first is not None:
        matched &= last >= leaf.first.toordinal()
    if leaf.last is not None:
        matched &= first <= leaf.last.toordinal()
    return matched
