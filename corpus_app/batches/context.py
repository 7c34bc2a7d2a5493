"""What every page's frame knows about batches."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from corpus_app.batches.overview import read_bell


def describe_batches(request: HttpRequest) -> dict[str, Any]:
    """Return the bell; it is counted only where a page draws it."""
    return {"bell": SimpleLazyObject(lambda: read_bell(request.user))}
