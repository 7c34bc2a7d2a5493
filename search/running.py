"""Run a search: ask the finder to read, match, count and order, and answer with one page."""

from __future__ import annotations

import time

from django.dispatch import Signal
from haystack import connections

from corpus_app.text.folding import fold
from search.analysis.words import load_segmenter
from search.finders.opening import open_finder
from search.presentation.advice import give_advice
from search.presentation.leads import list_leads
from search.query import parse_query
from search.query.nodes import Node
from search.request import FACETS, SearchRequest
from search.result import Coverage, SearchResult

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


def find_speech_ids(request: SearchRequest) -> list[int]:
    """Return the ids of all speeches that the request finds, in their order, none of them shown.

    Raises QueryError where the query can't be read. Without an index nothing is found.
    """
    prepare_search()
    finder = open_finder()
    if finder is None:
        parse_query(request.text)
        return []
    tree = finder.read(request.text, request.match).tree
    return finder.find(tree, request).list_speech_ids()


def count_hits(request: SearchRequest) -> int:
    """Return how many hits a search has, without its page; raise QueryError as it does."""
    prepare_search()
    finder = open_finder()
    if finder is None:
        return 0
    return finder.find(finder.read(request.text, request.match).tree, request).total


def _answer(request: SearchRequest, *, leads: bool) -> SearchResult:
    prepare_search()
    started = time.perf_counter()
    finder = open_finder()
    if finder is None:
        return _answer_without_index(request, parse_query(request.text), started)
    reading = finder.read(request.text, request.match)
    tree = reading.tree
    found = finder.find(tree, request)
    searched, corpus = finder.measure(request)
    return SearchResult(
        request=request,
        total=found.total,
        hits=found.list_hits(),
        partial_matches=found.list_partial_matches(),
        facets=found.count_facets(),
        took_ms=_took(started),
        understood=tree.describe(),
        runs=reading.runs,
        searched=searched,
        corpus=corpus,
        stale=finder.is_stale or not found.is_ranked,
        leads=list_leads(finder, request, tree) if leads and request.page == 1 else [],
        advice=[] if found.total else give_advice(finder, found, tree, request),
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
