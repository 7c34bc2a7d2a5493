"""What may be asked: the parameters of every address, their kinds and bounds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _, gettext_noop
from ninja import Field, Schema
from ninja.errors import ValidationError
from pydantic import ValidationInfo, model_validator

from corpus_app.api.refusals import refuse_names
from corpus_app.api.values import (
    MAX_ID,
    Completeness,
    Condition,
    DayKind,
    Genre,
    Level,
    Name,
    Position,
    SpeechId,
    Year,
)
from corpus_app.themes.models import Theme
from search import (
    NARROWING,
    Label,
    SearchRequest,
    write_years,
)

MAX_HITS: Final = 100_000
MAX_VALUES: Final = 50


class Asked(Schema):
    """The parameters of an address; any other one is refused, for it would be passed over."""

    @model_validator(mode="after")
    def refuse_unknown(self, info: ValidationInfo) -> Asked:
        """Refuse parameters that are none of the fields."""
        request = (info.context or {}).get("request")
        known = {field.alias or name for name, field in type(self).model_fields.items()}
        unknown = set(request.GET) - known if request else set()
        if unknown:
            raise refuse_names(unknown)
        return self


class Filters(Asked):
    """Which speeches: values of one filter are alternatives, filters narrow each other."""

    year: list[Year] = Field([], max_length=MAX_VALUES, description=gettext_noop("年份，可重复"))
    year_from: Year | None = Field(
        None, description=gettext_noop("起始年份；给出起止之一，year 不再计")
    )
    year_to: Year | None = Field(
        None, description=gettext_noop("截止年份，含当年；先后颠倒的自动对调")
    )
    level: list[Level] = Field(
        [], max_length=MAX_VALUES, description=gettext_noop("级别代码，可重复")
    )
    genre: list[Genre] = Field(
        [], max_length=MAX_VALUES, description=gettext_noop("体裁代码，可重复")
    )
    organisation: list[Name] = Field(
        [], max_length=MAX_VALUES, description=gettext_noop("单位全称，可重复")
    )
    theme: list[Name] = Field(
        [], max_length=MAX_VALUES, description=gettext_noop("主题网址名，含其下级主题，可重复")
    )
    completeness: list[Completeness] = Field(
        [], max_length=MAX_VALUES, description=gettext_noop("完整性代码，可重复")
    )
    date_kind: list[DayKind] = Field(
        [], max_length=MAX_VALUES, description=gettext_noop("日期性质代码，可重复")
    )
    only: list[Condition] = Field(
        [],
        max_length=MAX_VALUES,
        description=gettext_noop("只要恰为某值的讲话：speaker:张三；speaker: 为不详；各条并用"),
    )

    @property
    def years(self) -> str:
        """Return the range of years as a value of the facet, "" for none."""
        ends = [str(end or "") for end in (self.year_from, self.year_to)]
        return write_years(*ends)

    def build_search(self, text: str = "", **more: Any) -> SearchRequest:
        """Return the search of the text in these speeches."""
        check_themes(self.theme)
        chosen: dict[str, Any] = {
            name: tuple(dict.fromkeys(str(value) for value in getattr(self, name)))
            for name in NARROWING
        }
        if self.years:
            chosen["year"] = (self.years,)
        return SearchRequest(text=text.strip(), **chosen, **more)

    def describe(self, *free: str) -> str:
        """Return what tells this list from others, for its cursors; free ones may change."""
        left_out = {"cursor", "facets", *free}
        return f"{type(self).__name__}{self.model_dump_json(exclude=left_out)}"


class Queried(Filters):
    """A query over speeches, and how its runs without blanks are read."""

    match: Literal["auto", "exact", "words"] = Field(
        "auto",
        description=gettext_noop(
            "没有空格的一串字怎样查：auto 先按原文连续，没有再按各词；"
            "exact 只按原文；words 只按各词"
        ),
    )

    def build_search(self, text: str = "", **more: Any) -> SearchRequest:
        """Return the search of the text in these speeches, read as asked."""
        return super().build_search(text, match=self.match, **more)


class Paged(Asked):
    """A page of a list."""

    limit: int = Field(20, ge=1, le=100, description=gettext_noop("每页条数"))
    cursor: str = Field("", max_length=2_000, description=gettext_noop("上一页给出的 next_cursor"))


class SpeechesAsked(Filters, Paged):
    """Speeches, the newest first."""


class SearchAsked(Queried, Paged):
    """A search."""

    q: str = Field(
        "", description=gettext_noop("检索式，与网页相同；空白则列出全部"), examples=["监督"]
    )
    unit: Literal["speech", "section"] = Field(
        "speech", description=gettext_noop("命中单位：讲话或章节")
    )
    sort: Literal["relevance", "fresh", "date", "-date"] = Field(
        "relevance", description=gettext_noop("相关、相关且新、从旧到新、从新到旧")
    )
    facets: bool = Field(True, description=gettext_noop("是否给出分面计数"))


class StudyAsked(Queried):
    """A query that is studied."""

    q: str = Field(..., min_length=1, description=gettext_noop("检索式"), examples=["监督"])
    unit: Literal["speech", "section"] = Field(
        "speech", description=gettext_noop("检索式各词同在的单位")
    )

    def build_studied(self) -> SearchRequest:
        """Return the search whose places are counted."""
        return self.build_search(self.q, unit=self.unit)


class ConcordanceAsked(StudyAsked, Paged):
    """A concordance."""

    context: int = Field(20, ge=10, le=60, description=gettext_noop("左右各取多少字"))
    sort: Literal["date", "-date", "left", "right", "source"] = Field(
        "date", description=gettext_noop("按日期、左邻、右邻或来源")
    )
    collation: Literal["pinyin", "stroke"] = Field(
        "pinyin", description=gettext_noop("左右邻的次序")
    )
    where: Position = Field(
        "", description=gettext_noop("只要某一位置的：part:opening、part:2、tenth:1 等")
    )
    sample: int | None = Field(None, ge=1, le=MAX_HITS, description=gettext_noop("随机抽取多少行"))
    seed: int = Field(
        1, ge=1, le=2**31 - 1, description=gettext_noop("抽样种子，同一种子抽出同样的行")
    )
    form: str = Field(
        "", max_length=200, description=gettext_noop("只要写作这样的各处，如 forms 给出的一种形式")
    )


class TrendsAsked(Queried):
    """Trends."""

    expression: list[Name] = Field(
        ...,
        min_length=1,
        max_length=8,
        description=gettext_noop("表达式，可重复"),
        examples=[["监督"]],
    )
    period: Literal["year", "month"] = Field("year", description=gettext_noop("按年或按月"))
    q: str = Field("", description=gettext_noop("只计算符合此检索式的讲话"))
    min_speeches: int = Field(
        3, ge=0, le=10**9, description=gettext_noop("少于此篇数的时段标为稀薄")
    )
    min_characters: int = Field(
        10_000, ge=0, le=10**9, description=gettext_noop("少于此字数的时段标为稀薄")
    )


class ReuseAsked(Paged):
    """Passages that a speech shares."""

    speech: SpeechId
    other: int | None = Field(
        None, ge=1, le=MAX_ID, description=gettext_noop("只与这一篇对照，逐段细查")
    )
    label: list[Label] = Field([], max_length=4, description=gettext_noop("只要这几类，可重复"))


class SlogansAsked(Paged):
    """Slogans, the most mentioned first."""

    kind: Literal["counted", "quoted", "parallel"] | None = Field(
        None, description=gettext_noop("类别")
    )
    q: str = Field("", max_length=200, description=gettext_noop("提法中包含的文字"))


class ThemePassagesAsked(Paged):
    """A theme's sections, the strongest first."""

    bearing: Literal["about", "mention"] = Field(
        "about", description=gettext_noop("以此为主题的章节，或仅提及的章节")
    )


