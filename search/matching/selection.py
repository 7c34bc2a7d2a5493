"""A search request made ready for segments: its query tree, and a limit for each facet in use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from search.arrays.store import ArrayIndex, LiveSegment
from search.arrays.tables import Array, Mask
from search.matching.evaluation import Names, evaluate, select_holding
from search.matching.hits import choose_hits
from search.matching.limits import Limit, StartYears, read_limits
from search.matching.periods import UNDATED, number_days
from search.matching.reading import QueryReading
from search.query.nodes import Node
from search.request import SearchRequest, read_years


@dataclass(frozen=True, slots=True)
class Selection:
    """The query's tree, one limit for each facet in use, and the unit of the hits."""

    node: Node
    limits: tuple[Limit, ...]
    unit: str


@dataclass(frozen=True, slots=True)
class Judged:
    """holds: the nodes that satisfy query and limits; hits: those that a search would list."""

    holds: Mask
    hits: Array


def read_selection(request: SearchRequest, reading: QueryReading) -> Selection:
    """Return the selection of a request whose text was read."""
    return Selection(reading.tree, read_limits(request), request.unit)


def judge_limits(live: LiveSegment, limits: Iterable[Limit], names: Names) -> Mask:
    """Return for each node whether it counts and satisfies all limits."""
    masks = (_judge_limit(live, limit, names) for limit in limits)
    return reduce(np.logical_and, masks, live.node_alive)


def _judge_limit(live: LiveSegment, limit: Limit, names: Names) -> Mask:
    if not isinstance(limit, StartYears):
        return evaluate(live.segment, limit, names).holds
    first = live.segment.tables.columns["date_first"]
    years = np.where(first == 0, UNDATED, number_days(first, "year"))
    spans = [span for span in map(read_years, limit.years) if span is not None]
    within = [(years >= low) & (years <= high) for low, high in spans]
    return reduce(np.logical_or, within, np.zeros(len(years), dtype=np.bool_))[
        live.segment.node_speech
    ]


def judge(live: LiveSegment, selection: Selection, names: Names) -> Judged:
    """Return which nodes of a segment satisfy the selection, and which of them are hits."""
    allowed = judge_limits(live, selection.limits, names)
    verdict = evaluate(live.segment, selection.node, names, select_holding(live.segment, allowed))
    hits = choose_hits(
        live.segment, selection.node, verdict, names, live.node_alive, selection.unit
    )
    return Judged(verdict.holds & allowed, hits[allowed[hits]])


def select_speeches(index: ArrayIndex, limits: Sequence[Limit], names: Names) -> list[Mask]:
    """Return for each segment which of its speeches count and satisfy the limits."""
    return [
        judge_limits(live, limits, names)[live.segment.roots] if limits else live.alive
        for live in index.segments
    ]
