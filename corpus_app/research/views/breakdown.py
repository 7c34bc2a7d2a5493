"""Breakdowns and their tables."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from corpus_app.access.limits import limit_exports, limit_pages
from corpus_app.pages.kept_pages import keep_page
from corpus_app.research.breakdown_page import BREAKDOWN
from corpus_app.research.views.study import send_study, show_study
from search import BreakdownRequest


@require_safe
@limit_pages
@keep_page
def show_breakdown(request: HttpRequest) -> HttpResponse:
    """Show how a query's places are spread over years, levels, speakers …"""
    return show_study(request, BREAKDOWN, BreakdownRequest.from_params(request.GET))


@require_safe
@limit_exports
def export_rows(request: HttpRequest) -> HttpResponseBase:
    """Send the breakdown as a file."""
    return send_study(request, BREAKDOWN, BreakdownRequest.from_params(request.GET))
