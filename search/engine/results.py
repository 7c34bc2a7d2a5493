"""What a parsed query finds: the slice asked for, true counts, values for Haystack, marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from django.utils.html import escape
from haystack.constants import DJANGO_CT, ID
from haystack.utils.app_loading import haystack_get_model
from whoosh.query import And, Or, Query, Term
from whoosh.searching import Searcher
from whoosh.sorting import FieldFacet, MultiFacet

from search.analysis.words import cut_for_index
from search.engine.postings import NO_POSTINGS, Array
from search.engine.schema import SEPARATOR

# Scores of which only the best one is looked at first.
_BLOCK: Final = 64
# Characters around the first mark in a highlighted fragment.
_BEFORE: Final = 40
_AFTER: Final = 160


@dataclass(frozen=True, slots=True)
class Scored:
    """The documents that match, rising, each with its score."""

    documents: Array
    scores: Array

    @property
    def nbytes(self) -> int:
        """Return the memory taken."""
        return int(self.documents.nbytes + self.scores.nbytes)

    def __len__(self) -> int:
        return len(self.documents)

    def keep(self, mask: Array) -> Scored:
        """Return the documents for which the mask over all documents is set."""
        kept = mask[self.documents]
        return Scored(self.documents[kept], self.scores[kept])

    def take_best(self, start: int, end: int | None) -> list[tuple[int, float]]:
        """Return documents start to end by falling score, the lower number first among equals."""
        rows = self._list_best(end)
        order = rows[np.lexsort((self.documents[rows], -self.scores[rows]))][start:end]
        numbers, scores = self.documents[order].tolist(), self.scores[order].tolist()
        return list(zip(numbers, scores, strict=True))

    def _list_best(self, count: int | None) -> Array:
        """Return the rows of the best, in any order; among equals the first win."""
        if count is None or count >= len(self):
            return np.arange(len(self))
        if count <= 0:
            return np.zeros(0, dtype=np.int64)
        rows = self._list_good(count)
        scores = self.scores[rows]
        least = np.partition(scores, len(rows) - count)[len(rows) - count]
        above = rows[scores > least]
        return np.concatenate([above, rows[scores == least][: count - len(above)]])

    def _list_good(self, count: int) -> Array:
        """Return rows, rising, with all that are as good as the best of that count.

        As many blocks have a best row of their own that is as good as the last of them.
        """
        blocks = len(self) // _BLOCK
        if blocks < 4 * count:
            return np.arange(len(self))
        best = self.scores[: blocks * _BLOCK].reshape(blocks, _BLOCK).max(axis=1)
        return np.flatnonzero(self.scores >= np.partition(best, blocks - count)[blocks - count])

    def spread(self, count: int) -> Array:
        """Return every document's score (0: no match), and a 0 for document number count."""
        scores = np.zeros(count + 1)
        scores[self.documents] = self.scores
        return scores


NOTHING: Final = Scored(NO_POSTINGS.documents, NO_POSTINGS.weights)


@dataclass(frozen=True, slots=True)
class FoundPostings:
    """The slice's document numbers with their scores, and the number of all that match."""

    documents: list[tuple[int, float]]
    total: int


def make_filter(narrowing: Iterable[Query], models: Sequence[str]) -> Query | None:
    """Return what hits must also satisfy: all narrowing queries, one of the models if any."""
    parts = list(narrowing)
    if models:
        parts.append(Or([Term(DJANGO_CT, model) for model in models]))
    return And(parts) if parts else None


def find_documents(
    searcher: Searcher,
    query: Query,
    restriction: Query | None,
    sort_by: Sequence[str],
    bounds: tuple[int, int | None],
) -> FoundPostings:
    """Return hits start to end (None: to the last), best first or by the fields of sort_by."""
    start, end = bounds
    if end is not None and end <= start:
        return FoundPostings([], count_documents(searcher, query, restriction))
    order = MultiFacet([_read_order(field) for field in sort_by]) if sort_by else None
    results = searcher.search(query, limit=end, filter=restriction, sortedby=order)
    documents = [
        (hit.docnum, 0.0 if order else float(hit.score or 0.0)) for hit in results[start:end]
    ]
    if end is None or len(results.top_n) < end:
        return FoundPostings(documents, len(results.top_n))
    return FoundPostings(documents, count_documents(searcher, query, restriction))


def _read_order(field: str) -> FieldFacet:
    return FieldFacet(field.removeprefix("-"), reverse=field.startswith("-"))


def list_documents(searcher: Searcher, query: Query, restriction: Query | None) -> set[int]:
    """Return the numbers of all documents that match."""
    whole = And([query, restriction]) if restriction is not None else query
    return set(searcher.docs_for_query(whole))


def count_documents(searcher: Searcher, query: Query, restriction: Query | None) -> int:
    """Return how many documents match."""
    return len(list_documents(searcher, query, restriction))


def count_values(searcher: Searcher, documents: set[int], field: str) -> list[tuple[str, int]]:
    """Return the field's values among documents with their counts, the most frequent first."""
    reader, counts = searcher.reader(), Counter[str]()
    kind = searcher.schema[field]
    for term in reader.lexicon(field):
        matches = sum(1 for number in reader.postings(field, term).all_ids() if number in documents)
        if matches:
            counts[_read_term(kind, term)] += matches
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _read_term(kind: Any, term: bytes) -> str:
    return str(kind.from_bytes(term))


def read_fields(
    stored: Mapping[str, Any], index_fields: Mapping[str, Any], wanted: Collection[str]
) -> dict[str, Any]:
    """Return a document's values as Python values; wanted names those to read, empty all."""
    values: dict[str, Any] = {}
    for name, value in stored.items():
        if wanted and name not in wanted and name != ID:
            continue
        values[name] = _convert(index_fields[name], value) if name in index_fields else value
    return values


def _convert(field: Any, value: Any) -> Any:
    if field.is_multivalued:
        return value.split(SEPARATOR) if value else []
    return field.convert(value)


def read_text(unified: Any, stored: Mapping[str, Any], field: str) -> str:
    """Return a document's text; where the index does not store it, from the database."""
    if field in stored:
        return str(stored[field])
    *model, pk = stored[ID].split(".", 2)
    index = unified.get_index(haystack_get_model(*model))
    obj = index.index_queryset().filter(pk=pk).first()
    return str(index.prepare(obj)[field]) if obj is not None else ""


def mark_terms(text: str, terms: Collection[str]) -> str:
    """Return HTML of the text around its first marked word, each of the terms in <mark>."""
    places = [(word.start, word.end) for word in cut_for_index(text) if word.text in terms]
    if not places:
        return ""
    first = min(places)[0]
    start, end = max(0, first - _BEFORE), min(len(text), first + _AFTER)
    pieces, at = [], start
    for low, high in sorted(places, key=lambda place: (place[0], -place[1])):
        if low >= at and high <= end:
            pieces += [escape(text[at:low]), f"<mark>{escape(text[low:high])}</mark>"]
            at = high
    return "".join([*pieces, escape(text[at:end])])
