"""The file a speech was made from."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def send_original(request: HttpRequest, speech_id: int) -> HttpResponse:
    """Show the page."""
    return render(request, "base.html")
