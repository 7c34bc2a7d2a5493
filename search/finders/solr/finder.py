"""The finder over Solr: one request for a page with its counts, texts by the database."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from django.utils.translation import get_language

from corpus_app.catalog.bounded_cache import BoundedCache
from corpus_app.catalog.days import DAY_KINDS
from corpus_app.catalog.kept import read_corpus_version
from corpus_app.ingest.vocabulary import LEVELS
from search.finders.solr.found import SolrFound
from search.index.access import read_index_version
from search.matching.reading import QueryReading, find_names, read_runs
from search.matching.selection import narrow_tree, read_limits
from search.presentation.coverage import list_shares
from search.query.nodes import FieldText, Node
from search.query.values import COMPLETENESS
from search.request import Match, SearchRequest
from search.result import Coverage
from search.solr.clauses import Query, match
from search.solr.names import SolrHoldings, SolrNames, VisibleNodes
from search.solr.nodes import SolrNodes
from search.solr.queries import QueryWriter, write_hidden

_LABELS: Final = {"level": LEVELS, "completeness": COMPLETENESS, "date_kind": DAY_KINDS}
_MEASURES: Final[dict[str, Any]] = {
    "sections": "sum(sections)",
    "characters": "sum(characters)",
    "first": "min(year)",
    "last": "max(year)",
    "dated": {"type": "query", "q": "year:[* TO *]"},
} | {
    name: {"type": "terms", "field": f"{name}_exact", "limit": -1, "missing": True}
    for name in _LABELS
}
MEASURED: Final = BoundedCache(64, lambda _coverage: 1)


class SolrFinder:
    """Finds what Solr holds now, but for the speeches that are hidden from whoever asks."""

    def __init__(self, nodes: SolrNodes, hidden: Sequence[int], *, is_stale: bool) -> None:
        self._hidden = tuple(hidden)
        self._documents = VisibleNodes(nodes, write_hidden(hidden))
        self._names = SolrNames(self._documents)
        self._writer = QueryWriter(self._names)
        self._holdings = SolrHoldings(self._documents, self._writer)
        self._is_stale = is_stale

    @property
    def is_stale(self) -> bool:
        """Tell whether the index was made by older rules."""
        return self._is_stale

    def read(self, text: str, match: Match) -> QueryReading:
        """Return what a query text asks of the corpus."""
        return read_runs(text, match, self._holdings)

    def find_names(self, text: str) -> list[FieldText]:
        """Return a condition for each kind of metadata of which a text is the whole name."""
        return find_names(text, self._holdings)

    def find(self, tree: Node, request: SearchRequest) -> SolrFound:
        """Return the units that satisfy a query as read."""
        whole = narrow_tree(tree, request)
        return SolrFound(self._documents, self._writer, self._names, whole, request)

    def count(self, tree: Node, unit: str) -> int:
        """Return how many units satisfy a query."""
        return self._documents.count(self._writer.write_hits(tree, unit))

    def measure(self, request: SearchRequest) -> tuple[Coverage, Coverage]:
        """Return the size of what the facets leave, and of the whole corpus."""
        # Of one state of the corpus and of the index, for whoever sees the same of it.
        index = read_index_version()
        key = (read_corpus_version(), index, self._hidden, get_language())
        measure = partial(self._measure, [])
        corpus = measure() if index is None else MEASURED.get(key, measure)
        limits = read_limits(request)
        if not limits:
            return corpus, corpus
        return self._measure([self._writer.write_limit(limit) for limit in limits]), corpus

    def _measure(self, limits: Sequence[Query]) -> Coverage:
        answer = self._documents.ask([match("kind", "speech"), *limits], facet=_MEASURES)
        told, speeches = answer["facets"], int(answer["response"]["numFound"])
        shares = {
            name: list_shares(_read_counts(told, name), labels) for name, labels in _LABELS.items()
        }
        first, last = told.get("first"), told.get("last")
        return Coverage(
            speeches=speeches,
            sections=int(told.get("sections", 0)),
            characters=int(told.get("characters", 0)),
            first_year=None if first is None else int(first),
            last_year=None if last is None else int(last),
            undated=speeches - int(told.get("dated", {}).get("count", 0)),
            levels=shares["level"],
            completeness=shares["completeness"],
            days=tuple(share for share in shares["date_kind"] if share.value),
        )


def _read_counts(told: dict[str, Any], name: str) -> dict[str, int]:
    found = told.get(name, {})
    counts = {str(each["val"]): int(each["count"]) for each in found.get("buckets", ())}
    missing = int(found.get("missing", {}).get("count", 0))
    return counts | ({"": missing} if missing else {})
