"""The addresses for probes: answered over http, under any host name."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from corpus_app.operations.health import LIVE, READY_PARTS, Part, measure
from corpus_app.operations.metrics.views import report_metrics

# While one probe asks, others are told what the last one was, if it is no older.
_SHARED_SECONDS: Final = 10.0


class SharedHealth:
    """The state of the parts, asked for by one thread at a time.

    A probe may wait for the writer of the index. A crowd of them, sent by whoever likes, must not
    hold all threads.
    """

    def __init__(self, parts: dict[str, Callable[[], Part]]) -> None:
        self._parts = parts
        self._asking = threading.Lock()
        self._last: dict[str, Part] = {}
        self._at = -_SHARED_SECONDS

    def read(self) -> dict[str, Part]:
        """Return the state of each part as it is now, or as another thread has just found it."""
        begun = time.monotonic()
        if self._asking.acquire(blocking=begun - self._at > _SHARED_SECONDS):
            try:
                # Another may have asked while this one waited its turn.
                if self._at < begun:
                    self._last, self._at = measure(self._parts), time.monotonic()
            finally:
                self._asking.release()
        return self._last


_LIVE: Final = SharedHealth(LIVE)
_READY: Final = SharedHealth(READY_PARTS)


@require_safe
@never_cache
def report_health(request: HttpRequest) -> JsonResponse:
    """Answer 200 where database, index and disk are well, 503 else, each with its state."""
    return _answer(_LIVE.read())


@require_safe
@never_cache
def report_readiness(request: HttpRequest) -> JsonResponse:
    """Answer 200 where the worker, the last check and the last backup are well too, 503 else."""
    return _answer(_READY.read())


PROBES: Final[dict[str, Callable[[HttpRequest], HttpResponse]]] = {
    "/healthz": report_health,
    "/readyz": report_readiness,
    "/metrics": report_metrics,
}


class ProbeMiddleware:
    """Answers probes before anything asks for a host's name or sends them to https.

    A probe comes from beside the server, by address and without TLS; it is told no secret.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a probe, or pass the request on."""
        probe = PROBES.get(request.path_info)
        return probe(request) if probe else self._get_response(request)


def _answer(parts: dict[str, Part]) -> JsonResponse:
    well = all(part["ok"] for part in parts.values())
    body = {"status": "ok" if well else "failing", **parts}
    return JsonResponse(body, status=200 if well else 503)
