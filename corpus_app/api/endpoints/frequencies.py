"""Collocates, forms, keywords and strings."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Query, Router

from corpus_app.api.frequency_parameters import (
    CollocatesAsked,
    FormsAsked,
    KeywordsAsked,
    NgramsAsked,
)
from corpus_app.api.schemas.frequencies import (
    CollocateOut,
    CollocatesOut,
    FormOut,
    FormsOut,
    KeywordOut,
    KeywordSideOut,
    KeywordsOut,
    NgramOut,
    NgramsOut,
)
from corpus_app.api.schemas.research import describe_grounds, describe_study
from corpus_app.api.schemas.shared import SearchedCorpus
from search import count_forms, count_ngrams, find_collocates, find_keywords

router = Router(tags=[gettext_noop("研究")])


@router.get(
    "/collocates",
    response=CollocatesOut,
    summary=gettext_noop("搭配"),
    description=gettext_noop("检索式左右几个词（或字）之内，比别处明显多见的词或字串。"),
)
def collocates(request: HttpRequest, asked: Query[CollocatesAsked]) -> CollocatesOut:
    """Answer with the collocates of a query."""
    found = find_collocates(asked.build())
    return CollocatesOut(
        **describe_study(found, asked.q),
        occurrences=found.occurrences,
        near_size=found.near_size,
        size=found.size,
        total=found.found,
        skipped=found.skipped,
        items=[CollocateOut.model_validate(row) for row in found.rows],
    )


@router.get(
    "/forms",
    response=FormsOut,
    summary=gettext_noop("检索式匹配到的各种写法"),
    description=gettext_noop("正则表达式、前缀、邻近检索匹配到哪些文字，各多少次。"),
)
def forms(request: HttpRequest, asked: Query[FormsAsked]) -> FormsOut:
    """Answer with the forms of a query."""
    found = count_forms(asked.build())
    return FormsOut(
        **describe_study(found, asked.q),
        occurrences=found.occurrences,
        speeches=found.speeches,
        total=found.found,
        items=[FormOut.model_validate(row) for row in found.rows],
    )


@router.get(
    "/ngrams",
    response=NgramsOut,
    summary=gettext_noop("词表与字串"),
    description=gettext_noop("所选讲话里的词，或反复出现的字串，各多少次。"),
)
def ngrams(request: HttpRequest, asked: Query[NgramsAsked]) -> NgramsOut:
    """Answer with the strings of some speeches."""
    found = count_ngrams(asked.build())
    return NgramsOut(
        **describe_study(found, asked.q),
        counted=SearchedCorpus.model_validate(found.counted),
        too_large=found.too_large,
        total=found.found,
        items=[NgramOut.model_validate(row) for row in found.rows],
    )


@router.get(
    "/keywords",
    response=KeywordsOut,
    summary=gettext_noop("用词对比（关键词）：一组讲话与另一组相比"),
    description=gettext_noop("甲比乙用得更多、更少的词，新出现、不再出现的词，及差别的大小。"),
)
def keywords(request: HttpRequest, asked: Query[KeywordsAsked]) -> KeywordsOut:
    """Answer with the keywords of a target against a reference."""
    found = find_keywords(asked.build())
    return KeywordsOut(
        **describe_grounds(found),
        target=KeywordSideOut.of(found.target),
        reference=KeywordSideOut.of(found.reference),
        shared=found.shared,
        total=found.found,
        items=[KeywordOut.model_validate(row) for row in found.rows],
    )
