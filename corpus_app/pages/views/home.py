"""The home page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from corpus_app.pages.home_page import build_home_page
from corpus_app.pages.kept_pages import keep_page


@require_safe
@keep_page
def show_home(request: HttpRequest) -> HttpResponse:
    """Show the search box, themes, new speeches, slogans and the corpus's extent."""
    context = {"page": build_home_page(), "own_search_box": True}
    return render(request, "pages/home.html", context)
