"""Permalinks: to the marked words, or to a page that says they no longer stand there."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from corpus_app.desk.passages import MissingPassageError
from corpus_app.desk.permalinks import PermalinkTarget, resolve_code


@require_safe
def follow_permalink(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to the words where they stand today; show the difference where they don't."""
    try:
        found = resolve_code(code, request.user)
    except MissingPassageError:
        raise Http404 from None
    if isinstance(found, PermalinkTarget):
        return HttpResponseRedirect(found.url)
    return render(request, "desk/departure.html", {"found": found})
