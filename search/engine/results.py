"""From a Whoosh document to Haystack's result, with marks where they are asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from django.utils.html import escape
from haystack.constants import DJANGO_CT, DJANGO_ID, ID
from haystack.utils.app_loading import haystack_get_model

from search.analysis.words import cut_for_index
from search.engine.schema import SEPARATOR

# Characters around the first mark in a highlighted fragment.
_BEFORE: Final = 40
_AFTER: Final = 160
_INTERNAL: Final = (DJANGO_CT, DJANGO_ID)


def read_fields(
    stored: Mapping[str, Any], index_fields: Mapping[str, Any], wanted: Collection[str]
) -> dict[str, Any]:
    """Return a document's values as Python values; wanted names those to read, empty all."""
    values: dict[str, Any] = {}
    for name, value in stored.items():
        if name in _INTERNAL or (wanted and name not in wanted and name != ID):
            continue
        values[name] = _convert(index_fields[name], value) if name in index_fields else value
    return values


def _convert(field: Any, value: Any) -> Any:
    if field.is_multivalued:
        return value.split(SEPARATOR) if value else []
    return field.convert(value)


def read_text(unified: Any, stored: Mapping[str, Any], field: str) -> str:
    """Return a document's text; where the index does not store it, from the database."""
    if field in stored:
        return str(stored[field])
    index = unified.get_index(haystack_get_model(*stored[DJANGO_CT].split(".")))
    obj = index.index_queryset().filter(pk=stored[DJANGO_ID]).first()
    return str(index.prepare(obj)[field]) if obj is not None else ""


def mark_terms(text: str, terms: Collection[str]) -> str:
    """Return HTML of the text around its first marked word, each of the terms in <mark>."""
    places = [(word.start, word.end) for word in cut_for_index(text) if word.text in terms]
    if not places:
        return ""
    first = min(places)[0]
    start, end = max(0, first - _BEFORE), min(len(text), first + _AFTER)
    pieces, at = [], start
    for low, high in sorted(places, key=lambda place: (place[0], -place[1])):
        if low >= at and high <= end:
            pieces += [escape(text[at:low]), f"<mark>{escape(text[low:high])}</mark>"]
            at = high
    return "".join([*pieces, escape(text[at:end])])
