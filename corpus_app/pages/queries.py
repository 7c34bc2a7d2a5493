"""Query texts and choices that pages link to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from search import RANGE, quote_words


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


@dataclass(frozen=True)
class YearRange:
    """Fields for the first and the last year; years that have something, with their counts.

    first and last are what is chosen, "" for an open end. carried are the pairs that a form of
    its own must send along; count None is shown without a number.
    """

    years: list[tuple[str, int | None]]
    first: str
    last: str
    carried: list[tuple[str, str]]

    @classmethod
    def of(
        cls,
        years: Iterable[tuple[object, int | None]],
        chosen: Sequence[str],
        carried: Iterable[tuple[str, str]] = (),
    ) -> YearRange:
        """Return the fields with the ends of what is chosen, where that is one year or range."""
        ends = chosen[0].partition(RANGE) if len(chosen) == 1 else ("", "", "")
        first, last = (ends[0], ends[2]) if ends[1] else (ends[0], ends[0])
        offered = {str(year): count for year, count in years}
        # A chosen end stays to be seen, though nothing is of that year.
        offered |= {end: None for end in (first, last) if end and end not in offered}
        return cls(sorted(offered.items()), first, last, list(carried))


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
