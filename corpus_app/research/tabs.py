"""The three views of one query as links: search, concordance, trends."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from corpus_app.pages.queries import Option
from search import ConcordanceRequest, SearchRequest, TrendRequest

VIEWS: Final = ("search", "concordance", "trends")


def list_tabs(current: str, asked: SearchRequest) -> list[Option]:
    """Return the views of a search; current names the one shown, of VIEWS."""
    plain = asked.change(page=1)
    expressions = (asked.text,) if asked.text else ()
    filters = replace(plain, text="")
    queries = {
        "search": plain.to_querystring(),
        "concordance": ConcordanceRequest(plain).to_querystring(),
        "trends": TrendRequest(expressions, filters=filters).to_querystring(),
    }
    labels = {"search": _("检索"), "concordance": _("语境"), "trends": _("趋势")}
    return [Option(labels[view], view == current, _join(view, queries[view])) for view in VIEWS]


def _join(view: str, querystring: str) -> str:
    return f"{reverse(view)}?{querystring}" if querystring else reverse(view)


def find_search(request: TrendRequest) -> SearchRequest:
    """Return the search that finds what a trend counts, any of its expressions."""
    expressions = request.expressions
    either = f"({') OR ('.join(expressions)})" if len(expressions) > 1 else "".join(expressions)
    parts = [part for part in (request.filters.text, either) if part]
    text = f"({') ('.join(parts)})" if len(parts) > 1 else "".join(parts)
    return request.filters.change(text=text)
