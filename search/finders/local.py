"""The finder over this host's own files: arrays of characters, and words by Haystack's engine."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import numpy as np

from search.arrays.store import ArrayIndex
from search.index.access import current_stamp
from search.matching.hits import HitTable, collect_hits
from search.matching.limits import narrow_tree, read_limits
from search.matching.names import DatabaseNames
from search.matching.reading import ArrayHoldings, QueryReading, find_names, read_query
from search.matching.selection import select_speeches
from search.presentation.coverage import measure_corpus, measure_coverage
from search.presentation.facets import Faceting
from search.presentation.partial_matches import find_partial_matches
from search.presentation.passages import make_hits
from search.query.nodes import Everything, FieldText, Node
from search.ranking.order import Ranking, order_hits, prefer_fresh, rank_hits
from search.request import Match, SearchRequest
from search.result import Coverage, FacetValue, Hit


class LocalFinder:
    """Finds in the arrays as they were opened for whoever asks."""

    def __init__(self, arrays: ArrayIndex) -> None:
        self._arrays = arrays
        self._names = DatabaseNames()

    @property
    def is_stale(self) -> bool:
        """Tell whether the arrays were made by older rules."""
        return self._arrays.stamp != current_stamp()

    def read(self, text: str, match: Match) -> QueryReading:
        """Return what a query text asks of the corpus."""
        return read_query(text, match, self._arrays)

    def find_names(self, text: str) -> list[FieldText]:
        """Return a condition for each kind of metadata of which a text is the whole name."""
        return find_names(text, ArrayHoldings(self._arrays))

    def find(self, tree: Node, request: SearchRequest) -> LocalFound:
        """Return the units that satisfy a query as read."""
        return LocalFound(self._arrays, narrow_tree(tree, request), self._names, request)

    def count(self, tree: Node, unit: str) -> int:
        """Return how many units satisfy a query."""
        return len(collect_hits(self._arrays, tree, self._names, unit))

    def measure(self, request: SearchRequest) -> tuple[Coverage, Coverage]:
        """Return the size of what the facets leave, and of the whole corpus."""
        corpus = measure_corpus(self._arrays)
        limits = read_limits(request)
        if not limits:
            return corpus, corpus
        chosen = select_speeches(self._arrays, limits, self._names)
        return measure_coverage(self._arrays, chosen), corpus


class LocalFound:
    """A table of hits, counted and ranked."""

    def __init__(
        self, arrays: ArrayIndex, tree: Node, names: DatabaseNames, request: SearchRequest
    ) -> None:
        self._arrays, self._tree, self._names = arrays, tree, names
        self._request = request
        table = collect_hits(arrays, tree, names, request.unit)
        self._faceting = Faceting(table, request, names)
        self._kept = table.take(self._faceting.keep_all()) if request.has_facets else table

    @property
    def total(self) -> int:
        """Return how many units there are."""
        return len(self._kept)

    @property
    def is_ranked(self) -> bool:
        """Tell whether the engine could be asked for the words."""
        return self._ranking.engine_answered

    def list_hits(self) -> list[Hit]:
        """Return the hits of the request's page, in its order."""
        request, scores = self._request, self._ranking.scores
        start, end = 0, None
        if request.per_page is not None:
            start = (request.page - 1) * request.per_page
            end = start + request.per_page
        order = order_hits(self._kept, scores, request.sort, end)[start:end]
        chosen = [float(score) for score in scores[order]]
        return self._show(self._kept.take(order), chosen, self._tree)

    def list_speech_ids(self) -> list[int]:
        """Return the ids of the speeches of all hits, in their order."""
        return sorted(set(self._kept.speech_id.tolist()))

    def count_facets(self) -> dict[str, list[FacetValue]]:
        """Return the values of every facet with their counts."""
        return self._faceting.count_all()

    def count_without(self, facet: str) -> int:
        """Return how many units there were without the choice of a facet."""
        return int(self._faceting.keep_but(facet).sum())

    def list_partial_matches(self) -> list[Hit]:
        """Return units with some of the query's words, where few have them all."""
        near = find_partial_matches(
            self._arrays, self._tree, self._names, self._request, self._kept
        )
        if near is None:
            return []
        return self._show(near.table, [float(score) for score in near.scores], near.tree)

    @cached_property
    def _ranking(self) -> Ranking:
        """Ask for scores only where they decide the order."""
        table, sort = self._kept, self._request.sort
        if sort not in ("relevance", "fresh") or isinstance(self._tree, Everything):
            return Ranking(np.zeros(len(table)))
        ranking = rank_hits(table, self._tree)
        if sort == "fresh":
            return replace(ranking, scores=prefer_fresh(table, ranking.scores))
        return ranking

    def _show(self, table: HitTable, scores: list[float], tree: Node) -> list[Hit]:
        return make_hits(table, scores, tree, self._names, self._request.unit)
