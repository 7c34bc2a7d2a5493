"""Tables as XLSX: what the cells hold is typed, and nothing in them can run."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from tempfile import TemporaryFile
from typing import Any, Final

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from search import Cell, Sheet, is_risky

# The stubs know neither widths nor filters of a sheet that is only written.
Page = Any
# A worksheet could hold a million rows, but writing them keeps a reader waiting for minutes.
MAX_ROWS: Final = 200_000
# What a cell holds at most.
MAX_CELL: Final = 32_767
_PIECE: Final = 64 * 1024
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_SHEET_NAME: Final = re.compile(r"[\[\]:*?/\\']")
# Rows that are looked at to find how wide the columns must be.
_SAMPLED: Final = 200
_NARROWEST, _WIDEST = 8, 48
_BOLD: Final = Font(bold=True)
_TOP: Final = Alignment(vertical="top", wrap_text=True)


def write_workbook(sheet: Sheet, title: str) -> Iterator[bytes]:
    """Yield the table as a workbook: the data first, then a sheet that says what they are.

    Rows beyond MAX_ROWS are left out, which the second sheet then says. The workbook lies in a
    file without a name: a large one is never in memory as a whole.
    """
    book = Workbook(write_only=True)
    name = _SHEET_NAME.sub("", title)[:31] or _("数据")
    is_cut = _write_data(book.create_sheet(name), sheet)
    notes = list(sheet.notes)
    if is_cut:
        words = _("只写入前 %(count)d 行，全部结果请导出 CSV")
        notes.append((_("提示"), words % {"count": MAX_ROWS}))
    _write_notes(book.create_sheet(_("说明")), notes)
    with TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece


def _write_data(page: Page, sheet: Sheet) -> bool:
    """Write header and rows; return whether there were more rows than are written."""
    rows = iter(sheet.rows)
    first = list(islice(rows, _SAMPLED))
    _set_widths(page, [sheet.columns, *first])
    page.freeze_panes = "A2"
    page.append([_make_cell(page, name, bold=True) for name in sheet.columns])
    written = 0
    for row in islice(chain(first, rows), MAX_ROWS):
        page.append([_make_cell(page, value) for value in row])
        written += 1
    page.auto_filter.ref = f"A1:{get_column_letter(max(len(sheet.columns), 1))}{written + 1}"
    return written == MAX_ROWS and next(rows, None) is not None


def _write_notes(page: Page, notes: Sequence[tuple[str, Cell]]) -> None:
    page.column_dimensions["A"].width = 18
    page.column_dimensions["B"].width = 100
    for what, value in notes:
        cells = [_make_cell(page, what, bold=True), _make_cell(page, value)]
        cells[1].alignment = _TOP
        page.append(cells)


def _set_widths(page: Page, rows: Sequence[Sequence[Cell]]) -> None:
    for at, values in enumerate(zip(*rows, strict=False), start=1):
        needed = max(_measure(value) for value in values) + 2
        width = min(max(needed, _NARROWEST), _WIDEST)
        page.column_dimensions[get_column_letter(at)].width = width


def _measure(value: Cell) -> int:
    """Return how many narrow characters a value takes; a Chinese one takes two."""
    return sum(2 if char > "\u2e7f" else 1 for char in str(value if value is not None else ""))


def _make_cell(page: Page, value: Cell, *, bold: bool = False) -> Any:
    """Return a cell: numbers as numbers, whole days as dates, all else as text, never a formula."""
    day = _read_day(value)
    if day is not None:
        cell: Any = WriteOnlyCell(page, value=dt.datetime.combine(day, dt.time()))
        cell.number_format = "yyyy-mm-dd"
    elif isinstance(value, str):
        cell = WriteOnlyCell(page, value=ILLEGAL_CHARACTERS_RE.sub("", value)[:MAX_CELL])
        # Set after the value, which openpyxl would take for a formula where it begins with "=".
        cell.data_type = "s"
        # As with an apostrophe in front: it stays text when somebody edits the cell.
        cell.quotePrefix = is_risky(value)
    else:
        cell = WriteOnlyCell(page, value=value)
    if bold:
        cell.font = _BOLD
    return cell


def _read_day(value: Cell) -> dt.date | None:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return None
    try:
        day = dt.date.fromisoformat(value)
    except ValueError:
        return None
    # Spreadsheets know no day before 1900.
    return day if day.year >= 1900 else None
