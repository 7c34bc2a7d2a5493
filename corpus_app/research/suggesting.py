"""What to offer while a query is typed, and where each offer leads."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from corpus_app.pages.queries import ask_field
from search import CorpusSuggestions, Offer, Suggestion, load_suggestions, open_index, quote_words

LIMIT: Final = 8
MAX_TYPED: Final = 80


def load_published() -> CorpusSuggestions:
    """Return the suggestions of what is published as of the index's present generation."""
    arrays, _stale = open_index()
    return load_suggestions((arrays.stamp, arrays.generation))


def list_suggestions(typed: str) -> list[dict[str, Any]]:
    """Return offers for what is typed: text, matched span, kind in words, address, query."""
    text = typed.strip()
    if not text or len(text) > MAX_TYPED:
        return []
    found = load_published().suggest(text, LIMIT)
    return [_describe(each) for each in found]


def _describe(suggestion: Suggestion) -> dict[str, Any]:
    entry = suggestion.entry
    return {
        "text": entry.text,
        "start": suggestion.start,
        "end": suggestion.end,
        "kind": name_kind(entry.kind),
        "url": find_address(entry),
        "query": quote_words(entry.text),
    }


def name_kind(kind: str) -> str:
    """Return the reader's word for what is offered."""
    return {
        "slogan": _("提法"),
        "theme": _("主题"),
        "organisation": _("单位"),
        "title": _("讲话"),
    }.get(kind, kind)


def find_address(entry: Offer) -> str:
    """Return the page of what is offered, the search for it where it has none of its own."""
    pages = {"slogan": "slogan", "theme": "theme", "title": "speech"}
    if entry.url_id and entry.kind in pages:
        return reverse(pages[entry.kind], args=[entry.url_id])
    named = entry.kind == "organisation"
    query = ask_field("单位", entry.text) if named else quote_words(entry.text)
    return f"{reverse('search')}?{urlencode({'q': query})}"
