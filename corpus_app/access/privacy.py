"""What is shown to somebody who is signed in stays in no cache, the browser's own included."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from corpus_app.access.proxies import Answer


class PrivacyMiddleware:
    """Bars every answer to a signed-in user from being kept, but those that say how they are."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; whether somebody is signed in is asked only where a cookie says so."""
        response = self.get_response(request)
        if "Cache-Control" not in response and self._is_private(request):
            response["Cache-Control"] = "private, no-store"
        return response

    @staticmethod
    def _is_private(request: HttpRequest) -> bool:
        return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
