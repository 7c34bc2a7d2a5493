"""A search in one line."""

from __future__ import annotations

from typing import Any

from search import SearchRequest, SearchResult, run_search


def ask(text: str, **changes: Any) -> SearchResult:
    """Return the result of a query text under a request's other parts."""
    return run_search(SearchRequest(text=text, **changes))
