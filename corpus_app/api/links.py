"""Addresses in answers."""

from __future__ import annotations

from django.http import HttpRequest

from search import SearchRequest


def link_next(request: HttpRequest, cursor: str | None) -> str | None:
    """Return the path of the same list with another cursor, None without one."""
    if cursor is None:
        return None
    params = request.GET.copy()
    params["cursor"] = cursor
    return f"{request.path}?{params.urlencode()}"


def link_places(asked: SearchRequest, *, has_key: bool) -> str:
    """Return the address that lists what a number counts: places one by one, or speeches."""
    view = "concordance" if has_key else "search"
    return f"/api/v1/{view}?{asked.to_querystring(page=1, sort='relevance')}"
