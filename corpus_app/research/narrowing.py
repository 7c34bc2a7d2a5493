"""Facets on pages that do not count them: chosen values as chips, more values as fields."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from corpus_app.catalog.days import DAY_KINDS, name_day_kind
from corpus_app.catalog.models import Speech
from corpus_app.catalog.periods import name_gaps
from corpus_app.ingest.vocabulary import LEVELS
from corpus_app.pages.labels import name_genre, name_level
from corpus_app.pages.queries import YearRange
from corpus_app.pages.search_page import name_value
from corpus_app.themes.models import Theme
from search import COMPLETENESS, NARROWING, SearchRequest, name_condition, name_years

Choice = tuple[str, str]


@dataclass(frozen=True)
class NarrowingChip:
    """A chosen facet value and the address without it."""

    label: str
    url: str


@dataclass(frozen=True)
class NarrowingField:
    """A field that adds one more value of a facet; choices are value and word."""

    name: str
    label: str
    choices: list[Choice]


@dataclass(frozen=True)
class Narrowing:
    """What of the corpus is looked at: chips, years, fields, and what a form carries along.

    gaps names the years between the first and the last of which the corpus has no text.
    """

    chips: list[NarrowingChip]
    years: YearRange
    gaps: str
    fields: list[NarrowingField]
    carried: list[Choice]


def build_narrowing(request: SearchRequest, link: Callable[[SearchRequest], str]) -> Narrowing:
    """Return the narrowing of a request; link writes the address of a changed one."""
    themes = dict(Theme.objects.order_by("order", "pk").values_list("slug", "name"))
    pairs = [(facet, value) for facet in NARROWING for value in request.selected(facet)]
    chips = [
        NarrowingChip(_name(facet, value, themes), link(request.toggle(facet, value)))
        for facet, value in pairs
    ]
    held = sorted(Speech.objects.real().list_years())
    years = YearRange.of(((year, None) for year in held), request.year)
    every = range(held[0], held[-1] + 1) if held else ()
    gaps = _("、").join(name_gaps((str(year), year in held) for year in every))
    # What the fields of the years show, they send themselves.
    carried = [pair for pair in pairs if pair[0] != "year" or not (years.first or years.last)]
    return Narrowing(chips, years, gaps, _list_fields(themes), carried)


def _name(facet: str, value: str, themes: dict[str, str]) -> str:
    if facet == "theme":
        return themes.get(value, value)
    if facet == "only":
        return name_condition(value, lambda slug: themes.get(slug, slug))
    if facet == "year":
        return name_years(value)
    known = {"level": name_level, "genre": name_genre, "date_kind": name_day_kind}
    if facet in known:
        return known[facet](value) or value
    if facet == "completeness":
        return name_value(facet, COMPLETENESS.get(value, value))
    return value


def _list_fields(themes: dict[str, str]) -> list[NarrowingField]:
    return [
        NarrowingField("theme", _("主题"), list(themes.items())),
        NarrowingField("level", _("级别"), list_levels()),
        NarrowingField("date_kind", _("日期性质"), [(k, name_day_kind(k)) for k in DAY_KINDS]),
    ]


def list_levels() -> list[Choice]:
    """Return the levels of published speeches as code and word, the highest first."""
    codes = Speech.objects.real().exclude(level="").order_by()
    used = set(codes.values_list("level", flat=True).distinct())
    return [(code, name_level(code)) for code in LEVELS if code in used]
