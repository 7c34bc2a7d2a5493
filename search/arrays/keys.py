"""By what the speeches of a segment can be parted: one value of a key for each, "" if unknown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from corpus_app.text.chars import Codes, write_text
from corpus_app.text.folding import fold, fold_name
from search.arrays.tables import ZONES, Tables

# Of these the arrays hold the folded characters alone.
FOLDED_KEYS: Final = ("speaker", "place")
# A source is found by its address, too, but parted by its name.
COLUMNS_OF_KEYS: Final = {"source": "source_name"}


def fold_value(key: str, value: str) -> str:
    """Return a value of a key as the speeches of a segment have it."""
    if key not in FOLDED_KEYS:
        return value
    return fold_name(value) if key == "speaker" else fold(value)


def list_key_values(tables: Tables, name: str) -> list[str]:
    """Return for each speech its value of a key, or of any column of strings."""
    if name == "year":
        return [str(day.year) if day else "" for day in _read_days(tables, "date_first")]
    if name == "month":
        pairs = zip(_read_days(tables, "date_first"), _read_days(tables, "date_last"), strict=True)
        return [_name_month(first, last) for first, last in pairs]
    if name in FOLDED_KEYS:
        at = ZONES.index(name)
        starts, ends = (tables.columns[each][:, at] for each in ("zone_start", "zone_end"))
        spans = zip(starts.tolist(), ends.tolist(), strict=True)
        codes: Codes = tables.columns["codes"]
        return [write_text(codes[start:end]) if end > start else "" for start, end in spans]
    return tables.strings[COLUMNS_OF_KEYS.get(name, name)].to_list()


def _read_days(tables: Tables, column: str) -> Iterable[date | None]:
    return (date.fromordinal(day) if day > 0 else None for day in tables.columns[column].tolist())


def _name_month(first: date | None, last: date | None) -> str:
    """Return the month that a date lies in, its year where it is known no better."""
    if first is None or last is None:
        return ""
    within = (first.year, first.month) == (last.year, last.month)
    return f"{first.year:04d}-{first.month:02d}" if within else f"{first.year:04d}"
