"""What the research views add to the search page."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from corpus_app.catalog.models import Speech
from corpus_app.pages.downloads import list_downloads
from corpus_app.pages.queries import ask_field
from corpus_app.pages.study_views import VIEWS, StudyView, list_other_views, list_views
from corpus_app.research.alternatives import (
    list_slips,
    list_spellings,
    list_synonyms,
    read_single_word,
)
from corpus_app.research.comparing.neighbours import find_neighbours
from corpus_app.research.similar_page import list_beside
from search import SearchRequest, TrendRequest

register = template.Library()


@register.inclusion_tag("research/_search_tabs.html")
def search_tabs(current: str, asked: SearchRequest) -> dict[str, Any]:
    """Show the views of a query; current is the name of the one shown."""
    return {"tabs": list_views(asked, current)}


@register.inclusion_tag("research/_other_views.html")
def other_views(asked: SearchRequest, current: str = "search") -> dict[str, Any]:
    """Show the views of a list's query beside the one shown."""
    return {"views": list_other_views(asked, current)}


@register.inclusion_tag("research/_other_views.html")
def field_views(field: str, words: str) -> dict[str, Any]:
    """Show the views of what a field of the query language holds."""
    return {"views": list_other_views(SearchRequest(text=ask_field(field, words)), "")}


@register.simple_tag
def study_views() -> list[StudyView]:
    """Return the views beside search, for the home page."""
    return [view for view in VIEWS.values() if view.name != "search"]


@register.inclusion_tag("research/_synonyms.html")
def other_wordings(asked: SearchRequest, total: int) -> dict[str, Any]:
    """Show synonyms that can be added to a query or left out, and likely slips in it."""
    # Without hits the page proposes spellings in its own place.
    slips = list_slips(asked) if total else []
    return {"synonyms": list_synonyms(asked), "spellings": slips}


@register.inclusion_tag("research/_used_alike.html")
def used_alike(asked: SearchRequest) -> dict[str, Any]:
    """Show words used like the one that is searched for, each a query of either."""
    word = read_single_word(asked)
    return {"word": word, "offers": list_beside(word)}


@register.inclusion_tag("research/_spellings.html")
def near_spellings(asked: SearchRequest) -> dict[str, Any]:
    """Show near wordings of a query that found nothing."""
    return {"spellings": list_spellings(asked)}


@register.inclusion_tag("research/_downloads.html")
def search_downloads(asked: SearchRequest) -> dict[str, Any]:
    """Show the files in which all hits of a search can be had."""
    query = asked.change(page=1).to_querystring()
    return {"downloads": list_downloads(reverse("search_export"), query)}


@register.inclusion_tag("research/_year_links.html")
def year_links(speech: Speech) -> dict[str, Any]:
    """Show the ways to a speech beside its body's speeches of other years."""
    return {"speech": speech, "neighbours": find_neighbours(speech)}


@register.simple_tag
def link_trend(field: str, words: str) -> str:
    """Return the address of the trend of what a field of the query language holds."""
    query = TrendRequest((ask_field(field, words),)).to_querystring()
    # A theme is borne by sections and spelled nowhere: only speeches can be counted.
    return f"{reverse('trends')}?{query}" + ("&measure=speeches" if field == "主题" else "")
