"""Bar charts by year, placed here and drawn by templates/pages/bar_chart.html."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Final

from django.utils.translation import gettext as _

from corpus_app.catalog.kept import keep_answers
from corpus_app.catalog.models import Speech
from corpus_app.catalog.periods import (
    YearTotal,
    count_before,
    fill_years,
    name_gaps,
    name_run,
    spread_years,
)
from corpus_app.pages.chart_layout import choose_labels, choose_numbers, is_line, list_gaps
from corpus_app.pages.queries import ask_field, link_field_search
from search import IndexProblem, QueryError, SearchRequest, run_search

WIDTH: Final = 640
BAR_TOP: Final = 22
BASE: Final = 150
HEIGHT: Final = 176
WIDEST_STEP: Final = 56
# Half a label may stand out beyond the first and the last year.
MARGIN: Final = 20
# The width of a digit, at the size that it has on a narrow screen.
DIGIT: Final = 9.6
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Bar:
    """A bar of the chart in its coordinates; url is empty where there is nothing to show.

    count is None for a year of which there is no text.
    """

    label: str
    count: int | None
    url: str
    x: float
    y: float
    width: float
    height: float
    step: float
    labelled: bool
    numbered: bool
    is_dated: bool

    @property
    def middle(self) -> float:
        """Return where the bar's labels are centred."""
        return round(self.x + self.width / 2, 1)

    @property
    def left(self) -> float:
        """Return where the space that belongs to the bar begins."""
        return round(self.middle - self.step / 2, 1)

    @property
    def above(self) -> float:
        """Return the height at which the count stands."""
        return round(self.y - 6, 1)


@dataclass(frozen=True)
class YearRow:
    """A row of the table: a year, or a run of years without text, whose count is None."""

    label: str
    count: int | None
    url: str


@dataclass(frozen=True)
class BarChart:
    """A chart with its title, what stands above it, and a sentence for those who can't see it.

    Many years are a line with dots: lines are its pieces. gaps are the places and widths of the
    runs of years without text.
    """

    title: str
    summary: str
    notes: list[str]
    bars: list[Bar]
    lines: list[str]
    gaps: list[tuple[str, float, float]]
    rows: list[YearRow]
    width: int = WIDTH
    height: int = HEIGHT
    base: int = BASE
    top: int = BAR_TOP
    depth: int = BASE - BAR_TOP
    label_line: int = HEIGHT - 8


def build_year_chart(
    title: str, counts: Sequence[YearTotal], link: Callable[[int], str]
) -> BarChart | None:
    """Return the chart of the counts, each bar leading to link(year); None for no counts."""
    most = max((entry.count or 0 for entry in counts), default=0)
    if most == 0:
        return None
    step = min((WIDTH - 2 * MARGIN) / len(counts), WIDEST_STEP)
    known = [entry.count for entry in counts]
    labels = choose_labels([_name_year(entry) for entry in counts], step, DIGIT)
    numbers = choose_numbers(known, [str(count) for count in known], step, DIGIT)
    bars = [
        _place_bar(at, entry, most, step, link, labelled=at in labels, numbered=at in numbers)
        for at, entry in enumerate(counts)
    ]
    return BarChart(
        title,
        _summarise(counts),
        _describe_limits(counts),
        bars,
        lines=_draw_lines(bars) if is_line(step) else [],
        gaps=_place_gaps(bars),
        rows=_list_rows(bars),
        width=max(int(step * len(counts) + 2 * MARGIN), int(WIDEST_STEP * 3)),
    )


def _name_year(entry: YearTotal) -> str:
    return str(entry.year) if entry.year else _("不详")


def _draw_lines(bars: Sequence[Bar]) -> list[str]:
    """Return the points of each piece of the line; neither a gap nor what is undated is on it."""
    pieces = []
    for is_held, run in groupby(bars, key=lambda bar: bar.count is not None and bar.is_dated):
        if is_held:
            pieces.append(" ".join(f"{bar.middle},{bar.y}" for bar in run))
    return pieces


def _place_gaps(bars: Sequence[Bar]) -> list[tuple[str, float, float]]:
    return [
        (
            name_run([bar.label for bar in bars[start:end]]),
            bars[start].left,
            round((end - start) * bars[start].step, 1),
        )
        for start, end in list_gaps([bar.count for bar in bars])
    ]


def _list_rows(bars: Sequence[Bar]) -> list[YearRow]:
    rows = []
    for is_held, run in groupby(bars, key=lambda bar: bar.count is not None):
        if is_held:
            rows += [YearRow(bar.label, bar.count, bar.url) for bar in run]
        else:
            rows.append(YearRow(name_run([bar.label for bar in run]), None, ""))
    return rows


