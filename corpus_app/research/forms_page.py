"""The page of the forms that a query matched."""

from __future__ import annotations

from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy, gettext_noop

from corpus_app.research.count_table import (
    CountRow,
    CountTable,
    list_choices,
    show_count,
    show_measure,
    tell_more,
)
from corpus_app.research.study_page import StudyPages, carry_choices, tell_limits
from search import (
    ConcordanceRequest,
    Forms,
    FormsRequest,
    MatchedForm,
    SearchRequest,
    count_forms,
    export_forms,
)

_ORDERS: Final = {"count": gettext_lazy("按次数"), "text": gettext_lazy("按字")}
_PERCENT: Final = 100


def _offer(asked: FormsRequest) -> dict[str, object]:
    orders = list_choices(
        _ORDERS, asked.order, lambda value: "?" + asked.to_querystring(order=value)
    )
    return {"carried": carry_choices(asked), "orders": orders}


def _draw(answer: Forms) -> CountTable:
    remarks = tell_limits(answer.occurrences, answer.speeches)
    if answer.found == 1 and answer.occurrences > 1:
        remarks.append(
            _(
                "只有一种写法。想看各种写法，请用正则表达式（/.{1,3}个坚持/）、前缀（人大*）或邻近（“甲”~5“乙”）。"
            )
        )
    return CountTable(
        [_("写法"), _("次数"), _("篇数"), _("占比（%）")],
        [_draw_row(row, answer.request.search) for row in answer.rows],
        [*remarks, *tell_more(len(answer.rows), answer.found)],
    )


def _draw_row(row: MatchedForm, asked: SearchRequest) -> CountRow:
    lines = ConcordanceRequest(asked, form=row.text).to_querystring()
    return CountRow(
        row.text,
        f"{reverse('concordance')}?{lines}",
        [
            show_count(row.count),
            show_count(row.speeches),
            show_measure(row.share * _PERCENT),
        ],
    )


FORMS: Final = StudyPages[FormsRequest, Forms](
    name="forms",
    named=gettext_noop("形式"),
    answer=count_forms,
    draw=_draw,
    export=export_forms,
    offer=_offer,
)
