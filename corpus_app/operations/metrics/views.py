"""The address that Prometheus asks."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from corpus_app.access.proxies import restore_sender
from corpus_app.operations.metrics.gauges import write_metrics

_BEARER = "Bearer "


@require_safe
@never_cache
def report_metrics(request: HttpRequest) -> HttpResponse:
    """Answer with all counts and gauges, to those who may read them; 403 else."""
    if not (_has_token(request) or _asks_from_within(request)):
        words = "Told to addresses of CORPUS_METRICS_FROM, and to who sends CORPUS_METRICS_TOKEN."
        return HttpResponse(words, status=403, content_type="text/plain; charset=utf-8")
    return HttpResponse(write_metrics(), content_type=CONTENT_TYPE_LATEST)


def _has_token(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "")
    expected = f"{_BEARER}{settings.METRICS_TOKEN}"
    return bool(settings.METRICS_TOKEN) and constant_time_compare(given, expected)


def _asks_from_within(request: HttpRequest) -> bool:
    meta = dict(request.META)
    restore_sender(meta)
    try:
        sender = ipaddress.ip_address(str(meta.get("REMOTE_ADDR", "")))
    except ValueError:
        return False
    sender = getattr(sender, "ipv4_mapped", None) or sender
    return any(sender in network for network in settings.METRICS_FROM)
