"""Addresses in answers."""

from __future__ import annotations

from django.http import HttpRequest


def link_next(request: HttpRequest, cursor: str | None) -> str | None:
    """Return the path of the same list with another cursor, None without one."""
    if cursor is None:
        return None
    params = request.GET.copy()
    params["cursor"] = cursor
    return f"{request.path}?{params.urlencode()}"
