"""How every view of one query is shown and exported."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from corpus_app.pages.downloads import name_file, refuse_export, send_table
from corpus_app.pages.search_page import locate_fault
from corpus_app.pages.study_views import VIEWS
from corpus_app.research.study_page import (
    Answer,
    Asked,
    StudyPages,
    frame_study,
    name_study,
    narrow_study,
)
from search import QueryError


def show_study(
    request: HttpRequest, pages: StudyPages[Asked, Answer], asked: Asked
) -> HttpResponse:
    """Show what is asked, or why it can't be read (400)."""
    view = VIEWS[pages.name]
    context: dict[str, Any] = {
        "view": view,
        "asked": asked,
        "narrowing": narrow_study(asked),
        "own_search_box": True,
        **pages.offer(asked),
    }
    status = 200
    if asked.search.text or not view.needs_query:
        try:
            answer = pages.answer(asked)
            context |= {
                "answer": answer,
                "page": pages.draw(answer),
                "frame": frame_study(request, pages, asked, answer),
            }
        except QueryError as error:
            context["fault"] = locate_fault(asked.search.text, error)
            status = 400
    return render(request, f"research/{pages.name}.html", context, status=status)


def send_study(
    request: HttpRequest, pages: StudyPages[Asked, Answer], asked: Asked
) -> HttpResponseBase:
    """Send what is asked as a file."""
    if VIEWS[pages.name].needs_query and not asked.search.text:
        return refuse_export(_("没有检索式，无可导出的内容。"))
    try:
        sheet = pages.export(pages.answer(asked))
    except QueryError as error:
        return refuse_export(_("检索式有误：%(reason)s") % {"reason": error.reason})
    name = name_file(_(pages.named), asked.search.text)
    return send_table(request, sheet, pages.name, name_study(pages.named, asked), name)
