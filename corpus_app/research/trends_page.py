"""The trends page: panels, the table under them, and every choice as an address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from corpus_app.catalog.periods import name_gaps, name_run
from corpus_app.pages.downloads import Download, list_downloads
from corpus_app.pages.queries import Option
from corpus_app.pages.query_reading import ShownReading, show_reading
from corpus_app.research.charts import Panel, build_panels
from corpus_app.research.narrowing import Narrowing, build_narrowing
from corpus_app.research.points import (
    MEASURES,
    Measure,
    measure_point,
    name_measures,
    show_value,
)
from search import (
    ConcordanceRequest,
    Period,
    Point,
    SearchRequest,
    Series,
    Trend,
    TrendRequest,
    describe_proxies,
    find_point,
)

# More months than these are no chart to read: five years.
MOST_MONTHS: Final = 60
EXAMPLE: Final = ("全过程人民民主", "代表家站", "民生实事")


@dataclass(frozen=True)
class TrendCell:
    """A number of the table and the address of its hits, "" where there are none."""

    shown: str
    url: str


@dataclass(frozen=True)
class TrendRow:
    """A period of the table, or a run of periods without text."""

    period: Period
    cells: list[TrendCell]
    apart: bool = False

    @property
    def has_text(self) -> bool:
        """Tell whether there was anything to count in."""
        return self.period.speeches > 0


@dataclass(frozen=True)
class Proxies:
    """A sentence on the speeches that stand by another day than that of delivery.

    url leads to the same counts without them.
    """

    sentence: str
    url: str


@dataclass(frozen=True)
class TrendPage:
    """A trend as it is shown; has_thin tells whether any period has too little text.

    Where asks_range is true the months are too many: nothing is drawn before a range is chosen.
    """

    answer: Trend
    measure: Measure
    panels: list[Panel]
    rows: list[TrendRow]
    downloads: list[Download]
    unkeyed: list[str]
    has_thin: bool
    outside: list[str]
    proxies: Proxies | None
    gaps: str
    firsts: list[str]
    asks_range: bool
    reading: ShownReading


def build_trend_page(answer: Trend, measure: Measure) -> TrendPage:
    """Return the page of an answer."""

    def link(series: Series, period: Period) -> str:
        return link_point(answer.request, series, period, measure)

    def link_way(way: str) -> str:
        filters = answer.request.filters.change(match=way)
        return link_trends(replace(answer.request, filters=filters), measure)

    asks_range = answer.request.period == "month" and len(answer.periods) > MOST_MONTHS
    rows = [] if asks_range else _list_rows(answer, measure, link)
    return TrendPage(
        answer=answer,
        measure=measure,
        panels=[] if asks_range else build_panels(answer, measure, link),
        rows=rows + _list_rows_apart(answer, measure),
        downloads=list_downloads(reverse("trends_export"), answer.request.to_querystring()),
        unkeyed=[series.expression for series in answer.series if not series.has_key],
        has_thin=any(period.is_thin and period.speeches for period in answer.periods),
        outside=describe_outside(answer, measure),
        proxies=_describe_proxies(answer, measure),
        reading=show_reading(
            (run for series in answer.series for run in series.runs),
            answer.request.filters.match,
            link_way,
        ),
        gaps="" if asks_range else _name_gaps(answer.periods),
        firsts=_describe_firsts(answer),
        asks_range=asks_range,
    )


def _describe_proxies(answer: Trend, measure: Measure) -> Proxies | None:
    words = describe_proxies(answer.searched)
    filters = answer.request.filters.change(date_kind=("delivered",))
    url = link_trends(replace(answer.request, filters=filters), measure)
    return Proxies(_("%(words)s。") % {"words": words}, url) if words else None


def _name_gaps(periods: Iterable[Period]) -> str:
    return _("、").join(name_gaps((one.label, one.speeches > 0) for one in periods))


def _list_rows(
    answer: Trend, measure: Measure, link: Callable[[Series, Period], str]
) -> list[TrendRow]:
    """Return a row for each period with text, and one for each run of periods without."""
    rows = []
    numbered = list(enumerate(answer.periods))
    for is_held, run in groupby(numbered, key=lambda one: one[1].speeches > 0):
        if is_held:
            for at, period in run:
                cells = [_cell(s.points[at], measure, link(s, period)) for s in answer.series]
                rows.append(TrendRow(period, cells))
        else:
            period = Period(name_run([one.label for _at, one in run]), 0, 0)
            rows.append(TrendRow(period, [TrendCell("—", "")] * len(answer.series)))
    return rows


def _describe_firsts(answer: Trend) -> list[str]:
    """Return a sentence for each expression on how much text there is from before its first.

    Texts of no period may be from before it as well: only those of periods are spoken of.
    """
    sentences = []
    for series in answer.series:
        at = next((at for at, point in enumerate(series.points) if point.speeches), None)
        if at is not None:
            words: dict[str, str | int] = {
                "words": series.expression,
                "first": answer.periods[at].label,
                "count": sum(period.speeches for period in answer.periods[:at]),
                "coarse": answer.imprecise.speeches,
            }
            sentences.append(_word_first(words) % words)
    return sentences


def _word_first(counts: Mapping[str, str | int]) -> str:
    if counts["coarse"]:
        return _(
            "日期准到月的文稿中，“%(words)s”首见于 %(first)s，有 %(count)d 篇早于此；"
            "日期不够具体的 %(coarse)d 篇不在内，可能更早。"
        )
    if counts["count"]:
        return _("“%(words)s”首见于 %(first)s，所查文稿中有 %(count)d 篇早于此。")
    return _("“%(words)s”首见于 %(first)s，所查文稿中没有更早的。")


def describe_outside(answer: Trend, measure: Measure) -> list[str]:
    """Return a sentence for the speeches that stand in no period, with what was found in them."""
    return [
        _("%(why)s的 %(speeches)d 篇不在图中，其中：%(found)s。")
        % {
            "why": period.label,
            "speeches": period.speeches,
            "found": _("、").join(
                _("“%(words)s”%(count)s") % {"words": words, "count": _spell(point, measure)}
                for words, point in found
            ),
        }
        for period, found in (
            (answer.undated, [(one.expression, one.undated) for one in answer.series]),
            (answer.imprecise, [(one.expression, one.imprecise) for one in answer.series]),
        )
        if period.speeches
    ]


def _spell(point: Point, measure: Measure) -> str:
    if measure == "speeches" or point.occurrences is None:
        return _("%(count)d 篇") % {"count": point.speeches or 0}
    return _("%(count)d 次") % {"count": point.occurrences or 0}


def link_point(request: TrendRequest, series: Series, period: Period, measure: Measure) -> str:
    """Return the address that lists what a point counts: occurrences one by one, or speeches.

    A query that narrows the texts has words of its own, whose places the concordance would list
    too: its points lead to the speeches.
    """
    found = find_point(request, series, period)
    if measure == "speeches" or not series.has_key or request.filters.text:
        return f"{reverse('search')}?{found.to_querystring()}"
    return f"{reverse('concordance')}?{ConcordanceRequest(found).to_querystring()}"


def _list_rows_apart(answer: Trend, measure: Measure) -> list[TrendRow]:
    """Return the rows of what no period holds, and of all together."""
    kinds = [
        (answer.imprecise, [series.imprecise for series in answer.series]),
        (answer.undated, [series.undated for series in answer.series]),
        (answer.total, [series.total for series in answer.series]),
    ]
    return [
        TrendRow(period, [_cell(point, measure, "") for point in points], apart=True)
        for period, points in kinds
        if period.speeches
    ]


def _cell(point: Point, measure: Measure, url: str) -> TrendCell:
    shown = show_value(measure_point(point, measure), measure)
    return TrendCell(shown, url if point.speeches else "")


def read_measure(params: Mapping[str, str]) -> Measure:
    """Return what the chart shows, occurrences where nothing or an unknown word is given."""
    asked = params.get("measure", "")
    return asked if asked in MEASURES else MEASURES[0]


def link_trends(request: TrendRequest, measure: Measure) -> str:
    """Return "?…" for the page of a request and measure."""
    pairs = [*request.to_params(), *([("measure", measure)] if measure != MEASURES[0] else [])]
    return "?" + urlencode(pairs)


def list_measures(request: TrendRequest, chosen: Measure) -> list[Option]:
    """Return what can be measured, each as a link."""
    return [
        Option(label, measure == chosen, link_trends(request, measure))
        for measure, label in name_measures().items()
    ]


def list_steps(request: TrendRequest, measure: Measure) -> list[Option]:
    """Return the steps of time, each as a link."""
    labels = {"year": _("按年"), "month": _("按月")}
    return [
        Option(label, request.period == step, link_trends(_step(request, step), measure))
        for step, label in labels.items()
    ]


def _step(request: TrendRequest, step: str) -> TrendRequest:
    return replace(request, period="month" if step == "month" else "year")


def list_range_params(request: TrendRequest, measure: Measure) -> list[tuple[str, str]]:
    """Return what a form that asks for a range of years sends along."""
    filters = request.filters.change(year=())
    pairs = replace(request, filters=filters).to_params()
    return [*pairs, *([("measure", measure)] if measure != MEASURES[0] else [])]


def narrow_trends(request: TrendRequest, measure: Measure) -> Narrowing:
    """Return the facets in use and to choose from."""

    def link(search: SearchRequest) -> str:
        return link_trends(replace(request, filters=search), measure)

    return build_narrowing(request.filters, link)
