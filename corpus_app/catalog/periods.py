"""The days that a partial date stands for."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby


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
    """How many of something fall into a year; year None stands for what bears no date.

    count None tells that there is no text of the year: nothing was looked through.
    """

    year: int | None
    count: int | None


def fill_years(counts: Mapping[int | None, int]) -> list[YearTotal]:
    """Return the counts by year without holes, years ascending, the undated (if any) last.

    >>> [entry.count for entry in fill_years({2021: 3, 2023: 1})]
    [3, 0, 1]
    """
    years = [year for year in counts if year is not None]
    span = range(min(years), max(years) + 1) if years else ()
    filled = [YearTotal(year, counts.get(year, 0)) for year in span]
    return filled + ([YearTotal(None, counts[None])] if counts.get(None) else [])


def mark_gaps(totals: Iterable[YearTotal], years: Container[int]) -> list[YearTotal]:
    """Return the totals with no count for a year that is none of those with text.

    >>> [entry.count for entry in mark_gaps(fill_years({2021: 3, 2024: 1}), {2021, 2023, 2024})]
    [3, None, 0, 1]
    """
    return [
        replace(one, count=None) if not one.count and one.year not in years else one
        for one in totals
    ]


def spread_years(totals: Iterable[YearTotal], years: Collection[int]) -> list[YearTotal]:
    """Return the totals from the first to the last year with text, gaps marked, undated last.

    >>> [entry.count for entry in spread_years([YearTotal(2021, 3)], {2019, 2021, 2022})]
    [0, None, 3, 0]
    """
    counts: dict[int | None, int] = dict.fromkeys(years, 0)
    counts |= {one.year: one.count or 0 for one in totals}
    return mark_gaps(fill_years(counts), years)


def count_before(years: Mapping[int, int], day: str) -> int:
    """Return how many are of years before that of a day, month or year ("2007-03").

    >>> count_before({1978: 2, 2006: 1, 2007: 5}, "2007-03")
    3
    """
    return sum(count for year, count in years.items() if year < int(day[:4]))


def name_gaps(periods: Iterable[tuple[str, bool]]) -> list[str]:
    """Return the runs of periods, given by label and whether there is text, that have none.

    >>> name_gaps([("1988", True), ("1989", False), ("1990", False), ("1991", True)])
    ['1989—1990']
    """
    named = []
    for held, run in groupby(periods, key=lambda period: period[1]):
        labels = [label for label, _held in run]
        if not held:
            named.append(name_run(labels))
    return named


def name_run(labels: Sequence[str]) -> str:
    """Return the name of a run of periods, "1989—1990", or that of the only one."""
    return labels[0] if len(labels) == 1 else f"{labels[0]}—{labels[-1]}"


def spell_day(value: str) -> str:
    """Return "2024-04" as 2024年4月 in any language of the interface; what is no date as it is."""
    parts = value.split("-")
    if not all(part.isdecimal() for part in parts):
        return value
    return "".join(f"{int(part)}{unit}" for part, unit in zip(parts, "年月日", strict=False))
