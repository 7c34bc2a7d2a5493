"""Who must have a second factor and has none gets to the page that sets it up, and no further."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from corpus_app.access.proxies import Answer
from corpus_app.accounts.roles import needs_second_factor
from corpus_app.accounts.views.signing_in import TWO_FACTOR

_FREE: Final = ("two_factor", "logout", "set_language", "healthz")


class SecondFactorMiddleware:
    """Asks it of a session only: whoever has a second factor had to give it to get one."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or lead to where the second factor is set up."""
        if settings.TWO_FACTOR != "optional" and self._is_missing(request):
            return redirect("two_factor")
        return self.get_response(request)

    @staticmethod
    def _is_missing(request: HttpRequest) -> bool:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or TWO_FACTOR in request.session:
            return False
        if request.path in [reverse(name) for name in _FREE]:
            return False
        return needs_second_factor(request.user)
