"""The list of speeches by year, with filters that need no search index."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final
from urllib.parse import urlencode

from django.core.paginator import Page
from django.db.models import Count, F, QuerySet
from django.utils.translation import gettext as _

from corpus_app.catalog.kept import keep_answers, read_page
from corpus_app.catalog.models import Organisation, Speech
from corpus_app.catalog.querysets import SpeechQuerySet
from corpus_app.pages.labels import name_genre, name_level
from corpus_app.pages.queries import CountedChoice, YearRange
from corpus_app.text.numbers import read_number
from search import RANGE, name_years, read_years, write_years

PER_PAGE: Final = 30
# More years than this are chosen by their range.
SINGLE_YEARS: Final = 12
# Lists the samples that are set aside, which stand in no other list.
SAMPLES: Final = "samples"
FILTERS: Final = ("year", "level", "genre", "organisation", SAMPLES)


@dataclass(frozen=True)
class Filter:
    """A filter with the values that occur; many years are chosen by their range."""

    name: str
    label: str
    choices: list[CountedChoice]
    years: YearRange | None = None


@dataclass(frozen=True)
class YearGroup:
    """Speeches of one year on this page; year is None where no date is known."""

    year: int | None
    speeches: list[Speech]


@dataclass(frozen=True)
class SpeechList:
    """A page of the list."""

    filters: list[Filter]
    chips: list[CountedChoice]
    # The chosen range of years and the address without it.
    range_chip: tuple[str, str] | None
    groups: list[YearGroup]
    page: Page[Speech]
    total: int
    querystring: str
    lists_samples: bool


def build_speech_list(params: Mapping[str, str]) -> SpeechList:
    """Return the page of speeches that the parameters ask for, newest first.

    They are those that count; with samples=1, the samples that do not.
    """
    chosen = {name: params.get(name, "") for name in FILTERS if params.get(name)}
    if years := write_years(params.get("year_from"), params.get("year_to")):
        chosen["year"] = years
    page = _read_page(tuple(chosen.items()), params.get("page"))
    filters = [
        _offer_years(chosen),
        Filter("level", _("级别"), _count_codes(chosen, "level", name_level)),
        Filter("genre", _("体裁"), _count_codes(chosen, "genre", name_genre)),
        Filter("organisation", _("单位"), _count_organisations(chosen)),
    ]
    return SpeechList(
        filters=[one for one in filters if one.choices],
        chips=[choice for one in filters for choice in one.choices if choice.selected],
        range_chip=_make_range_chip(chosen),
        groups=[YearGroup(year, list(rows)) for year, rows in groupby(page, _read_year)],
        page=page,
        total=page.paginator.count,
        querystring=urlencode(chosen),
        lists_samples=SAMPLES in chosen,
    )


def _list_chosen(chosen: Mapping[str, str]) -> SpeechQuerySet:
    """Return the speeches with the chosen values; a wrong value leaves none."""
    if not read_number(chosen.get("organisation", "1")):
        return Speech.objects.none()
    values = {name: [v] for name, v in chosen.items() if name not in (SAMPLES, "year")}
    speeches = Speech.objects.bear(**values)
    if "year" in chosen:
        span = read_years(chosen["year"])
        speeches = speeches.within_years(*span) if span else speeches.none()
    # The checker can't see that what is annotated is the same kind.
    samples: Any = speeches.samples()
    return samples.filter(set_aside=True) if SAMPLES in chosen else speeches.real()


@keep_answers
def _read_page(chosen: tuple[tuple[str, str], ...], number: str | None) -> Page[Speech]:
    return read_page(_order(_list_chosen(dict(chosen))), PER_PAGE, number)


def _order(speeches: QuerySet[Speech]) -> QuerySet[Speech]:
    return speeches.select_related("organisation", "speaker").order_by(
        F("date_start").desc(nulls_last=True), "-pk"
    )


def _read_year(speech: Speech) -> int | None:
    return speech.date_start.year if speech.date_start else None


def _without(chosen: Mapping[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in chosen.items() if key != name}


def _build_choice(
    chosen: Mapping[str, str], name: str, value: object, label: str, count: int
) -> CountedChoice:
    selected = chosen.get(name) == str(value)
    others = _without(chosen, name)
    pairs = others if selected else {**others, name: str(value)}
    return CountedChoice(label, count, selected, "?" + urlencode(pairs))


def _count_codes(
    chosen: Mapping[str, str], name: str, label: Callable[[str], str]
) -> list[CountedChoice]:
    rows = _count_values(tuple(_without(chosen, name).items()), name)
    return [_build_choice(chosen, name, v, label(v) or str(v), n) for v, n in rows]


@keep_answers
def _count_values(others: tuple[tuple[str, str], ...], name: str) -> list[tuple[Any, int]]:
    """Return the values of a field among the speeches that the other choices leave, most first."""
    is_text = name != "organisation"
    rows = _list_chosen(dict(others)).exclude(**{name: "" if is_text else None}).order_by()
    counted = rows.values_list(name).annotate(count=Count("pk"))
    return list(counted.order_by("-count", name))


def _offer_years(chosen: Mapping[str, str]) -> Filter:
    choices = _count_years(chosen)
    label = _("年份")
    is_range = RANGE in chosen.get("year", "")
    if len(choices) <= SINGLE_YEARS and not is_range:
        return Filter("year", label, choices)
    offered = [(one.label, one.count) for one in choices]
    asked = [chosen["year"]] if "year" in chosen else []
    return Filter(
        "year", label, choices, YearRange.of(offered, asked, _without(chosen, "year").items())
    )


def _make_range_chip(chosen: Mapping[str, str]) -> tuple[str, str] | None:
    if RANGE not in chosen.get("year", ""):
        return None
    return name_years(chosen["year"]), "?" + urlencode(_without(chosen, "year"))


def _count_years(chosen: Mapping[str, str]) -> list[CountedChoice]:
    rows = _count_each_year(tuple(_without(chosen, "year").items()))
    return [_build_choice(chosen, "year", year, str(year), rows[year]) for year in reversed(rows)]


@keep_answers
def _count_each_year(others: tuple[tuple[str, str], ...]) -> dict[int, int]:
    return _list_chosen(dict(others)).count_years()


def _count_organisations(chosen: Mapping[str, str]) -> list[CountedChoice]:
    counts = _count_values(tuple(_without(chosen, "organisation").items()), "organisation")
    names = _name_organisations()
    return [_build_choice(chosen, "organisation", pk, names[pk], count) for pk, count in counts]


@keep_answers
def _name_organisations() -> dict[int, str]:
    return dict(Organisation.objects.values_list("pk", "name"))
