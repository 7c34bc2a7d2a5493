"""The dispersion page: where in speeches an expression stands, and how evenly over them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from corpus_app.research.charts import Panel, build_panels
from corpus_app.research.multiples import Multiples
from corpus_app.research.points import show_value
from corpus_app.research.study_page import StudyPages, carry_choices, tell_limits
from search import (
    ConcordanceRequest,
    Dispersion,
    DispersionRequest,
    Period,
    Point,
    SearchRequest,
    Series,
    Slice,
    answer_dispersion,
    export_dispersion,
)


@dataclass(frozen=True)
class ShownSlice:
    """A part or tenth with its figures as they are written, and the address of its lines."""

    label: str
    occurrences: int
    share: str
    width: float
    speeches: int
    rate: str
    url: str


@dataclass(frozen=True)
class DispersionPage:
    """A dispersion as it is shown."""

    parts: list[ShownSlice]
    tenths: list[ShownSlice]
    panels: list[Panel]
    evenness: list[str]
    remarks: list[str]
    is_empty: bool


def draw_page(answer: Dispersion) -> DispersionPage:
    """Return the page of an answer."""
    return DispersionPage(
        parts=_show(answer, answer.parts),
        tenths=_show(answer, answer.tenths),
        panels=_draw(answer),
        evenness=_describe_evenness(answer),
        remarks=tell_limits(answer.total, answer.speeches),
        is_empty=not answer.total,
    )


def _show(answer: Dispersion, slices: list[Slice]) -> list[ShownSlice]:
    most = max((one.occurrences for one in slices), default=0)
    return [
        ShownSlice(
            label=one.label,
            occurrences=one.occurrences,
            share=f"{100 * one.occurrences / answer.total:.1f}%" if answer.total else "—",
            width=round(100 * one.occurrences / most, 1) if most else 0.0,
            speeches=one.speeches,
            rate=show_value(one.rate, "rate"),
            url=link_slice(answer, one),
        )
        for one in slices
    ]


def link_slice(answer: Dispersion, one: Slice) -> str:
    """Return the address of the lines of a part or tenth, "" where there are none."""
    if not one.occurrences:
        return ""
    asked = ConcordanceRequest(answer.request.search, where=one.position)
    return f"{reverse('concordance')}?{asked.to_querystring()}"


def _draw(answer: Dispersion) -> list[Panel]:
    """Return the chart of the tenths."""
    if not answer.total:
        return []
    title = _("正文从头到尾，每十分之一里的次数")
    points = [Point(one.occurrences, one.speeches, one.rate, None) for one in answer.tenths]
    total = Point(answer.total, answer.speeches, None, None)
    series = Series(title, "", True, points, total, total, total)
    urls = {(title, one.label): link_slice(answer, one) for one in answer.tenths}
    periods = [Period(one.label, one.speeches, 0) for one in answer.tenths]
    drawn = Multiples(periods, [series], urls)
    return build_panels(drawn, "count", drawn.link)


def _describe_evenness(answer: Dispersion) -> list[str]:
    """Return how evenly the occurrences fall over speeches, in words."""
    if answer.dp is None or answer.dp_norm is None:
        return [_("范围内不足两篇，谈不上分散还是集中。")] if answer.total else []
    words = _("DP %(dp).3f，标准化后 %(norm).3f：0 是各篇按篇幅均匀出现，越近 1 越集中于少数几篇。")
    sentences = [words % {"dp": answer.dp, "norm": answer.dp_norm}]
    if answer.is_few:
        sentences.append(_("出现不足 10 次，这两个数不足为凭。"))
    return sentences


def offer_choices(asked: DispersionRequest) -> dict[str, object]:
    """Return what the form sends along, and an example where nothing is asked."""
    example = DispersionRequest(SearchRequest(text="监督"))
    return {"carried": carry_choices(asked), "example": "?" + example.to_querystring()}


DISPERSION: Final = StudyPages(
    name="dispersion",
    named="散布",
    answer=answer_dispersion,
    draw=draw_page,
    export=export_dispersion,
    offer=offer_choices,
)
