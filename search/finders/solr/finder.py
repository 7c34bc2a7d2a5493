"""The finder over Solr: one request for a page with its counts, texts by the database."""

from __future__ import annotations

from search.counting.solr import SolrCorpus
from search.finders.solr.found import SolrFound
from search.matching.limits import narrow_tree, read_limits
from search.matching.reading import QueryReading, find_names, read_runs
from search.query.nodes import FieldText, Node
from search.request import Match, SearchRequest
from search.result import Coverage
from search.solr.names import SolrHoldings, SolrNames, VisibleNodes
from search.solr.queries import QueryWriter


class SolrFinder:
    """Finds what Solr holds now, but for the speeches that are hidden from whoever asks."""

    def __init__(self, documents: VisibleNodes, *, is_stale: bool) -> None:
        self._documents = documents
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
        counted, limits = SolrCorpus(self._documents), read_limits(request)
        corpus = counted.measure()
        return counted.measure(limits) if limits else corpus, corpus
