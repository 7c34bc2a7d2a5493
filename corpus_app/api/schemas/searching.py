"""Searches and suggestions."""

from __future__ import annotations

from django.utils.translation import gettext_noop
from ninja import Field, Schema

from corpus_app.api.schemas.shared import SearchedCorpus
from corpus_app.text.excerpts import MarkedText
from search import Advice, Hit, HitPassage, PathStep


class PieceOut(Schema):
    """A stretch of a snippet; marked where it is what was searched for."""

    text: str
    marked: bool


class PathStepOut(Schema):
    """A section on the way from the speech to a passage."""

    key: str
    label: str


class PassageOut(Schema):
    """A section with a match; null where only the title or the speech as a whole has it."""

    section: str | None
    path: list[PathStepOut]
    pieces: list[PieceOut]
    has_gap: bool
    start: int | None = Field(description=gettext_noop("最好的一处在正文中的起点，没有则为空"))
    end: int | None

    @classmethod
    def of(cls, passage: HitPassage) -> PassageOut:
        """Return the passage."""
        return cls(
            section=passage.section_key,
            path=_list_steps(passage.path),
            pieces=_list_pieces(passage.pieces),
            has_gap=passage.has_gap,
            start=passage.span[0] if passage.span else None,
            end=passage.span[1] if passage.span else None,
        )


class HitOut(Schema):
    """A speech or section that matches; scores compare within one search only."""

    speech: int
    section: str | None
    title: str
    date: str | None
    date_kind: str | None
    organisation: str | None
    completeness: str
    score: float
    snippet: str
    path: list[PathStepOut]
    pieces: list[PieceOut]
    has_gap: bool
    passages: list[PassageOut] = Field(
        description=gettext_noop("以讲话为单位时，至多三段最相关的文字")
    )
    passage_count: int
    api_url: str

    @classmethod
    def of(cls, hit: Hit) -> HitOut:
        """Return the hit."""
        section = f"/sections/{hit.section_key}" if hit.section_key else ""
        return cls(
            speech=hit.speech_id,
            section=hit.section_key,
            title=hit.title,
            date=hit.date or None,
            date_kind=hit.day.kind or None,
            organisation=hit.organisation or None,
            completeness=hit.completeness,
            score=round(hit.score, 4),
            snippet=hit.snippet,
            path=_list_steps(hit.path),
            pieces=_list_pieces(hit.pieces),
            has_gap=hit.has_gap,
            passages=[PassageOut.of(passage) for passage in hit.passages],
            passage_count=hit.passage_count,
            api_url=f"/api/v1/speeches/{hit.speech_id}{section}",
        )


class FacetValueOut(Schema):
    """A value with the number of matched units that bear it."""

    value: str
    label: str
    count: int
    selected: bool


class AdviceOut(Schema):
    """What else to try, or what may be meant besides; query holds the parameters of that search."""

    kind: str
    text: str
    query: str
    count: int | None

    @classmethod
    def of(cls, advice: Advice) -> AdviceOut:
        """Return the advice."""
        return cls(kind=advice.kind, text=advice.text, query=advice.querystring, count=advice.count)


class RunOut(Schema):
    """A run of the query without blanks, how it was read and why."""

    text: str
    way: str = Field(description=gettext_noop("exact 原文连续、field 讲话人等信息、words 各词"))
    reason: str = Field(
        description=gettext_noop(
            "found 库中有、asked 指定、nowhere 库中没有、long 太长、question 问句"
        )
    )


class SearchOut(Schema):
    """A page of hits; total and facets count all of them."""

    query: str
    understood: str = Field(description=gettext_noop("系统对检索式的理解"))
    runs: list[RunOut]
    unit: str
    total: int
    items: list[HitOut]
    next_cursor: str | None
    next: str | None
    facets: dict[str, list[FacetValueOut]]
    searched: SearchedCorpus
    advice: list[AdviceOut]
    stale: bool = Field(description=gettext_noop("索引缺失或由旧规则生成，结果可能不全"))
    took_ms: float


class SuggestionOut(Schema):
    """A wording to offer; text[start:end] is what was typed; api_url is null for an unit."""

    text: str
    kind: str
    start: int
    end: int
    api_url: str | None


class SuggestionsOut(Schema):
    """Suggestions, the best first."""

    items: list[SuggestionOut]


def _list_steps(path: list[PathStep]) -> list[PathStepOut]:
    return [PathStepOut(key=step.key, label=step.label) for step in path]


def _list_pieces(pieces: list[MarkedText]) -> list[PieceOut]:
    return [PieceOut(text=piece.text, marked=piece.marked) for piece in pieces]
