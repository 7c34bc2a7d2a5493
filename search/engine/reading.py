"""Run a parsed query: exactly the slice asked for, true counts, any mix of sort directions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from haystack.constants import DJANGO_CT
from whoosh.query import And, Or, Query, Term
from whoosh.searching import Searcher
from whoosh.sorting import FieldFacet, MultiFacet


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
