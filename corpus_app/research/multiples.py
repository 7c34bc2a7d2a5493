"""Any values along an axis and series over them, for the panels of a chart."""

from __future__ import annotations

from dataclasses import dataclass

from search import Period, Series


@dataclass(frozen=True)
class Multiples:
    """Values along an axis, series over them, and where the places of their points are."""

    periods: list[Period]
    series: list[Series]
    urls: dict[tuple[str, str], str]

    def link(self, series: Series, period: Period) -> str:
        """Return the address of a point's places."""
        return self.urls.get((series.expression, period.label), "")
