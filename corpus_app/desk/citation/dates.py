"""Dates that are only as precise as their source."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_CHINESE = re.compile(r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?")
_RANGE = re.compile(r"(\d{4})\s*/\s*(\d{4})")


@dataclass(frozen=True, slots=True)
class CitationDate:
    """A year, or year and month, or a day; `end_year` where it is a range of years.

    `words` holds what is no date but stands for one, such as "c1988" or "1995印刷".
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    end_year: int | None = None
    estimated: bool = False
    end_estimated: bool = False
    words: str = ""

    def to_iso(self) -> str:
        """Return "2024", "2024-04" or "2024-04-05"; "" where no year is known."""
        if self.year is None:
            return ""
        text = f"{self.year:04d}"
        if self.month:
            text += f"-{self.month:02d}"
            if self.day:
                text += f"-{self.day:02d}"
        return text


def read_date(value: object) -> CitationDate | None:
    """Return the date in a CSL date or a string such as "2024-04"; None where there is none."""
    if isinstance(value, str):
        return read_date_string(value)
    if not isinstance(value, Mapping):
        return None
    parts = value.get("date-parts")
    if not isinstance(parts, Sequence) or isinstance(parts, str) or not parts:
        return read_date_string(str(value.get("raw") or value.get("literal") or ""))
    return _read_parts(value, parts)


def read_date_string(text: str) -> CitationDate | None:
    """Return the date that a string gives, its words kept where they are no date."""
    text = text.strip()
    if not text:
        return None
    if found := _RANGE.fullmatch(text):
        return CitationDate(int(found[1]), end_year=int(found[2]))
    found = _ISO.fullmatch(text) or _CHINESE.fullmatch(text)
    if not found:
        return CitationDate(words=text)
    return _build_date([found[1], found[2], found[3]])


def write_date(date: CitationDate) -> dict[str, Any]:
    """Return the date as CSL-JSON has it, so that reading it again gives the same."""
    if date.year is None:
        return {"literal": date.words}
    first = [part for part in (date.year, date.month, date.day) if part]
    written: dict[str, Any] = {"date-parts": [first]}
    if date.end_year and date.end_estimated:
        written["season"] = str(date.end_year)
    elif date.end_year:
        written["date-parts"].append([date.end_year])
    if date.estimated:
        written["circa"] = True
    return written


def _read_parts(value: Mapping[str, Any], parts: Sequence[Any]) -> CitationDate | None:
    """Return the date of CSL date-parts, whose numbers may be strings."""
    # Some exporters leave out the inner list: [2024, 4].
    nested = isinstance(parts[0], Sequence) and not isinstance(parts[0], str)
    date = _build_date(parts[0] if nested else parts)
    if date is None:
        return None
    ranged = nested and len(parts) > 1 and isinstance(parts[1], Sequence)
    ending = _build_date(parts[1]) if ranged else None
    season = str(value.get("season") or "")
    # No season is a year: exporters put the estimated end of an open range there.
    estimated_end = int(season) if re.fullmatch(r"\d{4}", season) else None
    return CitationDate(
        date.year,
        date.month,
        date.day,
        end_year=estimated_end or (ending.year if ending else None),
        estimated=bool(value.get("circa")),
        end_estimated=estimated_end is not None,
    )


def _build_date(parts: Sequence[Any]) -> CitationDate | None:
    """Return the date of up to three numbers, cut at the first that cannot be one."""
    numbers: list[int] = []
    for part, highest in zip(parts, (9999, 12, 31), strict=False):
        text = str(part or "").strip()
        if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= highest:
            break
        numbers.append(int(text))
    if not numbers:
        return None
    year, month, day = (*numbers, None, None)[:3]
    return CitationDate(year, month, day)
