"""Parts that several answers have."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Generic, TypeVar

from django.utils.translation import gettext_noop
from ninja import Field, Schema

from corpus_app.catalog.models import Speech
from corpus_app.catalog.periods import YearTotal, mark_gaps
from search import Coverage, describe_today

T = TypeVar("T")


class Page(Schema, Generic[T]):
    """A page of a list; next is the address of the following one, null after the last."""

    items: list[T]
    next_cursor: str | None = Field(description=gettext_noop("下一页的 cursor；末页为 null"))
    next: str | None = Field(description=gettext_noop("下一页的地址；末页为 null"))


class CountedPage(Page[T], Generic[T]):
    """A page of a list with the number of all its entries."""

    total: int


class YearCount(Schema):
    """How many fall into a year; year null: what bears no date, count null: a year without text."""

    year: int | None
    count: int | None

    @classmethod
    def list_of(
        cls, totals: Iterable[YearTotal], held: Container[int] | None = None
    ) -> list[YearCount]:
        """Return the totals, without a number for the years of which there is no text.

        held are the years of which there is, where they are known.
        """
        years = Speech.objects.real().list_years() if held is None else held
        return [cls(year=one.year, count=one.count) for one in mark_gaps(totals, years)]


class SearchedCorpus(Schema):
    """How much was searched through, so that a count, or none, can be cited."""

    speeches: int
    sections: int
    characters: int
    first_year: int | None
    last_year: int | None
    proxies: int = Field(0, description=gettext_noop("其中讲话日期不详、按发布或更新日期计的篇数"))


class StudiedCorpus(SearchedCorpus):
    """What was counted in, of which state of the index, and as of when."""

    version: str = Field(description=gettext_noop("索引的版本；改动后不同"))
    day: str

    @classmethod
    def of(cls, corpus: Coverage, version: str) -> StudiedCorpus:
        """Return the corpus as of today."""
        extent = SearchedCorpus.model_validate(corpus).model_dump()
        return cls(**extent, version=version, day=describe_today())


class RefusedParameter(Schema):
    """A parameter that was refused, and why."""

    parameter: str
    message: str


class Problem(Schema):
    """What is wrong (RFC 9457); code is one of the list on the page of the interface."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    instance: str
    position: int | None = Field(None, description=gettext_noop("检索式出错处，从 0 起计"))
    expression: str | None = Field(None, description=gettext_noop("出错的表达式"))
    errors: list[RefusedParameter] | None = Field(None, description=gettext_noop("被拒绝的参数"))
