"""The course of an expression over the years: its figures, and when it turned."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from search.matching.periods import number_days
from search.spread.result import FEWEST_OCCURRENCES, FEWEST_YEARS, CourseTurns, SpreadYear
from search.spread.table import DatedSpeeches


def count_years(table: DatedSpeeches) -> list[SpreadYear]:
    """Return all years from the first with text to the last, by the day on which dates begin."""
    dated = table.take(table.dated)
    if not len(dated.ids):
        return []
    years = number_days(dated.first, "year")
    low = int(years.min())
    at = years - low
    sums = [
        np.bincount(at, column).astype(np.int64).tolist()
        for column in (dated.counts, dated.has, np.ones_like(at), dated.sizes)
    ]
    return [SpreadYear(low + row, *own) for row, own in enumerate(zip(*sums, strict=True))]


def find_turns(years: Sequence[SpreadYear]) -> CourseTurns | None:
    """Return when it rose, peaked and faded; None where the years are too thin to tell."""
    held = [year for year in years if not year.is_thin]
    if len(held) < FEWEST_YEARS or sum(year.occurrences for year in held) < FEWEST_OCCURRENCES:
        return None
    rates = [year.rate or 0.0 for year in held]
    most = max(rates)
    peak = rates.index(most)
    rise = next(at for at, rate in enumerate(rates) if rate * 2 >= most)
    behind = len(rates)
    while behind > peak + 1 and rates[behind - 1] * 2 < most:
        behind -= 1
    fading = held[behind].year if behind < len(rates) else None
    return CourseTurns(held[rise].year, held[peak].year, fading)
