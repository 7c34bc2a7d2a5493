"""Passages by year as the search counts them, so that a bar holds what its link finds."""

from __future__ import annotations

import logging
from collections.abc import Callable

from corpus_app.catalog.periods import YearTotal, fill_years
from search import IndexProblem, QueryError, SearchRequest, run_search

logger = logging.getLogger(__name__)


def count_passages(query: str, count_stored: Callable[[], list[YearTotal]]) -> list[YearTotal]:
    """Return passages of the query by year; from what is stored where the index can't answer."""
    try:
        result = run_search(SearchRequest(text=query, unit="section", per_page=1))
    except (IndexProblem, QueryError):
        logger.exception("no counts for %s", query)
        return count_stored()
    if result.stale or not result.total:
        return count_stored()
    counts: dict[int | None, int] = {
        int(value.value): value.count for value in result.facets["year"] if value.value.isdecimal()
    }
    counts[None] = result.total - sum(counts.values())
    return fill_years(counts)
