"""Feeds: kept by the version of the corpus, so that a reader who holds one is told so."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from corpus_app.access.limits import limit_pages
from corpus_app.pages.kept_pages import keep_page
from corpus_app.programs.feeds import SearchFeed, SloganFeed, SpeechFeed, ThemeFeed
from search import IndexProblem, QueryError, explain_years

_log = logging.getLogger(__name__)


@require_safe
@limit_pages
@keep_page
def send_newest(request: HttpRequest) -> HttpResponse:
    """Send the speeches that came online last."""
    return SpeechFeed()(request)


@require_safe
@limit_pages
@keep_page
def send_found(request: HttpRequest) -> HttpResponse:
    """Send those that a search finds; 400 in words where it can't be read."""
    if in_vain := explain_years(request.GET):
        return _refuse(400, "\n".join(in_vain))
    try:
        return SearchFeed()(request)
    except QueryError as error:
        words = _("检索式第 %(position)s 个字符处有误：%(reason)s")
        return _refuse(400, words % {"position": error.position + 1, "reason": error.reason})
    except IndexProblem:
        _log.exception("the index can't answer a feed")
        return _refuse(503, _("索引正在重建或已损坏，请稍后再试。"))


@require_safe
@limit_pages
@keep_page
def send_theme(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the speeches about a theme."""
    return ThemeFeed()(request, slug=slug)


@require_safe
@limit_pages
@keep_page
def send_slogan(request: HttpRequest, slogan_id: int) -> HttpResponse:
    """Send the speeches in which an expression stands."""
    return SloganFeed()(request, slogan_id=slogan_id)


def _refuse(status: int, words: str) -> HttpResponse:
    return HttpResponse(f"{words}\n", status=status, content_type="text/plain; charset=utf-8")
