"""BM25F over whole arrays, equal to Whoosh's own scorer (tests/search/test_scoring.py).

Only the queries that search makes are answered here: words joined by AND and OR, everything,
and filters made of the same. For any other query Whoosh's own matchers are asked.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Mapping
from itertools import count
from math import log
from operator import attrgetter
from typing import Any, Final, NamedTuple

import numpy as np
from haystack.constants import DJANGO_CT
from whoosh.query import And, Every, NullQuery, Or, Query, Term
from whoosh.scoring import BM25F
from whoosh.searching import Searcher

from corpus_app.catalog.bounded_cache import BoundedCache
from search.engine.postings import (
    CACHE_BYTES,
    Array,
    Postings,
    read_alive,
    read_lengths,
    read_numbers,
    read_postings,
)
from search.engine.results import NOTHING, Scored
from search.engine.schema import KEY
from search.query.terms import QueryTerm, Terms

_K1: Final = BM25F().K1
_B: Final = BM25F().B
# Above this share of all documents a full-length array is quicker than sorting.
_DENSE_SHARE: Final = 32

# Of all generations and threads; segments have names of their own.
CACHE: Final = BoundedCache(CACHE_BYTES, attrgetter("nbytes"))
_NAMES: Final = count()


class RarityBM25F(BM25F):
    """BM25F in which a word of almost every document weighs almost nothing.

    Whoosh gives every word at least one, so that 的 in a pasted heading outweighs its nouns.
    """

    def idf(self, searcher: Any, fieldname: str, text: Any) -> float:
        """Return the weight of a term, above 0."""
        parent = searcher.get_parent()
        held, total = parent.doc_frequency(fieldname, text), parent.doc_count_all()
        return log(1 + (total - held + 0.5) / (held + 0.5))


WEIGHTING: Final = RarityBM25F()


class UnsupportedQueryError(Exception):
    """A query that only Whoosh's own matchers can answer."""


class Pairs(NamedTuple):
    """Two arrays of the same length."""

    first: Array
    second: Array

    @property
    def nbytes(self) -> int:
        """Return the memory taken."""
        return int(self.first.nbytes + self.second.nbytes)


