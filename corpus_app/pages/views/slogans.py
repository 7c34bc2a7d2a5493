"""Slogans."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def list_slogans(request: HttpRequest) -> HttpResponse:
    """Show the page."""
    return render(request, "base.html")


def show_slogan(request: HttpRequest, slogan_id: int) -> HttpResponse:
    """Show the page."""
    return render(request, "base.html")
