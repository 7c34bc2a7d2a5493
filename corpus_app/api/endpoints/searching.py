"""Search and suggestions."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Query, Router

from corpus_app.api.cursors import take_place, write_cursor
from corpus_app.api.links import link_next
from corpus_app.api.parameters import SearchAsked, SuggestionsAsked
from corpus_app.api.schemas.searching import (
    AdviceOut,
    FacetValueOut,
    HitOut,
    RunOut,
    SearchOut,
    SuggestionOut,
    SuggestionsOut,
)
from corpus_app.api.schemas.shared import SearchedCorpus
from search import Offer, SearchResult, load_suggestions, open_index, run_search

router = Router(tags=[gettext_noop("检索")])
_PAGES: Final = {"title": "speeches", "slogan": "slogans", "theme": "themes"}


@router.get(
    "/search",
    response=SearchOut,
    summary=gettext_noop("检索"),
    description=gettext_noop("检索式与网页、命令相同；检索式有误时答复 400，并指出位置。"),
)
def search(request: HttpRequest, asked: Query[SearchAsked]) -> SearchOut:
    """Answer with a page of hits."""
    return tell_page(request, asked, find_page(asked))


def find_page(asked: SearchAsked) -> SearchResult:
    """Return the page of hits that is asked for."""
    page = take_place(asked.cursor, asked.describe()) + 1
    search = asked.build_search(
        asked.q, unit=asked.unit, sort=asked.sort, page=page, per_page=asked.limit
    )
    return run_search(search, leads=True)


def tell_page(request: HttpRequest, asked: SearchAsked, result: SearchResult) -> SearchOut:
    """Return the answer with a page of hits."""
    page = result.request.page
    cursor = write_cursor(asked.describe(), [page]) if page < result.page_count else None
    facets = result.facets if asked.facets else {}
    return SearchOut(
        query=asked.q,
        understood=result.understood,
        runs=[RunOut.model_validate(run) for run in result.runs],
        unit=asked.unit,
        total=result.total,
        items=[HitOut.of(hit) for hit in result.hits],
        next_cursor=cursor,
        next=link_next(request, cursor),
        facets={
            name: [FacetValueOut.model_validate(v) for v in values]
            for name, values in facets.items()
        },
        searched=SearchedCorpus.model_validate(result.searched),
        advice=[AdviceOut.of(advice) for advice in (*result.leads, *result.advice)],
        stale=result.stale,
        took_ms=result.took_ms,
    )


@router.get(
    "/suggestions",
    response=SuggestionsOut,
    summary=gettext_noop("输入提示"),
    description=gettext_noop("提法、主题、单位、标题；可输入汉字、全拼、首字母或混合。"),
)
def suggest(request: HttpRequest, asked: Query[SuggestionsAsked]) -> SuggestionsOut:
    """Answer with what could be meant by what is typed."""
    index, _stale = open_index()
    known = load_suggestions((index.stamp, index.generation))
    found = known.suggest(asked.q, asked.limit)
    return SuggestionsOut(
        items=[
            SuggestionOut(
                text=one.entry.text,
                kind=one.entry.kind,
                start=one.start,
                end=one.end,
                api_url=_link_entry(one.entry),
            )
            for one in found
        ]
    )


def _link_entry(entry: Offer) -> str | None:
    part = _PAGES.get(entry.kind)
    return f"/api/v1/{part}/{entry.url_id}" if part and entry.url_id else None
