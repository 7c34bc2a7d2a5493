"""The hits of a search as a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from corpus_app.access.limits import limit_exports
from corpus_app.pages.downloads import name_file, refuse_export, send_table
from corpus_app.research.hit_table import export_hits as make_sheet
from search import IndexProblem, QueryError, SearchRequest


@require_safe
@limit_exports
def export_hits(request: HttpRequest) -> HttpResponseBase:
    """Send all hits of a search as a file."""
    asked = SearchRequest.from_params(request.GET)
    try:
        sheet = make_sheet(asked, request.build_absolute_uri("/")[:-1])
    except QueryError as error:
        return refuse_export(_("检索式有误：%(reason)s") % {"reason": error.reason})
    except IndexProblem:
        return refuse_export(_("检索索引正在建立或修复，请稍后再试。"), status=503)
    what = f"检索：{asked.text or '全部内容'}"
    return send_table(request, sheet, "search", what, name_file(_("检索"), asked.text))