class ArraySearcher:
    """One commit of an index, shared by all threads; Whoosh is touched under a lock only."""

    def __init__(self, searcher: Searcher, folder: str = "") -> None:
        """Take a searcher over an index folder; what is read of its segments is shared by name."""
        self._searcher = searcher
        self._folder = folder or f"unnamed {next(_NAMES)}"
        self._lock = threading.Lock()
        self.generation: int = searcher.reader().generation()
        self._leaves: list[tuple[Any, int]] = [
            (leaf.reader(), offset)
            for leaf, offset in searcher.leaf_searchers()
            if leaf.doc_count_all()
        ]
        self.count: int = searcher.doc_count_all()
        self.alive = self._join(read_alive)
        self._key = next(_NAMES)
        self._filters: dict[str, Array] = {}
        # When the folder was last changed as it was looked through, for who shares the searcher.
        self.seen = 0

    def _join(self, read: Any) -> Array:
        parts = [read(reader) for reader, _ in self._leaves]
        return np.concatenate(parts) if parts else np.zeros(0, dtype=np.bool_)

    def _keep(self, key: tuple[Hashable, ...], make: Callable[[], Array]) -> Array:
        found: Array = CACHE.get((self._key, *key), make)
        return found

    def search(self, query: Query, restriction: Query | None) -> Scored:
        """Return all that match query and restriction, with the scores of the query."""
        found = self._score(query)
        mask = self.alive if restriction is None else self.make_mask(restriction)
        return found if mask.all() else found.keep(mask)

    def make_mask(self, restriction: Query) -> Array:
        """Return for each document whether it matches and is not deleted."""
        key = repr(restriction)
        if key not in self._filters:
            mask = np.zeros(self.count, dtype=np.bool_)
            mask[self._score(restriction).documents] = True
            if len(self._filters) > 32:
                self._filters.clear()
            self._filters[key] = mask & self.alive
        return self._filters[key]

    def score_words(self, terms: Terms) -> Scored:
        """Return all that match by words, deleted documents too; the scores are those of search."""
        if isinstance(terms, QueryTerm):
            key = (self._key, terms.fields, terms.text)
            found: Scored = CACHE.get(key, lambda: self._score_word(terms))
            return found
        parts = [self.score_words(part) for part in terms.parts]
        return self._unite(parts) if terms.any_part else self._meet(parts)

    def _score_word(self, word: QueryTerm) -> Scored:
        return self._unite([self._score_term(field, word.text, 1.0) for field in word.fields])

    def locate(self, name: Hashable, keys: Mapping[str, Array]) -> Array:
        """Return for each node of the arrays the document that has its key, count where none has.

        keys gives an array for each model, "app.model", 0 where a place belongs to another
        model. What is found is kept under the name.
        """
        found: Array = self._keep(("located", name), lambda: self._locate(name, keys))
        return found

    def _locate(self, name: Hashable, keys: Mapping[str, Array]) -> Array:
        places = np.full(len(next(iter(keys.values()))), self.count, dtype=np.int32)
        for reader, offset in self._leaves:
            for model, wanted in keys.items():
                documents, at = self._match_keys(reader, name, model, wanted)
                alive = self.alive[documents + offset]
                places[at[alive]] = documents[alive] + offset
        return places

    def _match_keys(self, reader: Any, name: Hashable, model: str, wanted: Array) -> Pairs:
        """Return a segment's documents of a model, and for each the place that has its key.

        Both hold as long as the segment: what is published later is matched on its own.
        """
        order = CACHE.get(("order", name, model), lambda: np.argsort(wanted, kind="stable"))

        def match() -> Pairs:
            with self._lock:
                documents = self._read_postings(reader, DJANGO_CT, model.encode()).documents
                known = read_numbers(reader, KEY)[documents]
            at = order[np.minimum(np.searchsorted(wanted, known, sorter=order), len(wanted) - 1)]
            same = wanted[at] == known
            return Pairs(documents[same], at[same])

        found: Pairs = CACHE.get((self._folder, reader.segment().segment_id(), name, model), match)
        return found

    def _score(self, query: Query) -> Scored:
        if type(query) is Term:
            return self._score_term(query.fieldname, query.text, query.boost)
        if type(query) in (And, Or) and query.boost == 1.0 and len(query.subqueries):
            parts = [self._score(each) for each in query.subqueries]
            return self._meet(parts) if type(query) is And else self._unite(parts)
        if type(query) is Every and not query.fieldname:
            return Scored(np.arange(self.count), np.full(self.count, query.boost))
        if query == NullQuery:
            return NOTHING
        raise UnsupportedQueryError(repr(query))

    def _meet(self, parts: list[Scored]) -> Scored:
        """Return the documents of all parts, their scores added."""
        parts = sorted(parts, key=len)
        documents, scores = parts[0].documents, parts[0].scores
        for part in parts[1:]:
            if not len(documents) or not len(part):
                return NOTHING
            at = np.minimum(np.searchsorted(part.documents, documents), len(part) - 1)
            both = part.documents[at] == documents
            documents, scores = documents[both], scores[both] + part.scores[at[both]]
        return Scored(documents, scores)

    def _unite(self, parts: list[Scored]) -> Scored:
        """Return the documents of any part, their scores added."""
        parts = [part for part in parts if len(part)]
        if len(parts) < 2:
            return parts[0] if parts else NOTHING
        documents = np.concatenate([part.documents for part in parts])
        scores = np.concatenate([part.scores for part in parts])
        if len(documents) * _DENSE_SHARE > self.count:
            total = np.bincount(documents, weights=scores, minlength=self.count)
            # A part may weigh nothing, and its documents match all the same.
            held = np.flatnonzero(total) if scores.all() else np.unique(documents)
            return Scored(held, total[held])
        held, places = np.unique(documents, return_inverse=True)
        return Scored(held, np.bincount(places, weights=scores))

    def _score_term(self, field: str, text: Any, boost: float) -> Scored:
        if field not in self._searcher.schema:
            return NOTHING
        try:
            term = self._searcher.schema[field].to_bytes(text)
        except ValueError:
            return NOTHING
        found: Scored = CACHE.get(
            (self._key, field, term), lambda: self._read_term(field, text, term)
        )
        return found if boost == 1.0 else Scored(found.documents, found.scores * boost)

    def _read_term(self, field: str, text: Any, term: bytes) -> Scored:
        with self._lock:
            parts = [
                (reader, offset, found)
                for reader, offset in self._leaves
                if len((found := self._read_postings(reader, field, term)).documents)
            ]
            if not parts:
                return NOTHING
            documents = np.concatenate([found.documents + offset for _, offset, found in parts])
            weights = np.concatenate([found.weights for _, _, found in parts])
            if self._searcher.schema[field].scorable:
                lengths = [self._read_lengths(r, field)[found.documents] for r, _, found in parts]
                weights = self._weigh(field, text, weights, np.concatenate(lengths))
            return Scored(documents, weights)

    def _weigh(self, field: str, text: Any, weights: Array, lengths: Array) -> Array:
        """Return BM25F scores; the same formula as whoosh.scoring.bm25."""
        average = self._searcher.avg_field_length(field) or 1
        slack = _K1 * ((1 - _B) + _B * lengths / average)
        return self._searcher.idf(field, text) * ((weights * (_K1 + 1)) / (weights + slack))

    def _read_postings(self, reader: Any, field: str, term: bytes) -> Postings:
        key = (self._folder, reader.segment().segment_id(), field, term)
        found: Postings = CACHE.get(key, lambda: read_postings(reader, field, term))
        return found

    def _read_lengths(self, reader: Any, field: str) -> Array:
        key = (self._folder, reader.segment().segment_id(), "lengths", field)
        lengths: Array = CACHE.get(key, lambda: read_lengths(reader._perdoc, field))
        return lengths
