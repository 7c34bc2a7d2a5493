"""What answers about one query have in common; concordances and trends."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop
from ninja import Field, Schema

from corpus_app.api.schemas.searching import RunOut
from corpus_app.api.schemas.shared import SearchedCorpus, StudiedCorpus
from search import ConcordanceLine, StudyAnswer


class GroundsOut(Schema):
    """What was counted in: what the filters leave, and the whole corpus."""

    searched: SearchedCorpus
    corpus: StudiedCorpus
    stale: bool


class StudyOut(GroundsOut):
    """An answer about one query."""

    query: str
    understood: str
    runs: list[RunOut]
    has_key: bool = Field(description=gettext_noop("检索式中有可以逐处计数的文字"))


def describe_grounds(answer: StudyAnswer) -> dict[str, Any]:
    """Return the fields of GroundsOut."""
    return {
        "searched": SearchedCorpus.model_validate(answer.searched),
        "corpus": StudiedCorpus.of(answer.corpus, answer.grounds.version),
        "stale": answer.stale,
    }


def describe_study(answer: StudyAnswer, query: str) -> dict[str, Any]:
    """Return the fields of StudyOut."""
    return {
        **describe_grounds(answer),
        "query": query,
        "understood": answer.understood,
        "runs": [RunOut.model_validate(run) for run in answer.runs],
        "has_key": answer.has_key,
    }


class LineOut(Schema):
    """One occurrence; start and end count in the zone: title, subtitle or the revision's text."""

    speech: int
    section: str | None
    section_label: str
    left: str
    key: str
    right: str
    date: str | None
    date_kind: str | None
    title: str
    source: str | None
    zone: str
    start: int
    end: int
    has_gap: bool
    completeness: str
    url: str

    @classmethod
    def of(cls, line: ConcordanceLine) -> LineOut:
        """Return the line."""
        return cls(
            speech=line.speech_id,
            section=line.section_key,
            section_label=line.section_label,
            left=line.left,
            key=line.key,
            right=line.right,
            date=line.date or None,
            date_kind=line.day.kind or None,
            title=line.title,
            source=line.source or None,
            zone=line.zone,
            start=line.start,
            end=line.end,
            has_gap=line.has_gap,
            completeness=line.completeness,
            url=line.address,
        )


class ConcordanceOut(StudyOut):
    """A page of lines; total and speeches count all occurrences, drawn those after sampling."""

    total: int
    speeches: int
    drawn: int
    undated: int = Field(description=gettext_noop("其中没有日期的讲话里的处数"))
    items: list[LineOut]
    next_cursor: str | None
    next: str | None


class PeriodOut(Schema):
    """A stretch of time and how much text there is of it."""

    label: str
    speeches: int
    characters: int
    is_thin: bool


class PointOut(Schema):
    """An expression in a period; all are null without text, occurrences without has_key."""

    occurrences: int | None
    speeches: int | None
    per_10k: float | None
    share: float | None


class SeriesOut(Schema):
    """One expression through all periods; points stand in the order of the periods."""

    expression: str
    query: str = Field(description=gettext_noop("在检索中找到同一批讲话的检索式"))
    understood: str
    runs: list[RunOut]
    has_key: bool
    points: list[PointOut]
    imprecise: PointOut
    undated: PointOut
    total: PointOut


class TrendsOut(GroundsOut):
    """Trends of all expressions, periods without holes from the first to the last."""

    period: str
    periods: list[PeriodOut]
    imprecise: PeriodOut
    undated: PeriodOut
    total: PeriodOut
    series: list[SeriesOut]
