"""A breakdown drawn: one key along the axis, a panel for each value of the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from corpus_app.research.breakdown_counts import (
    CellTable,
    choose_measure,
    link_figure,
    make_point,
)
from corpus_app.research.charts import Panel, build_panels
from corpus_app.research.multiples import Multiples
from search import FIELD_LABELS, Breakdown, KeyValue, Period, Point, Series

_BY_TIME: Final = ("year", "month")
_MOST_PERIODS: Final = 120
_MONTHS: Final = 12
MOST_PANELS: Final = 12


def draw_breakdown(answer: Breakdown, cells: CellTable, columns: Sequence[KeyValue]) -> list[Panel]:
    """Return the panels, none where neither key can stand along an axis."""
    along = _choose_axis(answer)
    if along is None or not answer.total.speeches:
        return []
    axis = _fill_axis(answer, along)
    others: Sequence[KeyValue | None] = [None]
    if len(answer.axes) > 1:
        others = columns if along == 0 else answer.axes[0]
    if len(axis) > _MOST_PERIODS or not axis:
        return []
    lines = [_draw_series(answer, cells, along, axis, other) for other in others[:MOST_PANELS]]
    urls = {pair: url for _series, own in lines for pair, url in own.items()}
    periods = [_make_period(answer, along, value) for value in axis]
    drawn = Multiples(periods, [series for series, _urls in lines], urls)
    return build_panels(drawn, choose_measure(answer), drawn.link)


def _choose_axis(answer: Breakdown) -> int | None:
    """Return the place of the key that stands along the axis: the one of time, or that of levels.

    Longer words have no room below an axis: the table draws their bars.
    """
    times = [at for at, key in enumerate(answer.request.by) if key in _BY_TIME]
    if times:
        return times[0] if len(times) == 1 else None
    return 0 if answer.request.by[0] == "level" else None


def _fill_axis(answer: Breakdown, along: int) -> list[KeyValue]:
    """Return the values along the axis; years and months without holes, unknown ones left out."""
    key, values = answer.request.by[along], answer.axes[along]
    if key not in _BY_TIME:
        return values
    numbers = [_number(value.value) for value in values if _is_period(key, value.value)]
    if not numbers or max(numbers) - min(numbers) >= _MOST_PERIODS:
        return []
    names = [_name(key, number) for number in range(min(numbers), max(numbers) + 1)]
    return [KeyValue(key, name, name) for name in names]


def _is_period(key: str, value: str) -> bool:
    return bool(value) and (key == "year" or "-" in value)


def _number(value: str) -> int:
    year, _dash, month = value.partition("-")
    return int(year) * _MONTHS + int(month) - 1 if month else int(year)


def _name(key: str, number: int) -> str:
    if key == "year":
        return f"{number:04d}"
    year, month = divmod(number, _MONTHS)
    return f"{year:04d}-{month + 1:02d}"


def _make_period(answer: Breakdown, along: int, value: KeyValue) -> Period:
    sums = answer.sums[along].get(value.value)
    if sums is None:
        return Period(value.label, 0, 0)
    return Period(value.label, sums.searched, sums.characters)


def _draw_series(
    answer: Breakdown, cells: CellTable, along: int, axis: list[KeyValue], other: KeyValue | None
) -> tuple[Series, dict[tuple[str, str], str]]:
    """Return the series of one value of the other key, and the addresses of its points."""
    title = other.label if other else str(FIELD_LABELS[answer.request.by[along]])
    points, urls = [], {}
    for value in axis:
        places = [value] if other is None else [value, other][:: 1 if along == 0 else -1]
        figures = cells.get(tuple(each.value for each in places))
        points.append(make_point(figures))
        urls[title, value.label] = link_figure(answer, figures, *places)
    total = answer.total if other is None else answer.sums[1 - along][other.value]
    return _make_series(title, answer, points, make_point(total)), urls


def _make_series(title: str, answer: Breakdown, points: list[Point], total: Point) -> Series:
    return Series(
        expression=title,
        understood=answer.understood,
        has_key=answer.has_key,
        points=points,
        imprecise=total,
        undated=total,
        total=total,
    )
