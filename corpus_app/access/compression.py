"""Answers compressed on their way to strangers; what is shown to a session goes as it is."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

_KINDS: Final = ("text/", "application/json")


class CompressionMiddleware(GZipMiddleware):
    """Compresses words; never a page of somebody's own.

    Who can watch the size of answers and have one asked for with guesses in its address learns
    what else stands in it. A stranger's page holds no secret but the token of its forms, which
    is masked anew each time, and the size of each answer is blurred by up to 100 bytes.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Return the answer, compressed where it is words and nobody's own."""
        is_own = settings.SESSION_COOKIE_NAME in request.COOKIES or response.cookies.get(
            settings.SESSION_COOKIE_NAME
        )
        is_words = response.get("Content-Type", "").startswith(_KINDS)
        if is_own or not is_words or "Authorization" in request.headers:
            return response
        return super().process_response(request, response)
