"""The parameters of the views of two speeches, and of words used alike."""

from __future__ import annotations

from django.utils.translation import gettext_noop
from ninja import Field

from corpus_app.api.parameters import Asked, Paged
from corpus_app.api.values import MAX_ID, SpeechId
from corpus_app.research.comparing.rows import RowKind


class ComparisonAsked(Paged):
    """Two speeches, the older one first."""

    speech: SpeechId
    other: int = Field(..., ge=1, le=MAX_ID, description=gettext_noop("另一篇（后篇）"))
    kind: RowKind | None = Field(None, description=gettext_noop("只要这一类"))


class SimilarAsked(Asked):
    """A word."""

    q: str = Field(
        ..., min_length=1, max_length=24, description=gettext_noop("词语"), examples=["监督"]
    )
    limit: int = Field(30, ge=1, le=100, description=gettext_noop("最多几条"))
