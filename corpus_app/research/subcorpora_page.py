"""Pages of subcorpora: one's own, one that is to be made, and one of which one has the link."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from corpus_app.catalog.models import Speech
from corpus_app.pages.queries import Option
from corpus_app.pages.study_views import VIEWS
from corpus_app.subcorpora.models import Subcorpus
from search import (
    Coverage,
    SearchRequest,
    describe_coverage,
    describe_filters,
    measure_matched,
    read_asked,
    run_search,
)

# Of a search so many can be picked from by hand; with more the condition itself is to be kept.
MOST_OFFERED: Final = 500
PER_PAGE: Final = 50


@dataclass(frozen=True)
class SubcorpusLine:
    """One's own subcorpus in the list: what it is of, and how large."""

    subcorpus: Subcorpus
    made_of: str
    size: str


@dataclass(frozen=True)
class SubcorpusPage:
    """A subcorpus: query is what asks in it, speeches one page of them."""

    subcorpus: Subcorpus
    made_of: str
    query: str
    size: str
    views: list[Option]
    speeches: list[Speech]
    pager: Page[int]


@dataclass(frozen=True)
class SubcorpusOffer:
    """What a new subcorpus could hold: all that a search finds, or some of it."""

    asked: SearchRequest
    made_of: str
    size: str
    total: int
    speeches: list[Speech]

    @property
    def can_pick(self) -> bool:
        """Tell whether all the speeches are there to be picked from."""
        return self.total <= MOST_OFFERED


def list_lines(subcorpora: Iterable[Subcorpus]) -> list[SubcorpusLine]:
    """Return the subcorpora with their sizes; SQL does not grow with the speeches."""
    return [
        SubcorpusLine(one, describe_content(one), _measure(SearchRequest(text=write_word(one))))
        for one in subcorpora
    ]


def write_word(subcorpus: Subcorpus) -> str:
    """Return what stands for the subcorpus in a query."""
    return f"子库:{subcorpus.token}"


def describe_content(subcorpus: Subcorpus) -> str:
    """Return in words what a subcorpus is of."""
    if subcorpus.is_picked:
        return _("手选 %(count)d 篇") % {"count": len(subcorpus.picked)}
    return describe_asked(read_asked(subcorpus))


def describe_asked(asked: SearchRequest) -> str:
    """Return a search's text and facets in words."""
    parts = [_("检索式：%(text)s") % {"text": asked.text}] if asked.text else []
    parts += [describe_filters(asked)] if asked.has_facets else []
    return _("；").join(parts) or _("全部讲话")


def build_subcorpus_page(subcorpus: Subcorpus, number: int) -> SubcorpusPage:
    """Return a page of a subcorpus; raise QueryError where its search can't be read."""
    asked = SearchRequest(text=write_word(subcorpus), sort="-date", per_page=PER_PAGE)
    found = run_search(asked.change(page=number))
    if number > found.page_count:
        found = run_search(asked.change(page=found.page_count))
    return SubcorpusPage(
        subcorpus=subcorpus,
        made_of=describe_content(subcorpus),
        query=asked.text,
        size=_measure(asked),
        views=[
            Option(str(view.label), current=False, url=view.link(SearchRequest(text=asked.text)))
            for view in VIEWS.values()
            if view.name == "search" or not view.needs_query
        ],
        speeches=_read(hit.speech_id for hit in found.hits),
        pager=Paginator(range(found.total), PER_PAGE).get_page(found.request.page),
    )


def offer_subcorpus(asked: SearchRequest) -> SubcorpusOffer:
    """Return what a search could be kept as; raise QueryError where it can't be read."""
    request = asked.change(unit="speech", sort="-date", per_page=MOST_OFFERED)
    found = run_search(request)
    return SubcorpusOffer(
        asked=request,
        made_of=describe_asked(asked),
        size=_measure(request),
        total=found.total,
        speeches=_read(hit.speech_id for hit in found.hits),
    )


def write_condition(asked: SearchRequest) -> str:
    """Return the query string that a subcorpus keeps of a search: what matches, no order."""
    return asked.change(unit="speech", sort="relevance").to_querystring()


def _measure(asked: SearchRequest) -> str:
    coverage: Coverage = measure_matched(asked)
    return describe_coverage(coverage)


def _read(ids: Iterable[int]) -> list[Speech]:
    order = {pk: at for at, pk in enumerate(ids)}
    rows = Speech.objects.published().filter(pk__in=order)
    return sorted(rows, key=lambda speech: order[speech.pk])
