"""Query texts and choices that pages link to."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from search import quote_words


@dataclass(frozen=True)
class Option:
    """One of several views, orders or the like as a link; current where it is the one shown."""

    label: str
    current: bool
    url: str


@dataclass(frozen=True)
class CountedChoice:
    """A value to filter by, with the count of what bears it; the link chooses or frees it."""

    label: str
    count: int
    selected: bool
    url: str


def ask_field(field: str, words: str) -> str:
    """Return the query for what holds words in the field."""
    return f"{field}:{quote_words(words)}"


def link_field_search(field: str, words: str, year: int | None = None) -> str:
    """Return the address of the passages where the field holds words, in one year or all."""
    pairs: list[tuple[str, str | int]] = [("q", ask_field(field, words))]
    pairs.append(("unit", "section"))
    if year is not None:
        pairs.append(("year", year))
    return f"{reverse('search')}?{urlencode(pairs)}"
