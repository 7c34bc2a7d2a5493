"""Headings that have an expression, and the rank of their sections among those beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from search.arrays.segment import Segment
from search.arrays.store import ArrayIndex
from search.arrays.tables import Array
from search.matching.occurrences import Occurrences
from search.study.positions import is_named

# Names that parts bear for what they are, and one whose heading is lost: their texts begin
# otherwise.
_PARTS: Final = ("导语", "结语")
NAMELESS: Final = (*_PARTS, "（标题缺失）")
_LEAD: Final = 0x80
_BLANK: Final = 0x20


@dataclass(frozen=True, slots=True)
class FoundHeading:
    """The highest heading of a speech that has the expression, as the segment has it."""

    segment: int
    node: int
    speech_id: int
    rank: int
    count: int
    depth: int


def find_headings(index: ArrayIndex, occurrences: list[Occurrences]) -> Iterator[FoundHeading]:
    """Yield for each speech the first of the highest headings that have the expression."""
    for number, (live, found) in enumerate(zip(index.segments, occurrences, strict=True)):
        segment = live.segment
        nodes = np.unique(found.nodes[_stand_in_names(segment, found)])
        depths = _measure_depths(segment, nodes)
        speeches = segment.node_speech[nodes]
        order = np.lexsort((nodes, depths, speeches))
        _own, first = np.unique(speeches[order], return_index=True)
        for row in order[first].tolist():
            node = int(nodes[row])
            rank, count = _rank(segment, node)
            yield FoundHeading(
                segment=number,
                node=node,
                speech_id=int(segment.speech_ids[speeches[row]]),
                rank=rank,
                count=count,
                depth=int(depths[row]),
            )


def _stand_in_names(segment: Segment, found: Occurrences) -> Array:
    """Tell which places lie in the heading of their section, which its text begins with."""
    ends = segment.node_start[found.nodes] + _count_name_chars(segment)[found.nodes]
    inside: Array = (segment.node_parent[found.nodes] >= 0) & (found.ends <= ends)
    return inside


def _count_name_chars(segment: Segment) -> Array:
    """Return the characters of each section's name without blanks; kept with the segment."""
    kept = segment.notes.get("name sizes")
    if kept is None:
        labels = segment.tables.strings["node_label"]
        blob = np.asarray(labels.blob)
        counted = ((blob & 0xC0) != _LEAD) & (blob != _BLANK)
        sums = np.append([0], np.cumsum(counted))
        ends = np.asarray(labels.ends)
        sizes = sums[ends] - sums[np.append([0], ends[:-1])[: len(ends)]]
        every = np.arange(segment.node_count)
        for name in NAMELESS:
            sizes[is_named(segment, every, name.encode())] = 0
        kept = segment.notes["name sizes"] = (sizes, sizes)
    return kept[0]


def _measure_depths(segment: Segment, nodes: Array) -> Array:
    """Return how many sections lie around each."""
    depths = np.zeros(len(nodes), dtype=np.int64)
    above = segment.node_parent[nodes]
    while len(above) and (above >= 0).any():
        known = above >= 0
        above = np.where(known, segment.node_parent[np.maximum(above, 0)], -1)
        depths += known
    return depths - 1


def _rank(segment: Segment, node: int) -> tuple[int, int]:
    """Return the place of a section among those beside it that have a heading, and their number."""
    parent = int(segment.node_parent[node])
    beside = np.arange(parent, int(segment.node_last[parent]))
    beside = beside[segment.node_parent[beside] == parent]
    names = segment.tables.strings["node_label"]
    named = [at for at in beside.tolist() if names[at] not in _PARTS]
    return named.index(node) + 1, len(named)
