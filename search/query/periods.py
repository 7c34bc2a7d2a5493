"""Read what stands behind 日期: — a day, month or year, or a range of them."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from corpus_app.ingest.dates import DATE, FIRST_YEAR, LAST_YEAR, read_match
from corpus_app.text.folding import fold
from search.errors import QueryError

_RANGE: Final = re.compile(r"\.{2,}|…+|[~～∼至]|—+")
_YEAR: Final = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class DayRange:
    """First and last day, None where it is open."""

    first: datetime.date | None
    last: datetime.date | None


def read_period(text: str, position: int) -> DayRange:
    """Return the period that a query's date stands for; raise QueryError if it is none.

    2022-06 is all of June; 2021..2023 three years; 2021.. and ..2020 are open.
    """
    value = fold(text)
    if _RANGE.search(value) is None:
        return _read_moment(value, position)
    parts = _RANGE.split(value)
    if len(parts) != 2 or not any(parts):
        raise QueryError(position, _("日期范围应写作 2021..2023"))
    first = _read_moment(parts[0], position).first if parts[0] else None
    last = _read_moment(parts[1], position).last if parts[1] else None
    if first and last and first > last:
        raise QueryError(position, _("日期范围的起点晚于终点"))
    return DayRange(first, last)


def _read_moment(value: str, position: int) -> DayRange:
    written = _read_written(value)
    if written is None:
        message = _("认不出日期“%(text)s”，请写作 2022、2022-06 或 2022-06-30")
        raise QueryError(position, message % {"text": value})
    year, month, day = written
    if month is None:
        return DayRange(datetime.date(year, 1, 1), datetime.date(year, 12, 31))
    if day is None:
        last_day = calendar.monthrange(year, month)[1]
        return DayRange(datetime.date(year, month, 1), datetime.date(year, month, last_day))
    return DayRange(datetime.date(year, month, day), datetime.date(year, month, day))


def _read_written(value: str) -> tuple[int, int | None, int | None] | None:
    if _YEAR.fullmatch(value):
        year = int(value)
        return (year, None, None) if FIRST_YEAR <= year <= LAST_YEAR else None
    match = DATE.fullmatch(value)
    found = read_match(match) if match else None
    if found is None:
        return None
    year, *rest = (int(part) for part in found.value.split("-"))
    month, day = (*rest, None, None)[:2]
    return (year, month, day)
