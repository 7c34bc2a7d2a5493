"""Ask the engine set in settings for the scores of matched units."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Final, Protocol

import numpy as np
from haystack import connections
from haystack.constants import DEFAULT_ALIAS
from haystack.query import SearchQuerySet

from corpus_app.catalog.models import Section, Speech
from search.arrays.segment import Segment
from search.arrays.tables import Array
from search.matching.hits import HitTable
from search.query.nodes import Node
from search.query.terms import Terms, read_terms, write_haystack

# How many of the engine's best are asked for; units beyond follow by counted characters.
RANK_DEPTH: Final = 5_000


class Spread(Protocol):
    """Scores of the documents that match."""

    def spread(self, count: int) -> Array:
        """Return the score of every document, and a 0 for one more."""


class ArrayScores(Protocol):
    """An engine that can score all its documents by words."""

    count: int

    def score_words(self, terms: Terms) -> Spread:
        """Return the scores of all that match."""

    def locate(self, name: Hashable, keys: Mapping[str, Array]) -> Array:
        """Return the documents that have the keys of places, count where there is none."""


def ask_engine(table: HitTable, tree: Node) -> Array:
    """Return each row's score by the query's words, 0 where it has none; raise what it raises."""
    terms = read_terms(tree)
    if terms is None:
        return np.zeros(len(table))
    backend = connections[DEFAULT_ALIAS].get_backend()
    if hasattr(backend, "share"):
        return _read_ours(table, backend.share(), terms)
    return _read_best(table, terms)


def _read_ours(table: HitTable, searcher: ArrayScores, terms: Terms) -> Array:
    """Return the rows' scores from an engine that tells those of all documents at once."""
    every = searcher.score_words(terms).spread(searcher.count)
    scores = np.zeros(len(table))
    for number, live in enumerate(table.segments):
        rows = (table.segment == number).nonzero()[0]
        if len(rows):
            documents = searcher.locate(live.segment.key, list_keys(live.segment))
            scores[rows] = every[documents[table.node[rows]]]
    return scores


def list_keys(segment: Segment) -> dict[str, Array]:
    """Return the key of each node's section and, for roots, speech."""
    speeches = np.zeros(segment.node_count, dtype=np.int64)
    speeches[segment.roots] = segment.speech_ids
    return {"catalog.speech": speeches, "catalog.section": segment.tables.columns["node_pk"]}


def _read_best(table: HitTable, terms: Terms) -> Array:
    """Return the rows' scores as far as they are among the best of any engine of Haystack's."""
    models = (Speech,) if table.is_root.all() else (Section, Speech)
    found = SearchQuerySet().models(*models).filter(write_haystack(terms))
    best: dict[str, dict[int, float]] = {"speech": {}, "section": {}}
    for name, pk, value in found.values_list("model_name", "pk", "score")[:RANK_DEPTH]:
        best[name][int(pk)] = float(value or 0.0)
    keys = zip(
        table.is_root.tolist(),
        table.speech_id.tolist(),
        table.read_node_column("node_pk").tolist(),
        strict=True,
    )
    return np.array(
        [
            best["speech"].get(speech, 0.0) if is_root else best["section"].get(section, 0.0)
            for is_root, speech, section in keys
        ]
    )
