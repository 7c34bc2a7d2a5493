"""Requests that are larger than the site takes: a page, or words for a script, that says so."""

from __future__ import annotations

import sys
from typing import Final

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.defaults import server_error

from corpus_app.batches.views.answers import refuse
from corpus_app.ingest.limits import describe_bytes
from corpus_app.outages import RETRY_SECONDS, describe_outage, name_outage
from corpus_app.storage_trouble import describe_storage_trouble, name_storage_trouble

UNAVAILABLE: Final = 503
INSUFFICIENT_STORAGE: Final = 507


def answer_bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that could not be read, with its reason where it was too large."""
    words = describe_excess(exception)
    if words and "application/json" in request.headers.get("Accept", ""):
        return refuse(words, 400)
    return render(request, "400.html", {"words": words}, status=400)


def answer_server_error(request: HttpRequest) -> HttpResponse:
    """Answer a request during which something broke; where it was the disk, say that.

    So where a service is out of reach, which comes back by itself. Called while the exception is
    at hand.
    """
    error = sys.exc_info()[1]
    if (outage := name_outage(error)) is not None:
        return _answer_outage(request, describe_outage(outage))
    trouble = name_storage_trouble(error)
    if trouble is None:
        return server_error(request)
    words = describe_storage_trouble(trouble)
    if "application/json" in request.headers.get("Accept", ""):
        return refuse(words, INSUFFICIENT_STORAGE)
    answer = render_to_string("storage.html", {"words": words, "sent": request.method == "POST"})
    return HttpResponse(answer, status=INSUFFICIENT_STORAGE)


def _answer_outage(request: HttpRequest, words: str) -> HttpResponse:
    if "application/json" in request.headers.get("Accept", ""):
        answer: HttpResponse = refuse(words, UNAVAILABLE)
    else:
        context = {"words": words, "sent": request.method == "POST"}
        answer = HttpResponse(render_to_string("outage.html", context), status=UNAVAILABLE)
    answer["Retry-After"] = str(RETRY_SECONDS)
    answer["Cache-Control"] = "no-store"
    return answer


def describe_excess(exception: Exception) -> str:
    """Return which limit the request broke, "" where it broke none of size."""
    if isinstance(exception, TooManyFilesSent):
        count = settings.DATA_UPLOAD_MAX_NUMBER_FILES
        return _("一次最多上传 %d 个文件。请分几次上传，或者打成压缩包上传。") % count
    if isinstance(exception, RequestDataTooBig):
        limit = describe_bytes(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        return _("粘贴的文字太长，超过 %s。请存为文件上传。") % limit
    return ""
