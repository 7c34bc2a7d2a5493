"""The page in a speech's place for those who could read it before."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from corpus_app.catalog.withdrawals import find_withdrawals

# A number beyond a database's integers would raise, not miss.
_MOST_ID = 2**63


def answer_withdrawn(request: HttpRequest, speech_id: int) -> HttpResponse:
    """Say since when the speech is not shown, none of its words; Http404 where it never was."""
    found = find_withdrawals([speech_id]).get(speech_id) if speech_id < _MOST_ID else None
    if found is None:
        raise Http404
    # What is closed may be there for others, or after signing in; what is withdrawn is gone.
    status = 404 if found.is_closed else 410
    response = render(request, "pages/withdrawn.html", {"found": found}, status=status)
    add_never_cache_headers(response)
    return response
