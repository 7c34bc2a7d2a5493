"""Words used like one, for programs."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Field, Query, Router, Schema

from corpus_app.api.research_parameters import SimilarAsked
from corpus_app.api.schemas.shared import SearchedCorpus
from search import describe_outcome, describe_similarity, describe_today, find_similar

router = Router(tags=[gettext_noop("研究")])


class SimilarWordOut(Schema):
    """A word with how alike its use is."""

    word: str
    likeness: float = Field(description=gettext_noop("用法相近程度，0 到 1"))
    speeches: int = Field(description=gettext_noop("现有篇数"))


class SimilarOut(Schema):
    """Words used like one; learnt_from says what they were learnt from, and when."""

    word: str
    outcome: Literal["found", "nothing", "rare", "absent", "unlearnt"] = Field(
        description=gettext_noop(
            "found 有，nothing 没有足够相近的，rare 出现太少，absent 本库没有，unlearnt 还没有学到"
        )
    )
    message: str
    speeches: int
    items: list[SimilarWordOut]
    learnt_speeches: int
    learnt_characters: int
    learnt_day: str | None
    rule: str
    corpus: SearchedCorpus
    day: str


@router.get(
    "/similar",
    response=SimilarOut,
    summary=gettext_noop("用法相近的词语"),
    description=gettext_noop("本库中与一个词语用法相近的词语，从文稿本身学得；不一定同义。"),
)
def similar(request: HttpRequest, asked: Query[SimilarAsked]) -> SimilarOut:
    """Answer with the words used most like one."""
    found = find_similar(asked.q, asked.limit)
    return SimilarOut(
        word=found.word,
        outcome=found.outcome,
        message=describe_outcome(found),
        speeches=found.speeches,
        items=[
            SimilarWordOut(word=one.word, likeness=one.likeness, speeches=one.speeches)
            for one in found.words
        ],
        learnt_speeches=found.learnt_texts,
        learnt_characters=found.learnt_characters,
        learnt_day=found.day or None,
        rule=describe_similarity(),
        corpus=SearchedCorpus.model_validate(found.searched),
        day=describe_today(),
    )
