"""One page of a filtered list, with what its pager needs to keep the filter."""

from __future__ import annotations

from typing import Any, Final

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

_PER_PAGE: Final = 50


def turn_page(request: HttpRequest, rows: QuerySet[Any]) -> dict[str, Any]:
    """Return for a template the page that is asked for, and the other parameters of its address."""
    params = request.GET.copy()
    params.pop("page", None)
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    return {"page": page, "querystring": params.urlencode()}
