"""What may be asked of collocates, forms, keywords and strings."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from django.utils.translation import gettext as _, gettext_noop
from ninja import Field
from pydantic import ValidationInfo, field_validator

from corpus_app.api.parameters import (
    MAX_VALUES,
    Queried,
    StudyAsked,
    check_themes,
)
from corpus_app.api.values import Genre, Level, Name, Year
from search import (
    CollocatesRequest,
    FormsRequest,
    KeywordsRequest,
    NgramsRequest,
    SearchRequest,
    read_sizes,
    write_years,
)

MAX_ROWS: Final = 1_000
MAX_LEAST: Final = 1_000_000


Limit = Annotated[
    int, Field(ge=1, le=MAX_ROWS, description=gettext_noop("至多给出多少行，另给总数"))
]
Least = Annotated[int, Field(ge=1, le=MAX_LEAST, description=gettext_noop("至少出现几次"))]


class CollocatesAsked(StudyAsked):
    """Collocates."""

    window: int = Field(5, ge=1, le=20, description=gettext_noop("左右各几个词（或字）"))
    side: Literal["both", "left", "right"] = Field(
        "both", description=gettext_noop("两侧、左侧或右侧")
    )
    of: Literal["word", "char"] = Field("word", description=gettext_noop("词，或不分词的字串"))
    size: int = Field(2, ge=1, le=4, description=gettext_noop("of=char 时，字串有几个字"))
    measure: Literal["log-likelihood", "logdice", "mi", "count"] = Field(
        "log-likelihood", description=gettext_noop("按哪种数排列；除次数外，只列比预期明显多的")
    )
    least: Least = 5
    limit: Limit = 100

    def build(self) -> CollocatesRequest:
        """Return the request."""
        return CollocatesRequest(
            self.build_studied(),
            self.window,
            self.side,
            self.of,
            self.size,
            self.measure,
            self.least,
            self.limit,
        )


class FormsAsked(StudyAsked):
    """The wordings that a query matched."""

    order: Literal["count", "text"] = Field("count", description=gettext_noop("按次数或按字"))
    limit: Limit = 100

    def build(self) -> FormsRequest:
        """Return the request."""
        return FormsRequest(self.build_studied(), self.order, self.limit)


class NgramsAsked(Queried):
    """Words or strings of some speeches."""

    q: str = Field("", description=gettext_noop("只统计符合此检索式的讲话；空白则为全部"))
    unit: Literal["word", "char"] = Field("word", description=gettext_noop("词，或不分词的字串"))
    n: str = Field(
        "", description=gettext_noop("几个词（1 到 6）或几个字（2 到 12），如 3 或 2..6")
    )
    fold: Literal["yes", "no"] = Field(
        "yes", description=gettext_noop("只是更长的串的一部分的，是否并入长的")
    )
    least: Least = 5
    limit: Limit = 100

    @field_validator("n")
    @classmethod
    def check_sizes(cls, value: str, info: ValidationInfo) -> str:
        """Refuse what names no sizes, or sizes that strings of the unit don't have."""
        if value and read_sizes(info.data.get("unit", "word"), value) is None:
            raise ValueError(_("应为 3 或 2..6 这样的数：词 1 到 6 个，字 2 到 12 个"))
        return value

    def build(self) -> NgramsRequest:
        """Return the request."""
        asked = self.build_search(self.q)
        return NgramsRequest(asked, self.unit, self.n, self.fold, self.least, self.limit)


class KeywordsAsked(Queried):
    """Keywords of a target, to which the filters belong, against a reference with its own."""

    target: str = Field("", description=gettext_noop("甲的检索式；year 等条件都是甲的"))
    reference: str = Field(
        "", description=gettext_noop("乙的检索式；乙什么条件都没有，则为其余全部讲话")
    )
    reference_year: list[Year] = Field(
        [], max_length=MAX_VALUES, description=gettext_noop("乙的年份，可重复")
    )
    reference_year_from: Year | None = Field(None, description=gettext_noop("乙的起始年份"))
    reference_year_to: Year | None = Field(None, description=gettext_noop("乙的截止年份"))
    reference_level: list[Level] = Field(
        [], max_length=MAX_VALUES, description=gettext_noop("乙的级别代码，可重复")
    )
    reference_genre: list[Genre] = Field(
        [], max_length=MAX_VALUES, description=gettext_noop("乙的体裁代码，可重复")
    )
    reference_organisation: list[Name] = Field(
        [], max_length=MAX_VALUES, description=gettext_noop("乙的单位全称，可重复")
    )
    reference_theme: list[Name] = Field(
        [], max_length=MAX_VALUES, description=gettext_noop("乙的主题网址名，可重复")
    )
    which: Literal["more", "less", "new", "gone"] = Field(
        "more",
        description=gettext_noop("甲里用得更多的、更少的，乙里没有的（新），甲里没有的（不再）"),
    )
    order: Literal["log-likelihood", "log-ratio", "count"] = Field(
        "log-likelihood", description=gettext_noop("按哪种数排列")
    )
    repeats: Literal["once", "all"] = Field(
        "once", description=gettext_noop("一边里重复的句子只计一次，或逐次计")
    )
    least: Least = 5
    limit: Limit = 100

    def build(self) -> KeywordsRequest:
        """Return the request."""
        reference = self._build_reference()
        return KeywordsRequest(
            self.build_search(self.target),
            reference if reference != SearchRequest(match=self.match) else None,
            self.which,
            self.order,
            self.repeats,
            self.least,
            self.limit,
        )

    def _build_reference(self) -> SearchRequest:
        check_themes(self.reference_theme)
        years = [str(year) for year in self.reference_year]
        ends = (str(end or "") for end in (self.reference_year_from, self.reference_year_to))
        if span := write_years(*ends):
            years = [span]
        chosen: dict[str, list[Any]] = {
            "level": self.reference_level,
            "genre": self.reference_genre,
            "organisation": self.reference_organisation,
            "theme": self.reference_theme,
            "year": years,
        }
        facets: dict[str, Any] = {
            name: tuple(dict.fromkeys(values)) for name, values in chosen.items()
        }
        return SearchRequest(text=self.reference.strip(), match=self.match, **facets)
