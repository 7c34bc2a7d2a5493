"""The clauses that queries of Solr's are put together from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from search.query.patterns import Pattern
from search.solr.tokens import write_pattern

Query = dict[str, Any] | str
ALL: Final = "*:*"
NONE: Final[Query] = {"bool": {"must": [ALL], "must_not": [ALL]}}


def join_all(queries: Iterable[Query]) -> Query:
    """Return the query for what all of the queries find."""
    parts = list(queries)
    return parts[0] if len(parts) == 1 else {"bool": {"must": parts or [ALL]}}


def join_any(queries: Iterable[Query]) -> Query:
    """Return the query for what any of the queries finds."""
    parts = list(queries)
    if not parts:
        return NONE
    return parts[0] if len(parts) == 1 else {"bool": {"should": parts}}


def exclude(query: Query, *others: Query) -> Query:
    """Return the query for what the query finds and none of the others does."""
    return {"bool": {"must": [query], "must_not": list(others)}}


def pick(field: str, values: Iterable[object]) -> Query:
    """Return the query for documents that have one of the values in a field."""
    listed = ",".join(map(str, values))
    return {"terms": {"f": field, "query": listed}} if listed else NONE


def match(field: str, value: object) -> Query:
    """Return the query for documents that have the value in a field of strings."""
    return {"term": {"f": field, "query": str(value)}}


def bound(field: str, low: object = "*", high: object = "*") -> Query:
    """Return the query for documents whose number in a field is from low to high."""
    return f"{field}:[{low} TO {high}]"


def find_phrase(field: str, pattern: Pattern, border: int | None = None) -> Query:
    """Return the query for a pattern in a field of characters."""
    return {"field": {"f": field, "query": write_pattern(pattern, border)}}


def find_speeches(query: Query) -> Query:
    """Return the query for all nodes of the speeches of which a query finds one."""
    names = {"from": "speech_name", "to": "speech_name", "method": "topLevelDV"}
    return {"join": {**names, "query": query}}
