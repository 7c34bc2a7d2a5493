"""Charts of trends, one panel for each expression, placed here and drawn by chart.html.

All panels share one scale, and each shows the other expressions as faint lines behind its own
bars: they compare without being told apart by colour. Many periods are a line with dots.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Protocol

from django.utils.translation import gettext as _

from corpus_app.catalog.periods import name_run
from corpus_app.pages.chart_layout import choose_labels, choose_numbers, is_line, list_gaps
from corpus_app.research.points import Measure, describe_point, measure_point, show_value
from search import Period, Point, Series

WIDTH: Final = 480
HEIGHT: Final = 190
LEFT: Final = 44
TOP: Final = 24
BASE: Final = 156
LABEL_LINE: Final = 178
# Half a label may stand out beyond the last period.
_RIGHT: Final = 18
_WIDEST_STEP: Final = 52
# The width of a digit, at the size that it has on a narrow screen.
_DIGIT: Final = 8.0


class Charted(Protocol):
    """Series with a point for each of the periods, which may be any values in a row."""

    @property
    def periods(self) -> list[Period]:
        """Return the values along the axis."""

    @property
    def series(self) -> list[Series]:
        """Return the series, a panel each."""


@dataclass(frozen=True)
class TrendBar:
    """A period's bar in the panel's coordinates; url is empty where there is nothing to show."""

    label: str
    shown: str
    words: str
    url: str
    thin: bool
    gap: bool
    x: float
    y: float
    width: float
    height: float
    left: float
    step: float
    labelled: bool
    numbered: bool

    @property
    def middle(self) -> float:
        """Return where the bar's labels are centred."""
        return round(self.left + self.step / 2, 1)

    @property
    def above(self) -> float:
        """Return the height at which the number stands."""
        return round(self.y - 5, 1)


@dataclass(frozen=True)
class Tick:
    """A value of the scale and its height."""

    shown: str
    y: float


@dataclass(frozen=True)
class Gap:
    """A run of periods without text."""

    words: str
    x: float
    width: float


@dataclass(frozen=True)
class Panel:
    """One expression's chart with a sentence for those who can't see it.

    lines are the pieces of its own line, none where bars are drawn; others are those of the
    other expressions.
    """

    title: str
    summary: str
    bars: list[TrendBar]
    lines: list[str]
    others: list[str]
    gaps: list[Gap]
    ticks: list[Tick]
    width: int = WIDTH
    height: int = HEIGHT
    base: int = BASE
    top: int = TOP
    depth: int = BASE - TOP
    left: int = LEFT
    label_line: int = LABEL_LINE


@dataclass(frozen=True)
class _Scale:
    """How values and places become coordinates."""

    top: float
    step: float

    def place_y(self, value: float) -> float:
        return BASE - (BASE - TOP) * value / self.top

    def place_left(self, at: int) -> float:
        return LEFT + at * self.step


def build_panels(
    trend: Charted, measure: Measure, link: Callable[[Series, Period], str]
) -> list[Panel]:
    """Return a panel for each expression; link writes the address of a point's hits."""
    if not trend.periods:
        return []
    values = [[measure_point(point, measure) for point in one.points] for one in trend.series]
    most = max((value for row in values for value in row if value is not None), default=0.0)
    step = min((WIDTH - LEFT - _RIGHT) / len(trend.periods), _WIDEST_STEP)
    scale = _Scale(round_up(most), step)
    lines = [_draw_line(row, scale) for row in values]
    return [
        Panel(
            title=one.expression,
            summary=_summarise(one, trend, measure),
            bars=_place_bars(trend, one, measure, scale, link),
            lines=lines[at] if is_line(step) else [],
            others=[piece for other, line in enumerate(lines) if other != at for piece in line],
            gaps=_place_gaps(trend, [point.speeches for point in one.points], scale),
            ticks=_place_ticks(scale, measure),
        )
        for at, one in enumerate(trend.series)
    ]


