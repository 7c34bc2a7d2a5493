"""Worksheets of an XLSX file: cells as a person sees them, merged ones over all their rows."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.formats.package import check_package
from corpus_app.ingest.limits import Limits
from corpus_app.ingest.tables.appearance import (
    MERGED,
    MergedCell,
    drop_hidden,
    fill_merged,
    spell_day,
    tell_hidden_columns,
    tell_left_sheets,
)
from corpus_app.ingest.tables.rows import (
    MOST_BLANK,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SHEETS,
    NO_RESULT,
    UNPACKED,
    TableRow,
    TableSheet,
    refuse_length,
    refuse_row,
)

_MERGED: Final = re.compile(
    rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"'
)
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s>/]")
_ROW: Final = re.compile(rb"<(?:\w+:)?row\s[^>]*>")
_ROW_NUMBER: Final = re.compile(rb'\sr="(\d{1,7})"')
_COLUMN: Final = re.compile(rb"<(?:\w+:)?col\s[^>]*>")
_COLUMN_NUMBERS: Final = re.compile(rb'\s(?:min|max)="(\d{1,5})"')
_HIDDEN: Final = re.compile(rb'\shidden="(?:1|true)"')
_QUOTED: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


def read_sheets(data: bytes, limits: Limits) -> Iterator[TableSheet]:
    """Yield the worksheets that people can see. Raises RejectedFile."""
    label = "Excel 工作簿"
    bounds = replace(limits, unpacked_bytes=min(limits.unpacked_bytes, UNPACKED))
    check_package(data, bounds, label)
    try:
        shown = _open(data)
        sheets = [sheet for sheet in shown.worksheets if sheet.sheet_state == "visible"]
        hidden = [sheet.title for sheet in shown.worksheets if sheet not in sheets]
        left = tell_left_sheets(hidden, (sheet.title for sheet in sheets[MOST_SHEETS:]))
        for sheet in sheets[:MOST_SHEETS]:
            yield _read_sheet(data, sheet, left)
    except (RejectedFile, MemoryError):
        raise
    except Exception as error:  # openpyxl raises whatever its parts raise
        raise RejectedFile("damaged", "表格已损坏，打不开；请重新另存为 .xlsx。") from error


def _read_sheet(data: bytes, sheet: Any, left: list[str]) -> TableSheet:
    source = _read_source(data, sheet)
    written = _open(data, formulas=True) if _FORMULA.search(source) else None
    formulas = written[sheet.title] if written else None
    rows = list(_list_rows(sheet, formulas))
    merged = fill_merged(rows, _list_merged(source))
    remarks = [MERGED] if merged else []
    rows, told = drop_hidden(rows, _find_hidden(_ROW, _ROW_NUMBER, source))
    columns = {number - 1 for number in _find_hidden(_COLUMN, _COLUMN_NUMBERS, source)}
    return TableSheet(
        sheet.title, rows, [*remarks, *told, *tell_hidden_columns(rows, columns), *left]
    )


def _open(data: bytes, *, formulas: bool = False) -> Any:
    return load_workbook(io.BytesIO(data), read_only=True, data_only=not formulas, keep_links=False)


def _read_source(data: bytes, sheet: Any) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(sheet._worksheet_path)


def _list_rows(sheet: Any, formulas: Any) -> Iterator[TableRow]:
    sheet.reset_dimensions()
    written = iter(formulas.iter_rows()) if formulas is not None else None
    blank = count = 0
    for line, cells in enumerate(sheet.iter_rows(), 1):
        typed = next(written, ()) if written is not None else ()
        if any(cell.value is not None for cell in cells[MOST_COLUMNS:]):
            raise refuse_row(line, f"列数超过 {MOST_COLUMNS}")
        cells = cells[:MOST_COLUMNS]
        words = [_spell(cell) for cell in cells]
        faults = _find_faults(words, cells, typed)
        if not any(words) and not faults:
            blank += 1
            if blank > MOST_BLANK:
                return
            continue
        blank, count = 0, count + 1
        if count > MOST_ROWS + 1:
            raise refuse_length()
        yield TableRow(line, words, faults)


def _find_faults(words: list[str], cells: Any, typed: Any) -> list[tuple[int, str]]:
    faults = []
    for number, cell in enumerate(cells):
        if cell.data_type == "e":
            faults.append((number, f"公式出错：{words[number]}"))
            words[number] = ""
        elif not words[number] and number < len(typed) and typed[number].data_type == "f":
            faults.append((number, NO_RESULT))
    return faults


def _spell(cell: Any) -> str:
    """Return a cell's words as a person sees them; a day without its hour, as it is formatted."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, dt.datetime | dt.date):
        return _spell_day(value, str(cell.number_format or ""))
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{value:.10g}"
    return str(value)


def _spell_day(value: dt.datetime | dt.date, shape: str) -> str:
    """Return the day, or the month or year where the cell's format shows no more."""
    shown = _QUOTED.sub("", shape.split(";")[0]).lower()
    day = value.date() if isinstance(value, dt.datetime) else value
    return spell_day(day, month="m" in shown, exact="y" not in shown or "d" in shown)


def _list_merged(source: bytes) -> Iterator[MergedCell]:
    for match in _MERGED.finditer(source):
        yield MergedCell(_find_column(match[1].decode()), int(match[2]), int(match[3]))


def _find_hidden(tags: re.Pattern[bytes], first: re.Pattern[bytes], source: bytes) -> set[int]:
    """Return the numbers, from 1, of the rows or columns that tags say are hidden."""
    found: set[int] = set()
    for tag in tags.finditer(source):
        numbers = [int(number) for number in first.findall(tag[0])]
        if numbers and _HIDDEN.search(tag[0]):
            found |= set(range(min(numbers), min(max(numbers), min(numbers) + MOST_COLUMNS) + 1))
    return found


def _find_column(letters: str) -> int:
    """Return the number of a column from 0; there are none beyond XFD."""
    return column_index_from_string(letters) - 1 if letters <= "XFD" or len(letters) < 3 else 0
