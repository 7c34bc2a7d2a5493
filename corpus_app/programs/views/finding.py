"""What search engines and browsers ask for first: robots.txt, the maps, the search description."""

from __future__ import annotations

from typing import Final

from django.contrib.sitemaps import views as maps
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from corpus_app.access.limits import limit_pages
from corpus_app.pages.kept_pages import keep_page
from corpus_app.programs.sitemaps import SITEMAPS
from corpus_app.programs.strangers import answer_strangers

# Pages without end (a search for each word and filter) and those behind a login.
_KEPT_OUT: Final = (
    "/search/",
    "/concordance/",
    "/trends/",
    "/suggest/",
    "/structure/",
    "/speeches/*/reuse/",
    "/desk/",
    "/check/",
    "/intake/",
    "/admin/",
    "/account/",
    "/login/",
    "/users/",
    "/activity/",
    "/i18n/",
    "/mcp/",
)


@require_safe
def send_robots(request: HttpRequest) -> HttpResponse:
    """Say where the map is and which pages no crawler should walk through."""
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    rows = ["User-agent: *", *(f"Disallow: {path}" for path in _KEPT_OUT)]
    text = "\n".join([*rows, "", f"Sitemap: {sitemap}", ""])
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
@limit_pages
@answer_strangers
@keep_page
def send_sitemap_index(request: HttpRequest) -> HttpResponse:
    """Send the map of the maps."""
    return maps.index(request, SITEMAPS, sitemap_url_name="sitemap_part").render()


@require_safe
@limit_pages
@answer_strangers
@keep_page
def send_sitemap(request: HttpRequest, section: str) -> HttpResponse:
    """Send one map; `?p=2` is its second part."""
    return maps.sitemap(request, SITEMAPS, section).render()


@require_safe
def describe_search(request: HttpRequest) -> HttpResponse:
    """Tell browsers how to search here from their own search field."""
    kind = "application/opensearchdescription+xml; charset=utf-8"
    return render(request, "programs/opensearch.xml", content_type=kind)
