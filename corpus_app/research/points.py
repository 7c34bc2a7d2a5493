"""How a point of a chart is measured and said, wherever it is drawn."""

from __future__ import annotations

from typing import Final, Literal

from django.utils.translation import gettext as _

from search import Period, Point

Measure = Literal["count", "rate", "speeches"]
MEASURES: Final[tuple[Measure, ...]] = ("count", "rate", "speeches")


def measure_point(point: Point, measure: Measure) -> float | None:
    """Return what of a point is shown; None where nothing was counted, which is no zero."""
    if measure == "rate":
        return point.per_10k
    return point.occurrences if measure == "count" else point.speeches


def show_value(value: float | None, measure: Measure) -> str:
    """Return a value as it is written in the chart and the table, — for none."""
    if value is None:
        return "—"
    if measure != "rate":
        return f"{value:,.0f}"
    return f"{value:,.2f}" if value < 100 else f"{value:,.0f}"


def describe_point(period: Period, point: Point) -> str:
    """Return a point in words: 2021：12 次，见于 3 篇，每万字 4.20 次."""
    if point.speeches is None:
        return _("%(period)s：没有文稿，不是零") % {"period": period.label}
    if point.occurrences is None:
        return _("%(period)s：%(count)d 篇") % {"period": period.label, "count": point.speeches}
    words = _("%(period)s：%(count)d 次，见于 %(speeches)d 篇，每万字 %(rate).2f 次") % {
        "period": period.label,
        "count": point.occurrences,
        "speeches": point.speeches,
        "rate": point.per_10k or 0.0,
    }
    return words + _("；本期文本偏少") if period.is_thin else words


def name_measures() -> dict[Measure, str]:
    """Return what can be measured, in words."""
    return {"count": _("次数"), "rate": _("每万字次数"), "speeches": _("篇数")}