def _place_bar(
    place: int,
    entry: YearTotal,
    most: int,
    step: float,
    link: Callable[[int], str],
    *,
    labelled: bool,
    numbered: bool,
) -> Bar:
    # A count of one stays visible beside a count of thousands.
    height = max((BASE - BAR_TOP) * entry.count / most, 2.0) if entry.count else 0.0
    width = step * 0.56
    return Bar(
        label=_name_year(entry),
        count=entry.count,
        url=link(entry.year) if entry.year and entry.count else "",
        x=round(MARGIN + place * step + (step - width) / 2, 1),
        y=round(BASE - height, 1),
        width=round(width, 1),
        height=round(height, 1),
        step=round(step, 1),
        labelled=labelled,
        numbered=numbered,
        is_dated=entry.year is not None,
    )


def _summarise(counts: Sequence[YearTotal]) -> str:
    total = sum(entry.count or 0 for entry in counts)
    dated = [entry for entry in counts if entry.year is not None and entry.count]
    if not dated:
        return _("共 %(total)d 处，日期都不详。") % {"total": total}
    peak = max(dated, key=lambda entry: entry.count or 0)
    return _("共 %(total)d 处，最多的是 %(peak)s 年（%(count)d 处）。") % {
        "total": total,
        "peak": peak.year,
        "count": peak.count,
    }


def _describe_limits(counts: Sequence[YearTotal]) -> list[str]:
    """Return what the bars can't tell: how much is undated, and of which years there is no text."""
    undated = sum(entry.count or 0 for entry in counts if entry.year is None)
    gaps = name_gaps(
        (str(entry.year), entry.count is not None) for entry in counts if entry.year is not None
    )
    notes = [_("日期不详：%(count)d 处。") % {"count": undated}]
    if gaps:
        words = _("没有文稿的年份：%(gaps)s。图上是灰底，表里记“—”，不是零。")
        notes.append(words % {"gaps": _("、").join(gaps)})
    return notes


def chart_passages(
    title: str, field: str, words: str, count_stored: Callable[[], list[YearTotal]]
) -> BarChart | None:
    """Return the chart of the passages of which a field of the query language holds the words."""
    counted, proxies = count_passages(ask_field(field, words), count_stored)
    held = _count_held()
    counts = spread_years(counted, held)
    chart = build_year_chart(title, counts, partial(link_field_search, field, words))
    if chart is not None:
        chart.notes.extend([*_describe_proxies(proxies), *_describe_first(counts, held)])
    return chart


@keep_answers
def _count_held() -> dict[int, int]:
    return Speech.objects.real().count_years()


def _describe_proxies(proxies: int) -> list[str]:
    """Return a sentence on the passages whose year is that of a publication or update."""
    if not proxies:
        return []
    return [_("其中 %(count)d 处的讲话日期不详，按发布或更新日期计年。") % {"count": proxies}]


def _describe_first(counts: Sequence[YearTotal], held: Mapping[int, int]) -> list[str]:
    """Return a sentence on what a first sighting is worth: how much there is from before it."""
    first = next((str(one.year) for one in counts if one.year and one.count), "")
    return [describe_earlier(first, count_before(held, first))] if first else []


def describe_earlier(first: str, earlier: int) -> str:
    """Return what the first sighting in a year is worth, by how many speeches are from before."""
    if earlier:
        words = _("首见于 %(year)s 年，库中有 %(count)d 篇早于此年。")
        return words % {"year": first[:4], "count": earlier}
    words = _("首见于 %(year)s 年，库中没有更早的文稿，不能说此前没有这个说法。")
    return words % {"year": first[:4]}


def count_passages(
    query: str, count_stored: Callable[[], list[YearTotal]]
) -> tuple[list[YearTotal], int]:
    """Return passages of the query by year, and how many stand there not by a day of delivery.

    They come from what is stored where the index can't answer, the second number is 0 then.
    """
    try:
        result = run_search(SearchRequest(text=query, unit="section", per_page=1))
    except (IndexProblem, QueryError):
        logger.exception("no counts for %s", query)
        return count_stored(), 0
    if result.stale or not result.total:
        return count_stored(), 0
    counts: dict[int | None, int] = {
        int(value.value): value.count for value in result.facets["year"] if value.value.isdecimal()
    }
    counts[None] = result.total - sum(counts.values())
    kinds = result.facets["date_kind"]
    return fill_years(counts), sum(one.count for one in kinds if one.value != "delivered")
