"""From what a trend counts back to a search, for the views of one query."""

from __future__ import annotations

from search import SearchRequest, TrendRequest


def find_search(request: TrendRequest) -> SearchRequest:
    """Return the search that finds what a trend counts, any of its expressions."""
    expressions = request.expressions
    either = f"({') OR ('.join(expressions)})" if len(expressions) > 1 else "".join(expressions)
    parts = [part for part in (request.filters.text, either) if part]
    text = f"({') ('.join(parts)})" if len(parts) > 1 else "".join(parts)
    return request.filters.change(text=text)
