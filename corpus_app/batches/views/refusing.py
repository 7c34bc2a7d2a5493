"""Requests that are larger than the site takes: a page, or words for a script, that says so."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from corpus_app.batches.views.answers import refuse
from corpus_app.ingest.limits import describe_bytes


def answer_bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that could not be read, with its reason where it was too large."""
    words = describe_excess(exception)
    if words and "application/json" in request.headers.get("Accept", ""):
        return refuse(words, 400)
    return render(request, "400.html", {"words": words}, status=400)


def describe_excess(exception: Exception) -> str:
    """Return which limit the request broke, "" where it broke none of size."""
    if isinstance(exception, TooManyFilesSent):
        count = settings.DATA_UPLOAD_MAX_NUMBER_FILES
        return _("一次最多上传 %d 个文件。请分几次上传，或者打成压缩包上传。") % count
    if isinstance(exception, RequestDataTooBig):
        limit = describe_bytes(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        return _("粘贴的文字太长，超过 %s。请存为文件上传。") % limit
    return ""
