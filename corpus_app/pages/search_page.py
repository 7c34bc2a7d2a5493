"""The results page: hits with their addresses, facets as links, pages, and what went wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from corpus_app.catalog.addresses import link_speech
from corpus_app.pages.queries import CountedChoice, Option, YearRange
from corpus_app.pages.query_reading import ShownReading, show_reading
from corpus_app.text.excerpts import MarkedText
from search import (
    RANGE,
    Chip,
    DatabaseNames,
    FacetValue,
    Hit,
    HitPassage,
    PathStep,
    QueryError,
    SearchRequest,
    SearchResult,
    describe_shares,
    name_condition,
    write_statement,
)

SHOWN_VALUES: Final = 8
TRANSLATED_FACETS: Final = frozenset({"level", "genre", "completeness", "date_kind"})


@dataclass(frozen=True)
class LinkedPassage:
    """A passage with the address that leads to its marked words."""

    url: str
    key: str
    path: list[PathStep]
    pieces: list[MarkedText]
    has_gap: bool


@dataclass(frozen=True)
class LinkedHit:
    """A hit with its addresses; more counts the matched passages that are not shown."""

    hit: Hit
    url: str
    passages: list[LinkedPassage]
    more: int


@dataclass(frozen=True)
class Facet:
    """A facet: the values shown at once and those behind "more".

    Many years are chosen by their range: all of them are behind "more" then. undated counts the
    hits that are of no year, as long as none is chosen.
    """

    name: str
    label: str
    choices: list[CountedChoice]
    rest: list[CountedChoice]
    years: YearRange | None = None
    undated: int = 0


@dataclass(frozen=True)
class ResultPage:
    """A page of results."""

    request: SearchRequest
    result: SearchResult
    hits: list[LinkedHit]
    facets: list[Facet]
    chips: list[Chip]
    units: list[Option]
    sorts: list[Option]
    pager: Page[int]
    partial_matches: list[LinkedHit]
    reading: ShownReading

    @property
    def querystring(self) -> str:
        """Return the parameters without the page."""
        return self.request.to_querystring(page=1)

    @property
    def cleared_url(self) -> str:
        """Return the address of the same search without facets."""
        return "?" + self.request.clear_facets().to_querystring()

    @property
    def shares(self) -> list[tuple[str, str]]:
        """Return what the speeches looked through are, as names and counts."""
        return describe_shares(self.result.searched)

    @property
    def statement(self) -> str:
        """Return what was searched and found as plain text to cite."""
        return write_statement(self.result)


@dataclass(frozen=True)
class FaultyQuery:
    """A query that can't be read, cut at the place where reading failed."""

    before: str
    at: str
    after: str
    position: int
    reason: str


def build_result_page(result: SearchResult) -> ResultPage:
    """Return the page of a result."""
    request = result.request
    per_page = request.per_page or max(result.total, 1)
    return ResultPage(
        request=request,
        result=result,
        hits=[link_hit(hit, request) for hit in result.hits],
        facets=list_facets(result),
        chips=[_name_chip(chip) for chip in result.chips()],
        units=list_units(request),
        sorts=list_sorts(request),
        pager=Paginator(range(result.total), per_page).get_page(request.page),
        partial_matches=[link_hit(hit, request) for hit in result.partial_matches],
        reading=show_reading(
            result.runs, request.match, lambda way: "?" + request.to_querystring(match=way)
        ),
    )


def locate_fault(text: str, error: QueryError) -> FaultyQuery:
    """Return the query's text parted at the error's position."""
    at = min(max(error.position, 0), len(text))
    return FaultyQuery(text[:at], text[at : at + 1], text[at + 1 :], at + 1, error.reason)


def link_hit(hit: Hit, request: SearchRequest) -> LinkedHit:
    """Return the hit with addresses that keep the query, so that its words are marked there."""
    passages = hit.passages if request.unit == "speech" else [_read_passage(hit)]
    linked = [_link_passage(hit.speech_id, one, request) for one in passages if one.pieces]
    more = hit.passage_count - len(linked) if request.unit == "speech" else 0
    url = link_speech(hit.speech_id, hit.section_key, query=request.text, match=request.match)
    return LinkedHit(hit, url, linked, max(more, 0))


