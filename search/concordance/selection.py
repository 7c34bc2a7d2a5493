"""A search request as something that segments can be asked: its query tree and its limits."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Final

import numpy as np

from search.arrays.evaluation import Mask, Names, Verdict, choose_hits, evaluate
from search.arrays.store import LiveSegment
from search.arrays.tables import Array
from search.query import parse_query
from search.query.nodes import DateRange, FieldCode, Node, Or, ThemeNamed
from search.request import SearchRequest

_SPEECH_FACETS: Final = ("organisation", "level", "genre", "completeness")


@dataclass(frozen=True, slots=True)
class Selection:
    """The query's tree, one node for each facet in use, and the unit they must hold for."""

    node: Node
    limits: tuple[Node, ...]
    unit: str


@dataclass(frozen=True, slots=True)
class Judged:
    """holds: the nodes that satisfy query and limits; hits: those that a search would list."""

    holds: Mask
    hits: Array


def read_selection(request: SearchRequest) -> Selection:
    """Return the selection of a request; raise QueryError for an unreadable text."""
    return Selection(parse_query(request.text), read_limits(request), request.unit)


def read_limits(request: SearchRequest) -> tuple[Node, ...]:
    """Return one node for each facet in use; the values of a facet are alternatives."""
    limits = [
        _join(_read_years(request.year)),
        _join(map(ThemeNamed, request.theme)),
        *(_join(_read_codes(facet, request.selected(facet))) for facet in _SPEECH_FACETS),
    ]
    return tuple(limit for limit in limits if limit is not None)


def _join(nodes: Iterable[Node]) -> Node | None:
    children = tuple(nodes)
    return Or(children) if children else None


def _read_codes(facet: str, values: Iterable[str]) -> Iterable[Node]:
    return (FieldCode(facet, value, value) for value in values)


def _read_years(values: Iterable[str]) -> Iterable[Node]:
    """Return the years as ranges; what is no year gives a range that nothing lies in."""
    for value in values:
        year = int(value) if value.isascii() and value.isdigit() else 0
        if datetime.MINYEAR < year <= datetime.MAXYEAR:
            yield DateRange(datetime.date(year, 1, 1), datetime.date(year, 12, 31))
        else:
            yield DateRange(datetime.date.max, datetime.date.min)


def judge_limits(live: LiveSegment, limits: Iterable[Node], names: Names) -> Mask:
    """Return for each node whether it counts and satisfies all limits."""
    masks = (evaluate(live.segment, limit, names).holds for limit in limits)
    return reduce(np.logical_and, masks, live.node_alive)


def judge(live: LiveSegment, selection: Selection, names: Names) -> Judged:
    """Return what of a segment the selection holds for."""
    verdict = evaluate(live.segment, selection.node, names)
    holds = verdict.holds & judge_limits(live, selection.limits, names)
    kept = Verdict(holds, verdict.anchored & holds)
    return Judged(holds, choose_hits(live.segment, kept, live.node_alive, selection.unit))
