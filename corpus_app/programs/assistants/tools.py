"""The tools: each asks what an address of the API asks, and says what was searched."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, gettext_noop
from ninja import Field, Schema

from corpus_app.api.endpoints import citations, research, searching, studies
from corpus_app.api.parameters import (
    CitationAsked,
    ConcordanceAsked,
    SearchAsked,
    TrendsAsked,
)
from corpus_app.api.problems import ProblemError
from corpus_app.api.refusals import refuse_names
from corpus_app.api.study_parameters import BreakdownAsked
from corpus_app.programs.assistants.quotations import verify_words
from corpus_app.text.chars import flatten
from search import SearchRequest, quote_words, run_search, write_statement

Told = dict[str, Any]
# A longer quotation is no sentence or paragraph.
_LONGEST: Final = 1200


class QuotationAsked(Schema):
    """Words that are said to stand in a speech."""

    text: str = Field(
        ..., min_length=2, max_length=_LONGEST, description=gettext_noop("引文，不带引号")
    )


@dataclass(frozen=True, slots=True)
class AssistantTool:
    """A tool: what it is for, the arguments that it takes, and what answers it."""

    title: str | Promise
    description: str | Promise
    asked: type[Schema]
    answer: Callable[[HttpRequest, Any], Told]

    def describe_arguments(self) -> dict[str, Any]:
        """Return the JSON schema of the arguments; no others are taken."""
        schema = self.asked.model_json_schema()
        schema.pop("description", None)
        return {**schema, "additionalProperties": False}

    def call(self, request: HttpRequest, arguments: Mapping[str, Any]) -> Told:
        """Return the answer; raises what the API's addresses raise, ValidationError besides."""
        if unknown := set(arguments) - set(self.asked.model_fields):
            raise ProblemError("parameters", refuse_names(unknown).message())
        return self.answer(request, self.asked.model_validate(dict(arguments)))


def _search(request: HttpRequest, asked: SearchAsked) -> Told:
    result = searching.find_page(asked)
    told = searching.tell_page(request, asked, result)
    return _tell(request, told, result.request, write_statement(result))


def _concordance(request: HttpRequest, asked: ConcordanceAsked) -> Told:
    search = asked.build_search(asked.q, unit=asked.unit)
    return _tell(request, research.concordance(request, asked), search, _state(search))


def _trends(request: HttpRequest, asked: TrendsAsked) -> Told:
    told = research.trends(request, asked)
    searches = [asked.build_search(series.query) for series in told.series]
    statements = [_state(search) for search in searches]
    return _tell(request, told, searches[0], "\n\n".join(statements))


def _breakdown(request: HttpRequest, asked: BreakdownAsked) -> Told:
    search = asked.build_studied()
    return _tell(request, studies.breakdown(request, asked), search, _state(search))


def _passage(request: HttpRequest, asked: CitationAsked) -> Told:
    told = citations.cite(request, asked).model_dump(mode="json")
    forms = {form["form"]: form["text"] for form in told.pop("forms")}
    source = {"reference": forms["reference"], "csl": told.pop("csl")}
    words = _("取自言库第 %(speech)s 号讲话第 %(revision)s 版，未经检索。")
    return {**told, **source, "statement": words % told}


def _verify(request: HttpRequest, asked: QuotationAsked) -> Told:
    words = flatten(asked.text.strip())
    search = SearchRequest(text=quote_words(words))
    told = verify_words(words)
    for place in (*told["places"], *told["nearest"]):
        place["url"] = request.build_absolute_uri(place["url"])
    return {"quotation": words, **told, "statement": _state(search)}


def _state(search: SearchRequest) -> str:
    return write_statement(run_search(search.change(per_page=1)))


def _tell(request: HttpRequest, told: Schema, search: SearchRequest, statement: str) -> Told:
    """Return an answer of the API with the statement, and the page where people see the same."""
    page = f"{reverse('search')}?{search.to_querystring(page=1)}"
    values = told.model_dump(mode="json", exclude={"next", "took_ms"})
    return {**values, "page": request.build_absolute_uri(page), "statement": statement}


# By the names under which they are called.
TOOLS: Final = {
    "search": AssistantTool(
        gettext_lazy("检索"),
        gettext_lazy(
            "在讲话文稿中检索，检索式与网页相同：空格为且，OR 为或，- 为非，引号为原文连续。"
            "没有结果也是结果，连同检索说明可以引用。"
        ),
        SearchAsked,
        _search,
    ),
    "concordance": AssistantTool(
        gettext_lazy("语境"),
        gettext_lazy("检索式命中的每一处及其左右文字。"),
        ConcordanceAsked,
        _concordance,
    ),
    "trends": AssistantTool(
        gettext_lazy("趋势"),
        gettext_lazy("各表达式逐年或逐月的次数与篇数；没有文稿的时段为空，不记零。"),
        TrendsAsked,
        _trends,
    ),
    "breakdown": AssistantTool(
        gettext_lazy("分布"),
        gettext_lazy("检索式在各年份、级别、讲话人、单位等处的次数、篇数、字数与每万字次数。"),
        BreakdownAsked,
        _breakdown,
    ),
    "passage": AssistantTool(
        gettext_lazy("取一段文字"),
        gettext_lazy("一篇讲话、一个章节或一段文字的原文，附出处、固定链接与缺失提示。"),
        CitationAsked,
        _passage,
    ),
    "verify_quotation": AssistantTool(
        gettext_lazy("核对引文"),
        gettext_lazy("引文是否与文稿原文一致；不一致时给出最接近的原文与逐字差异。"),
        QuotationAsked,
        _verify,
    ),
}