class SuggestionsAsked(Asked):
    """What is typed."""

    q: str = Field(
        ...,
        min_length=1,
        max_length=200,
        description=gettext_noop("汉字、全拼或首字母"),
        examples=["rm"],
    )
    limit: int = Field(10, ge=1, le=50, description=gettext_noop("最多几条"))


class TextAsked(Asked):
    """A state of a text."""

    revision: int | None = Field(
        None, ge=1, le=MAX_ID, description=gettext_noop("版本号，缺省为现行版本")
    )


class CitationAsked(Asked):
    """A passage, and how it is to be cited."""

    speech: SpeechId
    section: str = Field("", max_length=40, description=gettext_noop("章节号，缺省为全文"))
    start: int | None = Field(
        None, ge=0, le=MAX_ID, description=gettext_noop("起点，须与 end 同时给出")
    )
    end: int | None = Field(None, ge=1, le=MAX_ID, description=gettext_noop("终点（不含）"))
    revision: int | None = Field(
        None, ge=1, le=MAX_ID, description=gettext_noop("版本号，缺省为现行版本")
    )
    edition: Literal["2025", "2015"] = Field("2025", description=gettext_noop("GB/T 7714 的版本"))
    style: Literal["numeric", "author-date"] = Field(
        "numeric", description=gettext_noop("著录制度")
    )


def refuse_all(request: HttpRequest) -> None:
    """Refuse every parameter, for an address that takes none."""
    if request.GET:
        unknown = refuse_names(request.GET)
        raise ValidationError([{"type": unknown.type, "ctx": unknown.context}])


def check_themes(slugs: Iterable[str]) -> None:
    """Refuse a theme that there is none of, as an unknown code is refused."""
    asked = set(slugs)
    if not asked:
        return
    known = set(Theme.objects.filter(slug__in=asked).values_list("slug", flat=True))
    if asked - known:
        names = "、".join(sorted(asked - known))
        cause = _("没有主题 %(names)s") % {"names": names[:200]}
        error = {"type": "value_error", "loc": ("query", "theme"), "ctx": {"error": cause}}
        raise ValidationError([error])
