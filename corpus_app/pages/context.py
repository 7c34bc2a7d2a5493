"""What every page knows about the site."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def describe_site(request: HttpRequest) -> dict[str, Any]:
    """Return the values that the page frame shows on every page."""
    return {"demo": settings.DEMO}
