"""Views that study one query: breakdown, dispersion, spread."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Query, Router

from corpus_app.api.parameters import StudyAsked
from corpus_app.api.schemas.breakdown import BreakdownOut, describe_row, describe_total
from corpus_app.api.schemas.dispersion import DispersionOut, SliceOut
from corpus_app.api.schemas.research import describe_study
from corpus_app.api.schemas.spread import (
    FirstSeenOut,
    OutlinePointOut,
    OutlineRankOut,
    SpreadOut,
    SpreadYearOut,
    TurnsOut,
)
from corpus_app.api.study_parameters import BreakdownAsked
from search import (
    BreakdownRequest,
    DispersionRequest,
    OutlineRank,
    Spread,
    SpreadRequest,
    answer_breakdown,
    answer_dispersion,
    answer_spread,
)

router = Router(tags=[gettext_noop("研究")])


@router.get(
    "/breakdown",
    response=BreakdownOut,
    summary=gettext_noop("分布"),
    description=gettext_noop(
        "检索式在各年份、级别、讲话人、单位等处的次数、篇数、字数和每万字次数；不详的自成一行。"
    ),
)
def breakdown(request: HttpRequest, asked: Query[BreakdownAsked]) -> BreakdownOut:
    """Answer with the figures of each group."""
    by = tuple(asked.by.split(","))
    found = answer_breakdown(BreakdownRequest(asked.build_studied(), by=by))
    return BreakdownOut(
        **describe_study(found, asked.q),
        by=list(by),
        rows=[describe_row(found, row) for row in found.rows[: asked.limit]],
        row_count=len(found.rows),
        overlaps=found.overlaps,
        total=describe_total(found),
    )


@router.get(
    "/dispersion",
    response=DispersionOut,
    summary=gettext_noop("散布"),
    description=gettext_noop("检索式在讲话的哪一部分、正文的哪十分之一，在各篇之间均匀还是集中。"),
)
def dispersion(request: HttpRequest, asked: Query[StudyAsked]) -> DispersionOut:
    """Answer with the figures of each part and tenth."""
    found = answer_dispersion(DispersionRequest(asked.build_studied()))
    return DispersionOut(
        **describe_study(found, asked.q),
        total=found.total,
        speeches=found.speeches,
        searched_speeches=found.searched_speeches,
        dp=found.dp,
        dp_norm=found.dp_norm,
        is_few=found.is_few,
        parts=[SliceOut.of(found, one) for one in found.parts],
        tenths=[SliceOut.of(found, one) for one in found.tenths],
    )


@router.get(
    "/spread",
    response=SpreadOut,
    summary=gettext_noop("源流"),
    description=gettext_noop(
        "检索式首见于哪一篇，各级各地先后，哪一年兴起、最高、消退，在各单位提纲里的次序。"
    ),
)
def spread(request: HttpRequest, asked: Query[StudyAsked]) -> SpreadOut:
    """Answer with the life of an expression."""
    found = answer_spread(SpreadRequest(asked.build_studied()))
    return SpreadOut(
        **describe_study(found, asked.q),
        total=found.total,
        speeches=found.speeches,
        undated=found.undated,
        first=FirstSeenOut.of(found, found.first) if found.first else None,
        levels=[FirstSeenOut.of(found, one) for one in found.levels],
        by_place=[FirstSeenOut.of(found, one) for one in found.places],
        place_count=found.place_count,
        years=[SpreadYearOut.of(found, one) for one in found.years],
        turns=TurnsOut.model_validate(found.turns) if found.turns else None,
        ranks=[_describe_rank(found, one) for one in found.ranks],
        heading_speeches=found.heading_speeches,
    )


def _describe_rank(answer: Spread, body: OutlineRank) -> OutlineRankOut:
    points = [OutlinePointOut.of_heading(answer, one) for one in body.points]
    return OutlineRankOut(organisation=body.organisation, points=points)
