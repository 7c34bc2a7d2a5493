"""Dates in Chinese texts, as precise as they are written: 2023年5月6日, 2024-04, 二〇二三年."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache
from typing import Final

from corpus_app.ingest.draft import PartialDate
from corpus_app.text.numerals import read_ordinal, read_year

_BLANK = r"[ \t\u00a0\u3000]"
# Recognised print has blanks between the digits, too: 2 0 2 4 年 1 月 9 日.
_DIGIT = r"[0-9０-９〇○◯零OoＯ一二三四五六七八九]"
_YEAR = rf"{_DIGIT}(?:{_BLANK}?{_DIGIT}){{3}}"
_NUMBER = rf"[0-9０-９一二三四五六七八九十元廿卅](?:{_BLANK}?[0-9０-９一二三四五六七八九十]){{0,2}}"
_GAP = rf"{_BLANK}{{0,3}}"
_SMALL = r"[0-9０-９]{1,2}"
DATE: Final = re.compile(
    rf"(?P<year>{_YEAR}){_GAP}(?:年(?!{_GAP}(?:农历|正月|腊月|冬月|闰))"
    rf"(?:{_GAP}(?P<month>{_NUMBER}){_GAP}月(?:{_GAP}(?P<day>{_NUMBER}){_GAP}[日号號])?)?"
    rf"|{_BLANK}?(?P<sep>[-/.．－—–·]){_BLANK}?(?P<m2>{_SMALL})"
    rf"(?:{_BLANK}?(?P=sep){_BLANK}?(?P<d2>{_SMALL}))?(?![0-9０-９]))"
)
_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905
_NAMES: Final = "|".join(_MONTHS)
_ENGLISH: Final = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})[ -](?P<m1>{_NAMES})[a-z]*\.?"
    rf"|(?P<m2>{_NAMES})[a-z]*\.? (?P<d2>\d{{1,2}}))"
    r",?[ -](?P<y>(?:19|20)\d{2})\b",
    re.I,
)
# The same without groups, to be built into other patterns.
DATE_WORDS: Final = (
    rf"{_YEAR}{_GAP}(?:年(?:{_GAP}{_NUMBER}{_GAP}月(?:{_GAP}{_NUMBER}{_GAP}[日号號])?)?"
    rf"|[-/.．－]{_SMALL}(?:[-/.．－]{_SMALL})?(?![0-9０-９]))"
)
FIRST_YEAR, LAST_YEAR = 1900, 2100
LONGEST_KEPT: Final = 200
_BLANKS: Final = re.compile(_BLANK)
# No English month has fewer; most lines have none.
_LETTERS: Final = re.compile(r"[A-Za-z\u017f\u212a]{3}")
# 元月 is the first, 廿 and 卅 are twenty and thirty.
_OLD_NUMBERS: Final = (("元", "1"), ("廿", "二十"), ("卅", "三十"))


def find_date(text: str) -> PartialDate | None:
    """Return the first valid date in a short text, with day, month or year precision."""
    return _recall_date(text) if len(text) <= LONGEST_KEPT else _find_date(text)


def _find_date(text: str) -> PartialDate | None:
    for match in DATE.finditer(text):
        found = read_match(match)
        if found is not None:
            return found
    return _read_english(text) if _LETTERS.search(text) else None


# A line is asked for its day by all who read it.
_recall_date = lru_cache(maxsize=1024)(_find_date)


def _read_english(text: str) -> PartialDate | None:
    """Return the day of Tue, 9 Jan 2024 or January 9, 2024."""
    match = _ENGLISH.search(text)
    if match is None:
        return None
    month = _MONTHS.index((match["m1"] or match["m2"]).lower()) + 1
    try:
        day = datetime.date(int(match["y"]), month, int(match["d1"] or match["d2"]))
    except ValueError:
        return None
    return PartialDate(day.isoformat(), "day")


def read_match(match: re.Match[str]) -> PartialDate | None:
    """Turn a match of DATE into a date, None where no such day exists (2023-13, 2月30日)."""
    if match.start() and match.string[match.start() - 1].isdigit():
        return None
    year = read_year(_BLANKS.sub("", match["year"]))
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    month = _read_part(match["month"] or match["m2"])
    day = _read_part(match["day"] or match["d2"])
    if month is None:
        return PartialDate(f"{year:04d}", "year")
    if not 1 <= month <= 12:
        return None
    if day is None:
        return PartialDate(f"{year:04d}-{month:02d}", "month")
    try:
        return PartialDate(datetime.date(year, month, day).isoformat(), "day")
    except ValueError:
        return None


def _read_part(word: str | None) -> int | None:
    """Return a month's or day's number; 0 where it is written but is no number."""
    if word is None:
        return None
    bare = _BLANKS.sub("", word)
    for old, new in _OLD_NUMBERS:
        bare = bare.replace(old, new)
    return read_ordinal(bare) or 0
