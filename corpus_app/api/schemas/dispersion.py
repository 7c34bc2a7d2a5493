"""Dispersions."""

from __future__ import annotations

from django.utils.translation import gettext_noop
from ninja import Field, Schema

from corpus_app.api.schemas.research import StudyOut
from search import ConcordanceRequest, Dispersion, Slice


class SliceOut(Schema):
    """A part of speeches or a tenth of their texts."""

    position: str = Field(description=gettext_noop("语境的 where 所认的位置"))
    label: str
    occurrences: int
    speeches: int
    characters: int | None = Field(description=gettext_noop("所查讲话里这一部分的字数"))
    rate: float | None = Field(description=gettext_noop("每万字次数"))
    places: str = Field(description=gettext_noop("逐处列出这些次数的接口地址"))

    @classmethod
    def of(cls, answer: Dispersion, one: Slice) -> SliceOut:
        """Return the part or tenth."""
        asked = ConcordanceRequest(answer.request.search, where=one.position)
        return cls(
            position=one.position,
            label=one.label,
            occurrences=one.occurrences,
            speeches=one.speeches,
            characters=one.characters,
            rate=one.rate,
            places=f"/api/v1/concordance?{asked.to_querystring()}",
        )


class DispersionOut(StudyOut):
    """Where places stand, parts in reading order; dp is null without two speeches."""

    total: int
    speeches: int
    searched_speeches: int
    dp: float | None = Field(description=gettext_noop("Gries 的偏离度，0 均匀，近 1 集中"))
    dp_norm: float | None = Field(description=gettext_noop("标准化偏离度，0 到 1"))
    is_few: bool = Field(description=gettext_noop("次数太少，偏离度不足为凭"))
    parts: list[SliceOut]
    tenths: list[SliceOut]
