"""What is counted as it happens: requests, searches, sign-ins; no words of anybody's in it."""

from __future__ import annotations

import time
from typing import Any, Final

from django.conf import settings
from django.db.models.signals import post_save
from django.http import HttpRequest, HttpResponseBase
from prometheus_client import Counter, Histogram

import search
from corpus_app.access.models import Activity
from corpus_app.access.proxies import Answer
from corpus_app.operations.metrics.storage import is_shared, share_counts
from corpus_app.operations.slow_requests import note_slow

if is_shared():
    share_counts()

_BOUNDS: Final = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
# Each has a label, so that none is there, nor a file for it, before something was counted.
REQUESTS: Final = Counter("yanku_requests", "Requests answered.", ["view", "status"])
REQUEST_SECONDS: Final = Histogram(
    "yanku_request_seconds", "Seconds until an answer began.", ["view"], buckets=_BOUNDS
)
SEARCH_SECONDS: Final = Histogram(
    "yanku_search_seconds", "Seconds that a search took.", ["unit"], buckets=_BOUNDS
)
SIGN_INS: Final = Counter("yanku_sign_ins", "Sign-ins, and attempts that failed.", ["outcome"])
_OUTCOMES: Final[dict[str, str]] = {
    Activity.Kind.SIGN_IN: "done",
    Activity.Kind.SIGN_IN_FAILED: "failed",
    Activity.Kind.SIGN_IN_HELD: "held",
}


class MeasureMiddleware:
    """Counts requests by view and status, measures how long each took, notes the slow ones."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        started = time.monotonic()
        response = self.get_response(request)
        view, seconds = name_view(request), time.monotonic() - started
        REQUESTS.labels(view, str(response.status_code)).inc()
        REQUEST_SECONDS.labels(view).observe(seconds)
        note_slow(request, view, seconds)
        return response


def name_view(request: HttpRequest) -> str:
    """Return the name of the view that answered; "static" for files, "none" where there is none.

    An address that leads nowhere has no name of its own: strangers can make up as many as they
    like.
    """
    match = request.resolver_match
    if match is not None:
        return match.view_name or "unnamed"
    return "static" if request.path_info.startswith(settings.STATIC_URL) else "none"


def count_searches() -> None:
    """Measure every search of this process from now on, and count its sign-ins."""
    search.search_answered.connect(_note_search, dispatch_uid="corpus_app.operations.metrics")
    post_save.connect(_note_activity, sender=Activity, dispatch_uid="corpus_app.operations.metrics")


def _note_search(result: search.SearchResult, **_signal: Any) -> None:
    SEARCH_SECONDS.labels(result.request.unit).observe(result.took_ms / 1000)


def _note_activity(instance: Activity, **_signal: Any) -> None:
    if outcome := _OUTCOMES.get(instance.kind):
        SIGN_INS.labels(outcome).inc()
