"""The concordance and its tables."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from corpus_app.access.limits import limit_exports, limit_pages
from corpus_app.pages.downloads import name_file, refuse_export, send_table
from corpus_app.pages.kept_pages import keep_page
from corpus_app.pages.search_page import locate_fault
from corpus_app.research.concordance_page import (
    build_concordance_page,
    list_selects,
)
from corpus_app.research.study_page import narrow_study
from search import (
    Concordance,
    ConcordanceRequest,
    QueryError,
    build_concordance,
    describe_position,
    export_concordance,
)


@require_safe
@limit_pages
@keep_page
def show_concordance(request: HttpRequest) -> HttpResponse:
    """Show every place of what is asked with its neighbours, or why it can't be read."""
    asked = ConcordanceRequest.from_params(request.GET)
    context = {
        "asked": asked,
        "selects": list_selects(asked),
        "narrowing": narrow_study(asked),
        "where": describe_position(asked.where),
        "everywhere": "?" + asked.to_querystring(where=""),
        "own_search_box": True,
    }
    status = 200
    if asked.search.text:
        try:
            context["page"] = build_concordance_page(_build(asked))
        except QueryError as error:
            context["fault"] = locate_fault(asked.search.text, error)
            status = 400
    return render(request, "research/concordance.html", context, status=status)


def _build(asked: ConcordanceRequest) -> Concordance:
    answer = build_concordance(asked)
    if asked.page > answer.page_count:
        # A page beyond the last, as after a narrower query: the last one is nearest.
        return build_concordance(asked.change(page=answer.page_count))
    return answer


@require_safe
@limit_exports
def export_lines(request: HttpRequest) -> HttpResponseBase:
    """Send all lines of the concordance as a file."""
    asked = ConcordanceRequest.from_params(request.GET)
    if not asked.search.text:
        return refuse_export(_("没有检索式，无可导出的内容。"))
    try:
        sheet = export_concordance(asked, request.build_absolute_uri("/")[:-1])
    except QueryError as error:
        return refuse_export(_("检索式有误：%(reason)s") % {"reason": error.reason})
    what = f"语境：{asked.search.text}"
    name = name_file(_("语境"), asked.search.text)
    return send_table(request, sheet, "concordance", what, name)
