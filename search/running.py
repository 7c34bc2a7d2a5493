"""Run a search: parse, match, count, rank, and show one page."""

from __future__ import annotations

import datetime
import time

import numpy as np

from search.advice import give_advice
from search.analysis import load_segmenter
from search.arrays.store import ArrayIndex
from search.errors import IndexProblem
from search.facets import Faceting
from search.folding import fold
from search.hits import HitTable, collect_hits
from search.naming import DatabaseNames
from search.opening import current_stamp, open_arrays
from search.passages import make_hits
from search.query import parse_query
from search.query.nodes import Everything, Node
from search.ranking import Ranking, order_hits, rank_hits
from search.request import FACETS, SearchRequest
from search.result import Coverage, Hit, SearchResult
from search.state import count_units


def prepare_search() -> None:
    """Load the dictionary and the tables that every search needs, about a second the first time.

    A server calls it before its first request; a search counts its time from here on.
    """
    load_segmenter()
    fold("")


def run_search(request: SearchRequest) -> SearchResult:
    """Return the request's page of hits with counts, facets and advice."""
    prepare_search()
    started = time.perf_counter()
    tree = parse_query(request.text)
    try:
        arrays = open_arrays()
    except IndexProblem:
        arrays = None
    if arrays is None:
        return _answer_without_index(request, tree, started)
    names = DatabaseNames()
    table = collect_hits(arrays, tree, names, request.unit)
    faceting = Faceting(table, request, names.themes)
    kept = table.take(faceting.keep_all())
    ranking = _rank(kept, tree, request)
    return SearchResult(
        request=request,
        total=len(kept),
        hits=_make_page(kept, ranking, tree, names, request),
        facets=faceting.count_all(),
        took_ms=_took(started),
        understood=tree.describe(),
        searched=measure_coverage(arrays),
        stale=arrays.stamp != current_stamp() or not ranking.engine_answered,
        advice=[] if len(kept) else give_advice(arrays, tree, names, faceting, request),
    )


def _took(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 1)


def _answer_without_index(request: SearchRequest, tree: Node, started: float) -> SearchResult:
    return SearchResult(
        request=request,
        total=0,
        hits=[],
        facets={facet: [] for facet in FACETS},
        took_ms=_took(started),
        understood=tree.describe(),
        searched=Coverage(),
        stale=True,
    )


def _rank(table: HitTable, tree: Node, request: SearchRequest) -> Ranking:
    """Ask for scores only where they decide the order."""
    if request.sort == "relevance" and not isinstance(tree, Everything):
        return rank_hits(table, tree)
    return Ranking(np.zeros(len(table)))


def _make_page(
    table: HitTable, ranking: Ranking, tree: Node, names: DatabaseNames, request: SearchRequest
) -> list[Hit]:
    order = order_hits(table, ranking.scores, request.sort)
    if request.per_page is not None:
        start = (request.page - 1) * request.per_page
        order = order[start : start + request.per_page]
    scores = [float(score) for score in ranking.scores[order]]
    return make_hits(table.take(order), scores, tree, names, request.unit)


def measure_coverage(arrays: ArrayIndex) -> Coverage:
    """Return how much is searched through."""
    speeches, sections = count_units(arrays)
    characters, days = 0, []
    for live in arrays.segments:
        columns = live.segment.tables.columns
        characters += int(columns["characters"][live.alive].sum())
        dates = columns["date_first"][live.alive]
        days += [int(day) for day in (dates[dates > 0].min(initial=10**7), dates.max(initial=0))]
    years = [datetime.date.fromordinal(day).year for day in days if 0 < day < 10**7 - 1]
    return Coverage(
        speeches, sections, characters, min(years, default=None), max(years, default=None)
    )
