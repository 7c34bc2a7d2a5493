"""A trend as a table for other programs: one row for each expression and period."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from search.presentation.notes import describe_filters
from search.presentation.sheets import Cell, Sheet, write_csv
from search.study.answer import note_grounds
from search.trends.result import Period, Point, Series, Trend

_DECIMALS: Final = 4


def export_trend(trend: Trend) -> Sheet:
    """Return the trend as a sheet; the last rows of an expression are what no period holds."""
    columns = [
        _("表达式"),
        _("时期"),
        _("出现次数"),
        _("每万字次数"),
        _("篇数"),
        _("篇数占比"),
        _("时期总篇数"),
        _("时期总字数"),
        _("文本偏少"),
    ]
    return Sheet(_write_notes(trend), columns, list(_write_rows(trend)))


def write_trend_csv(trend: Trend) -> Iterator[str]:
    """Yield the trend as CSV text, piece by piece."""
    return write_csv(export_trend(trend))


def _write_notes(trend: Trend) -> list[tuple[str, Cell]]:
    request = trend.request
    thin = _("少于 %(speeches)s 篇或 %(characters)s 字") % {
        "speeches": request.min_speeches,
        "characters": request.min_characters,
    }
    return [
        *((_("表达式"), f"{each.expression}（{each.understood}）") for each in trend.series),
        (_("时期单位"), _("年") if request.period == "year" else _("月")),
        (_("限定检索式"), request.filters.text or _("无")),
        (_("筛选条件"), describe_filters(request.filters)),
        (_("文本偏少的标准"), thin),
        *note_grounds(trend.grounds),
    ]


def _write_rows(trend: Trend) -> Iterator[list[Cell]]:
    for series in trend.series:
        for period, point in _list_points(trend, series):
            yield [
                series.expression,
                period.label,
                point.occurrences,
                _round(point.per_10k),
                point.speeches,
                _round(point.share),
                period.speeches,
                period.characters,
                _("是") if period.is_thin else "",
            ]


def _list_points(trend: Trend, series: Series) -> Iterator[tuple[Period, Point]]:
    yield from zip(trend.periods, series.points, strict=True)
    if trend.imprecise.speeches:
        yield trend.imprecise, series.imprecise
    if trend.undated.speeches:
        yield trend.undated, series.undated
    yield trend.total, series.total


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, _DECIMALS)