def list_facets(result: SearchResult) -> list[Facet]:
    """Return the facets that have values, in the order shown."""
    labels = {
        "year": _("年份"),
        "theme": _("主题"),
        "organisation": _("单位"),
        "level": _("级别"),
        "genre": _("体裁"),
        "completeness": _("完整性"),
        "date_kind": _("日期性质"),
    }
    facets = [
        _build_facet(result.request, name, label, result.facets[name])
        for name, label in labels.items()
        if _parts(name, result.facets.get(name, []))
    ]
    # A choice among the years leaves their counts as they were, and so no rest to tell.
    dated = result.total if result.request.year else sum(v.count for v in result.facets["year"])
    return [
        replace(one, undated=result.total - dated) if one.name == "year" else one for one in facets
    ]


def _parts(name: str, values: list[FacetValue]) -> bool:
    """Return whether a facet has values to choose from; that all days are of delivery says none."""
    usual = name == "date_kind" and {value.value for value in values} == {"delivered"}
    return bool(values) and not (usual and not values[0].selected)


def list_units(request: SearchRequest) -> list[Option]:
    """Return the units of hits to choose from."""
    labels: Mapping[str, str] = {"speech": _("按讲话"), "section": _("按段落")}
    return [
        Option(label, request.unit == unit, "?" + request.to_querystring(unit=unit))
        for unit, label in labels.items()
    ]


def list_sorts(request: SearchRequest) -> list[Option]:
    """Return the orders of hits to choose from."""
    labels = {
        "relevance": _("相关"),
        "fresh": _("相关且新"),
        "-date": _("从新到旧"),
        "date": _("从旧到新"),
    }
    return [
        Option(label, request.sort == sort, "?" + request.to_querystring(sort=sort))
        for sort, label in labels.items()
    ]


def _read_passage(hit: Hit) -> HitPassage:
    return HitPassage(hit.section_key, hit.path, hit.pieces, hit.has_gap, hit.span)


def _link_passage(speech_id: int, passage: HitPassage, request: SearchRequest) -> LinkedPassage:
    url = link_speech(
        speech_id,
        passage.section_key,
        query=request.text,
        match=request.match,
        span=passage.span,
    )
    return LinkedPassage(
        url, passage.section_key or "", passage.path, passage.pieces, passage.has_gap
    )


def _build_facet(request: SearchRequest, name: str, label: str, values: list[FacetValue]) -> Facet:
    choices = [
        CountedChoice(
            name_value(name, value.label),
            value.count,
            value.selected,
            "?" + _choose(request, name, value.value).to_querystring(),
        )
        for value in values
    ]
    if name == "year" and (len(values) > SHOWN_VALUES or _has_range(request)):
        offered = [(value.value, value.count) for value in values]
        carried = request.change(year=()).to_params()
        return Facet(name, label, [], choices, YearRange.of(offered, request.year, carried))
    # What is chosen stays in sight, however small its count.
    first = [c for at, c in enumerate(choices) if at < SHOWN_VALUES or c.selected]
    rest = [c for at, c in enumerate(choices) if at >= SHOWN_VALUES and not c.selected]
    return Facet(name, label, first, rest)


def _has_range(request: SearchRequest) -> bool:
    return any(RANGE in value for value in request.year)


def _choose(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """Return the request with the value chosen or freed; a year takes the place of a range."""
    if facet == "year" and _has_range(request):
        return request.change(year=(value,))
    return request.toggle(facet, value)


def name_value(facet: str, label: str) -> str:
    """Return a facet value's label, in the reader's language where it is a word of ours."""
    return _(label) if facet in TRANSLATED_FACETS and label else label


def _name_chip(chip: Chip) -> Chip:
    label = name_value(chip.facet, chip.label)
    if chip.facet == "only":
        label = name_condition(chip.value, DatabaseNames().label_theme)
    return Chip(chip.facet, chip.value, label, chip.querystring)
