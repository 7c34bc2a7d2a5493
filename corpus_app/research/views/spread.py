"""The lives of expressions and their tables."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from corpus_app.access.limits import limit_exports, limit_pages
from corpus_app.pages.kept_pages import keep_page
from corpus_app.research.spread_page import SPREAD
from corpus_app.research.views.study import send_study, show_study
from search import SpreadRequest


@require_safe
@limit_pages
@keep_page
def show_spread(request: HttpRequest) -> HttpResponse:
    """Show where and when a query is first seen, and how it spreads and fades."""
    return show_study(request, SPREAD, SpreadRequest.from_params(request.GET))


@require_safe
@limit_exports
def export_rows(request: HttpRequest) -> HttpResponseBase:
    """Send the spread as a file."""
    return send_study(request, SPREAD, SpreadRequest.from_params(request.GET))
