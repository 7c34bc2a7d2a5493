"""Views that study one query: breakdown."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Query, Router

from corpus_app.api.schemas.breakdown import BreakdownOut, describe_row, describe_total
from corpus_app.api.schemas.research import describe_study
from corpus_app.api.study_parameters import BreakdownAsked
from search import BreakdownRequest, answer_breakdown

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
