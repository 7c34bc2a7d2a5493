"""Query texts that pages link to."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse


def quote_words(words: str) -> str:
    """Return words as a quoted string of the query language: exactly these characters."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def link_field_search(field: str, words: str, year: int | None = None) -> str:
    """Return the address of the passages where the field holds words, in one year or all."""
    pairs: list[tuple[str, str | int]] = [("q", f"{field}:{quote_words(words)}")]
    pairs.append(("unit", "section"))
    if year is not None:
        pairs.append(("year", year))
    return f"{reverse('search')}?{urlencode(pairs)}"
