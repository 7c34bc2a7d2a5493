"""Dispersions and their tables."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from corpus_app.access.limits import limit_exports, limit_pages
from corpus_app.pages.kept_pages import keep_page
from corpus_app.research.dispersion_page import DISPERSION
from corpus_app.research.views.study import send_study, show_study
from search import DispersionRequest


@require_safe
@limit_pages
@keep_page
def show_dispersion(request: HttpRequest) -> HttpResponse:
    """Show where in speeches a query's places stand, and how evenly over speeches."""
    return show_study(request, DISPERSION, DispersionRequest.from_params(request.GET))


@require_safe
@limit_exports
def export_rows(request: HttpRequest) -> HttpResponseBase:
    """Send the dispersion as a file."""
    return send_study(request, DISPERSION, DispersionRequest.from_params(request.GET))
