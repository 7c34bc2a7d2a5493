"""Collocates, forms, keywords and strings."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from corpus_app.access.limits import limit_exports, limit_pages
from corpus_app.pages.kept_pages import keep_page
from corpus_app.research.collocates_page import COLLOCATES
from corpus_app.research.forms_page import FORMS
from corpus_app.research.keywords_page import KEYWORDS
from corpus_app.research.ngrams_page import NGRAMS
from corpus_app.research.views.study import send_study, show_study
from search import CollocatesRequest, FormsRequest, KeywordsRequest, NgramsRequest

# Rows of a file.
_MOST_ROWS = 5_000


@require_safe
@limit_pages
@keep_page
def show_collocates(request: HttpRequest) -> HttpResponse:
    """Show what stands near a query's places more often than elsewhere."""
    return show_study(request, COLLOCATES, CollocatesRequest.from_params(request.GET))


@require_safe
@limit_exports
def export_collocates(request: HttpRequest) -> HttpResponseBase:
    """Send the collocates as a file."""
    asked = CollocatesRequest.from_params(request.GET).change(limit=_MOST_ROWS)
    return send_study(request, COLLOCATES, asked)


@require_safe
@limit_pages
@keep_page
def show_forms(request: HttpRequest) -> HttpResponse:
    """Show the wordings that a query matched."""
    return show_study(request, FORMS, FormsRequest.from_params(request.GET))


@require_safe
@limit_exports
def export_forms(request: HttpRequest) -> HttpResponseBase:
    """Send the forms as a file."""
    asked = FormsRequest.from_params(request.GET).change(limit=_MOST_ROWS)
    return send_study(request, FORMS, asked)


@require_safe
@limit_pages
@keep_page
def show_keywords(request: HttpRequest) -> HttpResponse:
    """Show the words that set some speeches apart from others."""
    return show_study(request, KEYWORDS, KeywordsRequest.from_params(request.GET))


@require_safe
@limit_exports
def export_keywords(request: HttpRequest) -> HttpResponseBase:
    """Send the keywords as a file."""
    asked = KeywordsRequest.from_params(request.GET).change(limit=_MOST_ROWS)
    return send_study(request, KEYWORDS, asked)


@require_safe
@limit_pages
@keep_page
def show_ngrams(request: HttpRequest) -> HttpResponse:
    """Show the words or strings of some speeches."""
    return show_study(request, NGRAMS, NgramsRequest.from_params(request.GET))


@require_safe
@limit_exports
def export_ngrams(request: HttpRequest) -> HttpResponseBase:
    """Send the strings as a file."""
    asked = NgramsRequest.from_params(request.GET).change(limit=_MOST_ROWS)
    return send_study(request, NGRAMS, asked)
