"""The addresses for probes: answered over http, under any host name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from corpus_app.operations.health import LIVE, READY_PARTS, Part, measure
from corpus_app.operations.metrics.views import report_metrics


@require_safe
@never_cache
def report_health(request: HttpRequest) -> JsonResponse:
    """Answer 200 where database, index and disk are well, 503 else, each with its state."""
    return _answer(measure(LIVE))


@require_safe
@never_cache
def report_readiness(request: HttpRequest) -> JsonResponse:
    """Answer 200 where the worker, the last check and the last backup are well too, 503 else."""
    return _answer(measure(READY_PARTS))


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