def round_up(most: float) -> float:
    """Return the end of the scale: the next of 1, 2, 3, 4, 5, 6, 8, 10, 20, … at or above most."""
    if most <= 0:
        return 1.0
    unit = 10.0 ** math.floor(math.log10(most))
    return next(
        unit * factor for factor in (1, 2, 3, 4, 5, 6, 8, 10) if unit * factor >= most * (1 - 1e-9)
    )


def _place_ticks(scale: _Scale, measure: Measure) -> list[Tick]:
    values = [0.0, scale.top / 2, scale.top]
    # Nothing happens half a time.
    shown = [value for value in values if measure == "rate" or value.is_integer()]
    return [Tick(f"{value:,g}", round(scale.place_y(value), 1)) for value in shown]


def _draw_line(values: Sequence[float | None], scale: _Scale) -> list[str]:
    """Return the points of each piece of the line; a period without text breaks it."""
    pieces: list[str] = []
    for known, run in groupby(enumerate(values), key=lambda one: one[1] is not None):
        if known:
            pieces.append(_draw_piece([(at, value or 0.0) for at, value in run], scale))
    return pieces


def _draw_piece(points: Sequence[tuple[int, float]], scale: _Scale) -> str:
    # A line of one point would not be seen: it is drawn half as wide as its period.
    aside = (-scale.step / 4, scale.step / 4) if len(points) == 1 else (0.0,)
    return " ".join(
        f"{scale.place_left(at) + scale.step / 2 + by:.1f},{scale.place_y(value):.1f}"
        for at, value in points
        for by in aside
    )


def _place_gaps(trend: Charted, values: Sequence[float | None], scale: _Scale) -> list[Gap]:
    labels = [period.label for period in trend.periods]
    return [
        Gap(
            _("%(period)s：没有文稿，不是零") % {"period": name_run(labels[start:end])},
            round(scale.place_left(start), 1),
            round((end - start) * scale.step, 1),
        )
        for start, end in list_gaps(values)
    ]


def _place_bars(
    trend: Charted,
    series: Series,
    measure: Measure,
    scale: _Scale,
    link: Callable[[Series, Period], str],
) -> list[TrendBar]:
    values = [measure_point(point, measure) for point in series.points]
    labels = choose_labels([period.label for period in trend.periods], scale.step, _DIGIT)
    shown = [show_value(value, measure) for value in values]
    numbers = choose_numbers(values, shown, scale.step, _DIGIT)
    return [
        _place_bar(
            at,
            period,
            point,
            measure,
            scale,
            link(series, period),
            labelled=at in labels,
            numbered=at in numbers,
        )
        for at, (period, point) in enumerate(zip(trend.periods, series.points, strict=True))
    ]


def _place_bar(
    at: int,
    period: Period,
    point: Point,
    measure: Measure,
    scale: _Scale,
    url: str,
    *,
    labelled: bool,
    numbered: bool,
) -> TrendBar:
    value = measure_point(point, measure)
    # A count of one stays visible beside a count of thousands.
    height = max(BASE - scale.place_y(value), 2.0) if value else 0.0
    width = max(scale.step * 0.6, min(scale.step, 1.5))
    left = scale.place_left(at)
    return TrendBar(
        label=period.label,
        shown=show_value(value, measure),
        words=describe_point(period, point),
        url=url if point.speeches else "",
        thin=period.is_thin,
        gap=point.speeches is None,
        x=round(left + (scale.step - width) / 2, 1),
        y=round(BASE - height, 1),
        width=round(width, 1),
        height=round(height, 1),
        left=round(left, 1),
        step=round(scale.step, 2),
        labelled=labelled,
        numbered=numbered,
    )


def _summarise(series: Series, trend: Charted, measure: Measure) -> str:
    pairs = list(zip(trend.periods, series.points, strict=True))
    peak, point = max(pairs, key=lambda pair: measure_point(pair[1], measure) or 0.0)
    words = _("共 %(count)d 次，见于 %(speeches)d 篇；最高的是 %(peak)s")
    if series.total.occurrences is None:
        words = _("共 %(speeches)d 篇；最高的是 %(peak)s")
    return words % {
        "count": series.total.occurrences,
        "speeches": series.total.speeches,
        "peak": describe_point(peak, point),
    }
