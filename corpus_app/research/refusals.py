"""What is answered where no table can be made."""

from __future__ import annotations

from django.http import HttpResponse


def refuse_export(reason: str, status: int = 400) -> HttpResponse:
    """Return the reason as plain text with an error status."""
    return HttpResponse(reason + "\n", status=status, content_type="text/plain; charset=utf-8")
