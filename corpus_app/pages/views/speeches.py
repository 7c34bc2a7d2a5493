"""Speeches: the list, the reading page, permanent links."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def list_speeches(request: HttpRequest) -> HttpResponse:
    """Show the page."""
    return render(request, "base.html")


def show_speech(request: HttpRequest, speech_id: int) -> HttpResponse:
    """Show the page."""
    return render(request, "base.html")


def redirect_to_section(request: HttpRequest, speech_id: int, key: str) -> HttpResponse:
    """Show the page."""
    return render(request, "base.html")
