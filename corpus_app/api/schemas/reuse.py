"""Passages that speeches share."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext_noop
from ninja import Field, Schema

from corpus_app.api.schemas.shared import StudiedCorpus
from search import FormulaStretch, Label, LocatedReuse, ReusedPassage


class ReusedPassageOut(Schema):
    """Words of the speech and those of another one; both offsets count in the revision's text."""

    label: Label = Field(
        description=gettext_noop(
            "borrowing 借用，common_source 同出一源，short_parallel 短句相同，formula 套语"
        )
    )
    direction: Literal["from", "to"] | None = Field(
        description=gettext_noop("from 彼先此后，to 此先彼后；同日或日期不详为 null")
    )
    start: int
    end: int
    text: str
    characters: int = Field(description=gettext_noop("比对的字数，标点、空白不计"))
    own: int = Field(description=gettext_noop("其中套语以外的字数"))
    altered: float = Field(description=gettext_noop("改动比例，0 到 1"))
    moved: bool = Field(description=gettext_noop("两篇对照时，次序不同的段落"))
    common: int | None = Field(description=gettext_noop("共同来源的讲话编号"))
    speech: int
    revision: int
    section: str | None
    title: str
    date: str | None
    date_kind: str | None
    other_start: int
    other_end: int
    other_text: str
    url: str

    @classmethod
    def of(cls, one: ReusedPassage) -> ReusedPassageOut:
        """Return the passage."""
        return cls(
            label=one.label,
            direction=one.direction or None,
            start=one.start,
            end=one.end,
            text=one.text,
            characters=one.chars,
            own=one.own,
            altered=one.altered,
            moved=one.moved,
            common=one.common,
            speech=one.source.speech_id,
            revision=one.source.revision_number,
            section=one.section_key,
            title=one.source.title,
            date=one.source.date or None,
            date_kind=one.source.day.kind or None,
            other_start=one.other_start,
            other_end=one.other_end,
            other_text=one.other_text,
            url=one.address,
        )


class FormulaOut(Schema):
    """Words of the speech that five independent sources or more have."""

    start: int
    end: int
    text: str


class ReuseShares(Schema):
    """Shares of the speech's characters, 0 to 1; none is counted twice."""

    borrowing: float
    common_source: float
    short_parallel: float
    formula: float


class ReuseOut(Schema):
    """What a speech shares with others, or with one."""

    speech: int
    other: int | None
    characters: int
    total: int = Field(description=gettext_noop("相同的段落总数"))
    labels: dict[str, int] = Field(description=gettext_noop("各类段落数；formula 为套语处数"))
    shares: ReuseShares
    items: list[ReusedPassageOut]
    formulas: list[FormulaOut] = Field(
        description=gettext_noop("套语在本文中的位置；只随第一页给出")
    )
    left_out: int = Field(description=gettext_noop("相同文字较少、没有比对的讲话数"))
    rule: str = Field(description=gettext_noop("怎样区分"))
    next_cursor: str | None
    next: str | None
    corpus: StudiedCorpus
    stale: bool


def list_formulas(located: LocatedReuse) -> list[FormulaOut]:
    """Return the formulas of a text in reading order."""

    def show(one: FormulaStretch) -> FormulaOut:
        return FormulaOut(start=one.start, end=one.end, text=one.text)

    return [show(one) for one in located.list_formulas()]
