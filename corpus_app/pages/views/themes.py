"""Themes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def list_themes(request: HttpRequest) -> HttpResponse:
    """Show the page."""
    return render(request, "base.html")


def show_theme(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the page."""
    return render(request, "base.html")
