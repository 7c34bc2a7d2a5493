"""Results of a search."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from corpus_app.access.limits import limit_pages
from corpus_app.pages.kept_pages import keep_page
from corpus_app.pages.search_page import build_result_page, locate_fault
from search import IndexProblem, QueryError, SearchRequest, SearchResult, run_search

logger = logging.getLogger(__name__)


@require_safe
@limit_pages
@keep_page
def show_results(request: HttpRequest) -> HttpResponse:
    """Show the hits of the query, or where and why it can't be read."""
    asked = SearchRequest.from_params(request.GET)
    context = {"asked": asked, "own_search_box": True}
    try:
        result = _search(asked)
    except QueryError as error:
        context["fault"] = locate_fault(asked.text, error)
        return render(request, "pages/search.html", context, status=400)
    except IndexProblem:
        logger.exception("the index can't answer")
        context["unavailable"] = True
        return render(request, "pages/search.html", context, status=503)
    context["page"] = build_result_page(result)
    return render(request, "pages/search.html", context)


def _search(asked: SearchRequest) -> SearchResult:
    result = run_search(asked, leads=True)
    if asked.page > result.page_count:
        # A page beyond the last, as after a narrower query: the last one is nearest.
        return run_search(asked.change(page=result.page_count), leads=True)
    return result
