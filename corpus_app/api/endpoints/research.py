"""Concordance and trends."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Query, Router

from corpus_app.api.cursors import take_place, write_cursor
from corpus_app.api.links import link_next
from corpus_app.api.parameters import ConcordanceAsked, TrendsAsked
from corpus_app.api.schemas.research import (
    ConcordanceOut,
    LineOut,
    PeriodOut,
    SeriesOut,
    TrendsOut,
    describe_grounds,
    describe_study,
)
from search import (
    ConcordanceRequest,
    TrendRequest,
    answer_trend,
    build_concordance,
    clean_expressions,
)

router = Router(tags=[gettext_noop("研究")])


@router.get(
    "/concordance",
    response=ConcordanceOut,
    summary=gettext_noop("逐条语境（KWIC）"),
    description=gettext_noop("检索式命中的每一处，左右各若干字；可按邻字排序，可定种子抽样。"),
)
def concordance(request: HttpRequest, asked: Query[ConcordanceAsked]) -> ConcordanceOut:
    """Answer with a page of lines."""
    scope = asked.describe()
    page = take_place(asked.cursor, scope) + 1
    found = build_concordance(
        ConcordanceRequest(
            search=asked.build_studied(),
            context=asked.context,
            sort=asked.sort,
            collation=asked.collation,
            sample=asked.sample,
            seed=asked.seed,
            form=asked.form,
            where=asked.where,
            page=page,
            per_page=asked.limit,
        )
    )
    cursor = write_cursor(scope, [page]) if page < found.page_count else None
    return ConcordanceOut(
        **describe_study(found, asked.q),
        total=found.total,
        speeches=found.speeches,
        drawn=found.drawn,
        undated=found.undated,
        items=[LineOut.of(line) for line in found.lines],
        next_cursor=cursor,
        next=link_next(request, cursor),
    )


@router.get(
    "/trends",
    response=TrendsOut,
    summary=gettext_noop("历年变化"),
    description=gettext_noop(
        "各表达式逐年或逐月的次数、篇数及每万字次数；没有文稿的时段为空，不记零；稀薄的时段有标记。"
    ),
)
def trends(request: HttpRequest, asked: Query[TrendsAsked]) -> TrendsOut:
    """Answer with counts by year or month."""
    found = answer_trend(
        TrendRequest(
            expressions=clean_expressions(asked.expression),
            period=asked.period,
            filters=asked.build_search(asked.q),
            min_speeches=asked.min_speeches,
            min_characters=asked.min_characters,
        )
    )
    return TrendsOut(
        **describe_grounds(found),
        period=asked.period,
        periods=[PeriodOut.model_validate(period) for period in found.periods],
        imprecise=PeriodOut.model_validate(found.imprecise),
        undated=PeriodOut.model_validate(found.undated),
        total=PeriodOut.model_validate(found.total),
        series=[SeriesOut.model_validate(series) for series in found.series],
    )
