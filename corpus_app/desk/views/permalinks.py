"""Permalinks: to the marked words, or to a page that says they no longer stand there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from corpus_app.desk.passages import MissingPassageError
from corpus_app.desk.permalinks import PermalinkTarget, find_disclosed, resolve_code
from corpus_app.pages.withdrawn import answer_withdrawn


@require_safe
def follow_permalink(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to the words where they stand today; show the difference where they don't."""
    try:
        found = resolve_code(code, request.user)
    except MissingPassageError:
        return answer_withdrawn(request, find_disclosed(code) or 0)
    if isinstance(found, PermalinkTarget):
        return HttpResponseRedirect(found.url)
    return render(request, "desk/departure.html", {"found": found})
