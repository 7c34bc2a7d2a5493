"""Addresses that programs read."""

from django.urls import path

from corpus_app.programs.views import assistants, feeds, finding, formats, harvesting

urlpatterns = [
    path("robots.txt", finding.send_robots, name="robots"),
    path("sitemap.xml", finding.send_sitemap_index, name="sitemap"),
    path("sitemap-<str:section>.xml", finding.send_sitemap, name="sitemap_part"),
    path("speeches/feed/", feeds.send_newest, name="speech_feed"),
    path("search/feed/", feeds.send_found, name="search_feed"),
    path("themes/<slug:slug>/feed/", feeds.send_theme, name="theme_feed"),
    path("slogans/<int:slogan_id>/feed/", feeds.send_slogan, name="slogan_feed"),
    path("mcp/", assistants.answer_assistant, name="mcp"),
    path("oai/", harvesting.answer_harvester, name="oai"),
    path("opensearch.xml", finding.describe_search, name="opensearch"),
    path(
        "speeches/<int:speech_id>/formats/<str:form>",
        formats.send_speech,
        name="speech_format",
    ),
]
