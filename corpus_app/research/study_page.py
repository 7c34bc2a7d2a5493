"""What every page of a view of one query shows beside its own figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from corpus_app.pages.downloads import Download, list_downloads, write_citation
from corpus_app.pages.query_reading import ShownReading, show_reading
from corpus_app.pages.study_views import VIEWS
from corpus_app.research.narrowing import Narrowing, build_narrowing
from search import ConcordanceRequest, SearchRequest, Sheet, StudyAnswer, StudyRequest

Asked = TypeVar("Asked", bound=StudyRequest)
Answer = TypeVar("Answer", bound=StudyAnswer)


@dataclass(frozen=True)
class Select:
    """A field with one value chosen; options are value and word."""

    name: str
    label: str
    chosen: str
    options: list[tuple[str, str]]


@dataclass(frozen=True)
class StudyPages(Generic[Asked, Answer]):
    """How a view of one query is answered, drawn and exported.

    name is that of its address; that of its export is name_export, its template
    research/name.html. named is its name in Chinese, for citations and files. offer gives what
    its template needs beside the answer: the choices before a query is asked, by their names;
    draw makes of an answer what the template shows as `page`.
    """

    name: str
    named: str
    answer: Callable[[Asked], Answer]
    draw: Callable[[Answer], object]
    export: Callable[[Answer], Sheet]
    offer: Callable[[Asked], dict[str, object]]


@dataclass(frozen=True)
class StudyFrame:
    """The frame of an answered page; citation is how the view is cited, in Chinese."""

    reading: ShownReading
    downloads: list[Download]
    citation: str


def frame_study(
    request: HttpRequest, pages: StudyPages[Asked, Answer], asked: Asked, answer: Answer
) -> StudyFrame:
    """Return the frame of an answer at the address that was asked."""

    def link(way: str) -> str:
        return "?" + asked.to_querystring(search=asked.search.change(match=way))

    query = asked.to_querystring()
    url = request.build_absolute_uri(f"{reverse(pages.name)}?{query}")
    return StudyFrame(
        reading=show_reading(answer.runs, asked.search.match, link),
        downloads=list_downloads(reverse(f"{pages.name}_export"), query),
        citation=write_citation(name_study(pages.named, asked), url),
    )


def name_study(named: str, asked: StudyRequest) -> str:
    """Return what a view of a query is called where it is cited."""
    return f"{named}：{asked.search.text or '全部讲话'}"


def narrow_study(asked: StudyRequest) -> Narrowing:
    """Return the facets in use and to choose from."""

    def link(search: SearchRequest) -> str:
        return "?" + asked.to_querystring(search=search)

    return build_narrowing(asked.search, link)


def carry_choices(asked: StudyRequest, *shown: str) -> list[tuple[str, str]]:
    """Return the parameters of the view and unit that a form sends along unseen.

    shown are those that its fields send.
    """
    bare = SearchRequest(unit=asked.search.unit, match=asked.search.match)
    pairs = replace(asked, search=bare).to_params()
    return [(name, value) for name, value in pairs if name not in shown]


def link_lines(search: SearchRequest, *, has_key: bool = True) -> str:
    """Return the address that lists the places of a number: line by line, or as hits.

    A query that names nothing that stands in texts has hits alone.
    """
    if not has_key:
        return VIEWS["search"].link(search)
    return f"{reverse('concordance')}?{ConcordanceRequest(search).to_querystring()}"


def tell_limits(total: int, speeches: int) -> list[str]:
    """Return sentences on how little stands behind figures: one place, or one speech."""
    if total == 1:
        return [_("只出现一次，分布、消长都说明不了什么，请直接看原文。")]
    if speeches == 1:
        return [_("只见于一篇，以下各数只说明这一篇。")]
    return []
