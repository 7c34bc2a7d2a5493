"""Trends and their tables."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from corpus_app.access.limits import limit_exports, limit_pages
from corpus_app.pages.downloads import name_file, refuse_export, send_table
from corpus_app.pages.kept_pages import keep_page
from corpus_app.pages.search_page import locate_fault
from corpus_app.research.tabs import find_search
from corpus_app.research.trends_page import (
    EXAMPLE,
    build_trend_page,
    link_trends,
    list_measures,
    list_range_params,
    list_steps,
    narrow_trends,
    read_measure,
)
from search import ExpressionError, QueryError, TrendRequest, answer_trend, export_trend


@require_safe
@limit_pages
@keep_page
def show_trends(request: HttpRequest) -> HttpResponse:
    """Show how often expressions stand in each year or month, or why one can't be read."""
    asked = TrendRequest.from_params(request.GET)
    measure = read_measure(request.GET)
    context: dict[str, Any] = {
        "asked": asked,
        "lines": "\n".join(asked.expressions),
        "as_search": find_search(asked),
        "measure": measure,
        "measures": list_measures(asked, measure),
        "steps": list_steps(asked, measure),
        "narrowing": narrow_trends(asked, measure),
        "range_params": list_range_params(asked, measure),
        "example": link_trends(TrendRequest(EXAMPLE), measure),
        "example_words": EXAMPLE,
        "own_search_box": True,
    }
    status = 200
    if asked.expressions:
        try:
            context["page"] = build_trend_page(answer_trend(asked), measure)
        except QueryError as error:
            context["fault"] = locate_fault(_find_text(error, asked), error)
            status = 400
    return render(request, "research/trends.html", context, status=status)


def _find_text(error: QueryError, asked: TrendRequest) -> str:
    return error.expression if isinstance(error, ExpressionError) else asked.filters.text


@require_safe
@limit_exports
def export_points(request: HttpRequest) -> HttpResponseBase:
    """Send the trend as a file."""
    asked = TrendRequest.from_params(request.GET)
    if not asked.expressions:
        return refuse_export(_("没有表达式，无可导出的内容。"))
    try:
        sheet = export_trend(answer_trend(asked))
    except QueryError as error:
        return refuse_export(_("检索式有误：%(reason)s") % {"reason": error.reason})
    what = f"趋势：{'、'.join(asked.expressions)}"
    name = name_file(_("趋势"), "".join(asked.expressions))
    return send_table(request, sheet, "trends", what, name)
