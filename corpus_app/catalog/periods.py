"""The days that a partial date stands for."""

from __future__ import annotations

import calendar
import datetime as dt


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
