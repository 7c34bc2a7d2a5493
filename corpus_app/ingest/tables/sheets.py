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
from corpus_app.ingest.limits import MEGABYTE, Limits
from corpus_app.ingest.tables.rows import (
    MOST_COLUMNS,
    MOST_ROWS,
    TableRow,
    TableSheet,
    refuse_length,
    refuse_row,
)

MOST_SHEETS: Final = 5
UNPACKED: Final = 60 * MEGABYTE
# Blank rows behind the last words: a sheet may be formatted to its last row.
MOST_BLANK: Final = 2_000
_MERGED: Final = re.compile(
    rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"'
)
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s>/]")
# Rows that merged cells may reach over, all together.
_MOST_MERGED: Final = 500_000
_QUOTED: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')

NO_RESULT: Final = "是公式，没有算出的值"


def read_sheets(data: bytes, limits: Limits) -> Iterator[TableSheet]:
    """Yield the worksheets that people can see. Raises RejectedFile."""
    label = "Excel 工作簿"
    bounds = replace(limits, unpacked_bytes=min(limits.unpacked_bytes, UNPACKED))
    check_package(data, bounds, label)
    try:
        shown = _open(data)
        sheets = [sheet for sheet in shown.worksheets if sheet.sheet_state == "visible"]
        for sheet in sheets[:MOST_SHEETS]:
            source = _read_source(data, sheet)
            written = _open(data, formulas=True) if _FORMULA.search(source) else None
            formulas = written[sheet.title] if written else None
            rows = list(_list_rows(sheet, formulas))
            merged = _fill_merged(rows, source)
            remarks = ["合并的单元格按其所占各行填入"] if merged else []
            yield TableSheet(sheet.title, rows, remarks)
    except (RejectedFile, MemoryError):
        raise
    except Exception as error:  # openpyxl raises whatever its parts raise
        raise RejectedFile("damaged", "表格已损坏，打不开；请重新另存为 .xlsx。") from error


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
    """Return the day, or the month or year where the cell's format shows no more.

    A month typed as 2024-04 is kept as its first day.
    """
    shown = _QUOTED.sub("", shape.split(";")[0]).lower()
    day = value.date() if isinstance(value, dt.datetime) else value
    if "y" in shown and "d" not in shown and day.day == 1:
        return day.isoformat()[: 7 if "m" in shown else 4]
    return day.isoformat()


def _fill_merged(rows: list[TableRow], source: bytes) -> bool:
    """Write the words of each merged cell into all its rows, in its first column; say if any was.

    A title over the whole table is one cell in one row and stays so.
    """
    by_line = {row.line: row for row in rows}
    last, left_to_fill = max(by_line, default=0), _MOST_MERGED
    for match in _MERGED.finditer(source):
        number, top, bottom = _find_column(match[1].decode()), int(match[2]), int(match[3])
        first = by_line.get(top)
        if first is None or top == bottom or number >= len(first.cells):
            continue
        faults = [fault for fault in first.faults if fault[0] == number]
        for line in range(top + 1, min(bottom, last, top + left_to_fill) + 1):
            left_to_fill -= 1
            if line in by_line:
                _fill(by_line[line].cells, number, first.cells[number])
                by_line[line].faults.extend(faults)
    return left_to_fill < _MOST_MERGED


def _find_column(letters: str) -> int:
    """Return the number of a column from 0; there are none beyond XFD."""
    return column_index_from_string(letters) - 1 if letters <= "XFD" or len(letters) < 3 else 0


def _fill(words: list[str], number: int, value: str) -> None:
    words.extend([""] * (number + 1 - len(words)))
    words[number] = value
