"""Breakdowns."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop
from ninja import Field, Schema

from corpus_app.api.links import link_places
from corpus_app.api.schemas.research import StudyOut
from search import Breakdown, BreakdownRow, GroupCounts, KeyValue


class KeyValueOut(Schema):
    """A value of a key; value is null where it is not known."""

    key: str
    value: str | None
    label: str

    @classmethod
    def of(cls, one: KeyValue) -> KeyValueOut:
        """Return the value."""
        return cls(key=one.key, value=one.value or None, label=one.label)


class GroupCountsOut(Schema):
    """How often, in how many speeches, out of how many; rate is per 10,000 characters."""

    occurrences: int | None
    speeches: int
    searched: int = Field(description=gettext_noop("所查篇数，不论有没有"))
    characters: int
    rate: float | None = Field(description=gettext_noop("每万字次数"))
    places: str = Field(description=gettext_noop("逐处列出这些次数（或篇数）的接口地址"))


class BreakdownRowOut(GroupCountsOut):
    """A combination of values."""

    values: list[KeyValueOut]


class BreakdownOut(StudyOut):
    """Rows in the order of their values, what is not known last; total is of all speeches."""

    by: list[str]
    rows: list[BreakdownRowOut]
    row_count: int = Field(description=gettext_noop("总行数；多于 limit 时只给出前几行"))
    overlaps: bool = Field(description=gettext_noop("一篇可在几行中，各行之和大于合计"))
    total: GroupCountsOut


def describe_row(answer: Breakdown, row: BreakdownRow) -> BreakdownRowOut:
    """Return a row."""
    values = [KeyValueOut.of(value) for value in row.values]
    return BreakdownRowOut(values=values, **_describe(answer, row.figures, *row.values))


def describe_total(answer: Breakdown) -> GroupCountsOut:
    """Return the figures of all speeches."""
    return GroupCountsOut(**_describe(answer, answer.total))


def _describe(answer: Breakdown, figures: GroupCounts, *values: KeyValue) -> dict[str, Any]:
    return {
        "occurrences": figures.occurrences,
        "speeches": figures.speeches,
        "searched": figures.searched,
        "characters": figures.characters,
        "rate": figures.rate,
        "places": link_places(answer.find_places(*values), has_key=answer.has_key),
    }
