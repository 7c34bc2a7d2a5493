"""What a search asks of an engine; whatever finds, `search.running` answers the same way."""

from __future__ import annotations

from typing import Protocol

from search.matching.reading import QueryReading
from search.query.nodes import FieldText, Node
from search.request import Match, SearchRequest
from search.result import Coverage, FacetValue, Hit


class Found(Protocol):
    """The units that satisfy a query under the facets that a request has chosen."""

    @property
    def total(self) -> int:
        """Return how many units there are."""

    @property
    def is_ranked(self) -> bool:
        """Tell whether the words could be weighed; else the order is by characters alone."""

    def list_hits(self) -> list[Hit]:
        """Return the hits of the request's page, in its order."""

    def list_speech_ids(self) -> list[int]:
        """Return the ids of the speeches of all hits, in their order."""

    def count_facets(self) -> dict[str, list[FacetValue]]:
        """Return the values of every facet with their counts."""

    def count_without(self, facet: str) -> int:
        """Return how many units there were without the choice of a facet."""

    def list_partial_matches(self) -> list[Hit]:
        """Return units with some of the query's words, where few have them all."""


class Finder(Protocol):
    """Finds in one state of the index what whoever asks may see."""

    @property
    def is_stale(self) -> bool:
        """Tell whether the index was made by older rules."""

    def read(self, text: str, match: Match) -> QueryReading:
        """Return what a query text asks of the corpus; raise QueryError where it can't be read."""

    def find_names(self, text: str) -> list[FieldText]:
        """Return a condition for each kind of metadata of which a text is the whole name."""

    def find(self, tree: Node, request: SearchRequest) -> Found:
        """Return the units that satisfy a query as read."""

    def count(self, tree: Node, unit: str) -> int:
        """Return how many units satisfy a query, whatever facets are chosen."""

    def measure(self, request: SearchRequest) -> tuple[Coverage, Coverage]:
        """Return the size of what the facets leave, and of the whole corpus."""
