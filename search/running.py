"""Run a search: parse, match, count, rank, and show one page."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
from django.dispatch import Signal
from haystack import connections

from corpus_app.text.folding import fold
from search.analysis.words import load_segmenter
from search.arrays.store import ArrayIndex
from search.errors import IndexProblem
from search.index.access import current_stamp, open_visible
from search.matching.hits import HitTable, collect_hits
from search.matching.names import DatabaseNames
from search.matching.reading import read_query
from search.matching.selection import read_limits, select_speeches
from search.presentation.advice import give_advice
from search.presentation.coverage import measure_corpus, measure_coverage
from search.presentation.facets import Faceting
from search.presentation.leads import list_leads
from search.presentation.partial_matches import find_partial_matches
from search.presentation.passages import make_hits
from search.query import parse_query
from search.query.nodes import Everything, Node
from search.ranking.order import Ranking, order_hits, prefer_fresh, rank_hits
from search.request import FACETS, SearchRequest
from search.result import Coverage, Hit, SearchResult

# Sent with the result of every search, for whoever keeps count.
search_answered = Signal()


def prepare_search() -> None:
    """Load the dictionary and the tables that every search needs, about a second the first time.

    A server calls it before its first request; a search counts its time from here on.
    """
    load_segmenter()
    fold("")
    # Haystack imports its engine when it is first asked for.
    connections.all()


def run_search(request: SearchRequest, *, leads: bool = False) -> SearchResult:
    """Return the request's page of hits with counts, facets and advice.

    leads says whether what else may be meant is looked for, which takes a search for each; it is
    told on the first page alone.
    """
    result = _answer(request, leads=leads)
    search_answered.send_robust(sender=None, result=result)
    return result


def _answer(request: SearchRequest, *, leads: bool) -> SearchResult:
    prepare_search()
    started = time.perf_counter()
    try:
        arrays = open_visible()
    except IndexProblem:
        arrays = None
    if arrays is None:
        return _answer_without_index(request, parse_query(request.text), started)
    reading = read_query(request.text, request.match, arrays)
    tree = reading.tree
    names = DatabaseNames()
    table = collect_hits(arrays, tree, names, request.unit)
    faceting = Faceting(table, request, names)
    kept = table.take(faceting.keep_all()) if request.has_facets else table
    ranking = _rank(kept, tree, request)
    searched, corpus = _measure(arrays, request, names)
    return SearchResult(
        request=request,
        total=len(kept),
        hits=_make_page(kept, ranking, tree, names, request),
        partial_matches=_show_partial_matches(arrays, kept, tree, names, request),
        facets=faceting.count_all(),
        took_ms=_took(started),
        understood=tree.describe(),
        runs=reading.runs,
        searched=searched,
        corpus=corpus,
        stale=arrays.stamp != current_stamp() or not ranking.engine_answered,
        leads=list_leads(arrays, names, request, tree) if leads and request.page == 1 else [],
        advice=[] if len(kept) else give_advice(arrays, tree, names, faceting, request),
    )


def _measure(
    arrays: ArrayIndex, request: SearchRequest, names: DatabaseNames
) -> tuple[Coverage, Coverage]:
    """Return the size of what the facets leave, and of the whole corpus."""
    corpus = measure_corpus(arrays)
    limits = read_limits(request)
    if not limits:
        return corpus, corpus
    return measure_coverage(arrays, select_speeches(arrays, limits, names)), corpus


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
    if request.sort in ("relevance", "fresh") and not isinstance(tree, Everything):
        ranking = rank_hits(table, tree)
        if request.sort == "fresh":
            return replace(ranking, scores=prefer_fresh(table, ranking.scores))
        return ranking
    return Ranking(np.zeros(len(table)))


def _show_partial_matches(
    arrays: ArrayIndex, kept: HitTable, tree: Node, names: DatabaseNames, request: SearchRequest
) -> list[Hit]:
    near = find_partial_matches(arrays, tree, names, request, kept)
    if near is None:
        return []
    scores = [float(score) for score in near.scores]
    return make_hits(near.table, scores, near.tree, names, request.unit)


def _make_page(
    table: HitTable, ranking: Ranking, tree: Node, names: DatabaseNames, request: SearchRequest
) -> list[Hit]:
    start, end = 0, None
    if request.per_page is not None:
        start = (request.page - 1) * request.per_page
        end = start + request.per_page
    order = order_hits(table, ranking.scores, request.sort, end)[start:end]
    scores = [float(score) for score in ranking.scores[order]]
    return make_hits(table.take(order), scores, tree, names, request.unit)
