"""The days that a partial date stands for."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass


def find_period(value: str) -> tuple[dt.date, dt.date] | None:
    """Return first and last day of "2024", "2024-04" or "2024-04-05"; None where it is none."""
    try:
        numbers = [int(part) for part in value.split("-")]
        if len(numbers) == 1:
            return dt.date(numbers[0], 1, 1), dt.date(numbers[0], 12, 31)
        if len(numbers) == 2:
            year, month = numbers
            last = calendar.monthrange(year, month)[1]
            return dt.date(year, month, 1), dt.date(year, month, last)
        day = dt.date(*numbers)
    except (ValueError, TypeError, calendar.IllegalMonthError):
        return None
    return day, day


@dataclass(frozen=True)
class YearTotal:
    """How many of something fall into a year; year None stands for what bears no date."""

    year: int | None
    count: int


def fill_years(counts: Mapping[int | None, int]) -> list[YearTotal]:
    """Return the counts by year without holes, years ascending, the undated (if any) last.

    >>> [entry.count for entry in fill_years({2021: 3, 2023: 1})]
    [3, 0, 1]
    """
    years = [year for year in counts if year is not None]
    span = range(min(years), max(years) + 1) if years else ()
    filled = [YearTotal(year, counts.get(year, 0)) for year in span]
    return filled + ([YearTotal(None, counts[None])] if counts.get(None) else [])


def spell_day(value: str) -> str:
    """Return "2024-04" as 2024年4月 in any language of the interface; what is no date as it is."""
    parts = value.split("-")
    if not all(part.isdecimal() for part in parts):
        return value
    return "".join(f"{int(part)}{unit}" for part, unit in zip(parts, "年月日", strict=False))
