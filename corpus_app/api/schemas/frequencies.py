"""Collocates, forms, keywords and strings."""

from __future__ import annotations

from django.utils.translation import gettext_noop
from ninja import Field, Schema

from corpus_app.api.schemas.research import GroundsOut, StudyOut
from corpus_app.api.schemas.shared import SearchedCorpus
from search import KeywordSide


class CollocateOut(Schema):
    """A word or string near the occurrences; query finds both near each other."""

    text: str
    count: int = Field(description=gettext_noop("左右范围内的次数"))
    expected: float = Field(description=gettext_noop("若处处一样多，范围内该有几次"))
    total: int = Field(description=gettext_noop("已查讲话里共几次"))
    speeches: int
    log_likelihood: float
    logdice: float
    mi: float
    query: str = Field(description=gettext_noop("查出各处的检索式"))


class CollocatesOut(StudyOut):
    """Collocates, the strongest first."""

    occurrences: int
    near_size: int = Field(description=gettext_noop("左右范围内共几个词（字串）"))
    size: int = Field(description=gettext_noop("已查讲话里共几个词（字串）"))
    total: int
    skipped: int = Field(description=gettext_noop("字串太多时，没有算的更少见的几个"))
    items: list[CollocateOut]


class FormOut(Schema):
    """A wording that the query matched; concordance?form= has its lines."""

    text: str
    count: int
    speeches: int
    share: float


class FormsOut(StudyOut):
    """The wordings that a query matched."""

    occurrences: int
    speeches: int
    total: int
    items: list[FormOut]


class NgramOut(Schema):
    """A string; rate is in a million characters."""

    text: str
    size: int
    count: int
    speeches: int
    rate: float
    query: str


class NgramsOut(StudyOut):
    """Strings, the most frequent first."""

    counted: SearchedCorpus
    too_large: bool = Field(description=gettext_noop("所选讲话太多，没有统计；请缩小范围"))
    total: int
    items: list[NgramOut]


class KeywordOut(Schema):
    """A word on both sides; rates are in a million words, unevenness is DP."""

    text: str
    target: int
    reference: int
    target_rate: float
    reference_rate: float
    target_speeches: int
    reference_speeches: int
    log_likelihood: float
    log_ratio: float
    unevenness: float
    query: str


class KeywordSideOut(Schema):
    """A side: its query in words, and its size."""

    understood: str
    size: SearchedCorpus
    words: int

    @classmethod
    def of(cls, side: KeywordSide) -> KeywordSideOut:
        """Return a side."""
        size = SearchedCorpus.model_validate(side.size)
        return cls(understood=side.understood, size=size, words=side.words)


class KeywordsOut(GroundsOut):
    """Keywords; shared is how many speeches stand on both sides."""

    target: KeywordSideOut
    reference: KeywordSideOut
    shared: int
    total: int
    items: list[KeywordOut]
